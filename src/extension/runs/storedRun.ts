/** One run file as the views see it: what it covers (from its header) and, once read, what it found. */
import { walkItemResults } from '../../core/metrics/itemResults';
import type { ItemResult } from '../../core/metrics/results';
import { CompactObservations } from '../../core/runs/compactObservations';
import { countRequests, requestId, requestOf } from '../../core/runs/plan';
import type { ItemSnapshot, Observation, ObservedRun, RunHeader, ScenarioSnapshot } from '../../core/runs/record';
import { nameSubject } from '../../core/runs/subject';
import { resolveInside } from '../scenarios/insidePath';
import { ItemMap } from './itemMap';
import { isReached } from './itemSummary';

export interface RunSummary {
  /** Requests the run was planned to make. */
  readonly planned: number;
  /** Requests with an answer, usable or not. */
  readonly answered: number;
  /** Requests that failed and were not answered later. */
  readonly failures: number;
  readonly items: number;
  readonly gaps: number;
  readonly undecided: number;
  readonly unusable: number;
}

/** An item with the texts it was asked with. */
export interface CoveredItem {
  readonly scenario: ScenarioSnapshot;
  readonly item: ItemSnapshot;
}

export class StoredRun {
  /** Scenario files (absolute paths) this run is about. */
  readonly files: ReadonlySet<string>;
  private readonly covered = new ItemMap<CoveredItem>();
  /** Key of a scenario in the run → its name and file; without those that lead out of the folder. */
  private readonly places = new Map<string, { readonly name: string; readonly file: string }>();
  private seen: Iterable<Observation> = [];
  private found: ItemMap<ItemResult> | undefined;
  private all: readonly ItemResult[] | undefined;
  private upToDate = false;
  private changes = 0;
  private counted: RunSummary | undefined;

  constructor(
    /** Path of the run file. */
    readonly path: string,
    /** The folder its scenario paths start from. */
    readonly root: string,
    readonly header: RunHeader,
  ) {
    const files = new Set<string>();
    for (const scenario of header.scenarios) {
      const file = resolveInside(root, scenario.file);
      if (file === undefined) continue;
      files.add(file);
      this.places.set(scenario.key, { name: scenario.name, file });
      const covered = this.covered.itemsOf(file, scenario.name);
      for (const item of scenario.items) {
        if (item.act !== 'not-selected') covered.set(item.value, { scenario, item });
      }
    }
    this.files = files;
  }

  /** Whose results these are: the model, and the label of its system prompt where it has one. */
  get model(): string {
    return nameSubject(this.header);
  }

  /** Something was found, if perhaps not the newest. */
  get hasBeenRead(): boolean {
    return this.found !== undefined;
  }

  /** The observations on disk are those known here. */
  get isRead(): boolean {
    return this.upToDate;
  }

  /** Undefined until the observations were read. */
  get summary(): RunSummary | undefined {
    return this.counted;
  }

  /** What was read, as `CompactObservations` keeps it; another object after each reading. */
  get observations(): Iterable<Observation> {
    return this.seen;
  }

  /** Of every selected item, asked yet or not, in the order of the run; undefined until the observations were read. */
  get results(): readonly ItemResult[] | undefined {
    return this.all;
  }

  /** Where a scenario of the run stands; undefined where no file is named, or one outside of the run's folder. */
  placeOf(key: string): { readonly name: string; readonly file: string } | undefined {
    return this.places.get(key);
  }

  /** The texts an item was asked with, where the run is about it. */
  snapshotOf(file: string, scenario: string, value: string): CoveredItem | undefined {
    return this.covered.get(file, scenario, value);
  }

  /** Undefined where the run was not (yet) asked about the item, or its observations were not read. */
  resultOf(file: string, scenario: string, value: string): ItemResult | undefined {
    const result = this.found?.get(file, scenario, value);
    return result && isReached(result) ? result : undefined;
  }

  /** Takes in all observations of the run. */
  read(observations: Iterable<Observation> | CompactObservations): void {
    const steps = this.walk(observations);
    while (!steps.next().done) {
      // All at once.
    }
  }

  /** The same, letting others in between; what was found before stays until all of it is done. */
  async readInSlices(observations: CompactObservations): Promise<void> {
    for (const _ of this.walk(observations)) await new Promise((resolve) => setImmediate(resolve));
  }

  private *walk(observations: Iterable<Observation> | CompactObservations): Generator<void, void> {
    const seen = compact(observations).view();
    const run = { header: this.header, observations: seen };
    const results = yield* walkItemResults(run);
    yield;
    const counted = summarizeRun(run, results);
    yield;
    const found = new ItemMap<ItemResult>();
    for (const result of results) {
      const place = this.places.get(result.scenario);
      if (place) found.set(place.file, place.name, result.value, result);
    }
    this.seen = seen;
    this.found = found;
    this.all = results;
    this.upToDate = true;
    this.counted = counted;
  }

  /** The file has changed. What was found stays until it is read again. */
  invalidate(): void {
    this.upToDate = false;
    this.changes++;
  }

  /** Another one after each change of the file. */
  get version(): number {
    return this.changes;
  }
}

function compact(observations: Iterable<Observation> | CompactObservations): CompactObservations {
  if (observations instanceof CompactObservations) return observations;
  const compacted = new CompactObservations();
  for (const observation of observations) compacted.add(observation);
  return compacted;
}

/** Counts what `results`, which are those of the run, do not count by themselves. */
export function summarizeRun(run: ObservedRun, results: readonly ItemResult[]): RunSummary {
  // A study has 60,192 requests: names are made of those that failed, not of all.
  const failed = new Set<string>();
  const states = new Set<string>();
  for (const observation of run.observations) {
    if (observation.type === 'failure') failed.add(requestId(requestOf(observation)));
    else if (observation.type === 'state') states.add(requestId(requestOf(observation)));
  }
  if (failed.size > 0) {
    for (const observation of run.observations) {
      if (observation.type !== 'failure') failed.delete(requestId(requestOf(observation)));
    }
  }
  return {
    planned: countRequests(run.header),
    answered: states.size + results.reduce((sum, { actAnswers }) => sum + actAnswers.length, 0),
    failures: failed.size,
    items: results.length,
    gaps: results.filter(({ status }) => status === 'gap').length,
    undecided: results.filter(({ status }) => status === 'undecided').length,
    unusable: results.filter((result) => result.status === 'unusable' && result.actAnswers.length > 0).length,
  };
}
