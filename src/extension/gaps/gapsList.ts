/** The gaps of what is open, ranked, judged against the text on screen, and filtered as the user wants them. */
import * as vscode from 'vscode';
import type { Scenario } from '../../core/scenario/model';
import { type HashesOnScreen, isStale, type TextHashes } from '../runs/freshness';
import type { RunStore } from '../runs/runStore';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import { throttle } from '../throttle';
import type { Baseline } from './baseline';
import { type CollectedGaps, collectGaps } from './collectGaps';
import { readStoredFilter } from './filterState';
import type { Gap } from './gap';
import { filterGaps, type GapFilter, NO_FILTER } from './gapFilter';

export interface ListedGaps {
  /** As filtered, largest distance first. */
  readonly shown: readonly Gap[];
  /** Without the filter. */
  readonly total: number;
  /** Those of them whose text has not changed since. */
  readonly fresh: number;
  /** Items with a result, over all models. */
  readonly items: number;
  /** Model ids that have a gap. */
  readonly models: readonly string[];
  /** How many scenarios have a gap. */
  readonly scenarios: number;
  /** Runs are being read that may change all of this. */
  readonly reading: boolean;
}

export interface GapsListParts {
  readonly store: RunStore;
  readonly scenarios: ScenarioFiles;
  readonly results: { readonly hashes: HashesOnScreen };
  readonly memento: vscode.Memento;
}

const FOLLOW_MS = 300;
const FILTER = 'gapFilter';

export class GapsList implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly refresh = throttle(() => this.changed.fire(), FOLLOW_MS);
  private readonly subscriptions: vscode.Disposable[];
  private collected: CollectedGaps | undefined;
  private judged: JudgedGaps | undefined;
  private listed: ListedGaps | undefined;
  private files: ReadonlySet<string> | undefined;
  private kept: GapFilter;
  private comparedWith: Baseline | undefined;
  private checking = false;

  constructor(private readonly parts: GapsListParts) {
    const { store, scenarios } = parts;
    this.kept = readStoredFilter(parts.memento.get<unknown>(FILTER));
    this.subscriptions = [
      this.changed,
      this.refresh,
      store.onDidChange(() => {
        this.collected = undefined;
        this.forgetJudgement();
      }),
      scenarios.onDidChangeText(() => this.forgetJudgement()),
      scenarios.onDidChangeList(() => {
        this.files = undefined;
        this.forgetJudgement();
      }),
    ];
  }

  get filter(): GapFilter {
    return this.kept;
  }

  get baseline(): Baseline | undefined {
    return this.comparedWith;
  }

  /** What runs are compared with from now on; undefined: nothing. */
  compareWith(baseline: Baseline | undefined): void {
    this.comparedWith = baseline;
    if (!baseline) this.kept = { ...this.kept, onlyNew: false };
    this.listed = undefined;
    this.changed.fire();
  }

  async setFilter(filter: GapFilter): Promise<void> {
    this.kept = filter;
    this.listed = undefined;
    this.changed.fire();
    // Words that somebody looked for once would only surprise them tomorrow.
    await this.parts.memento.update(FILTER, { ...filter, text: '' });
  }

  clearFilter(): Promise<void> {
    return this.setFilter(NO_FILTER);
  }

  current(): ListedGaps {
    if (this.listed) return this.listed;
    const { items, unread } = this.collect();
    const { gaps, stale } = this.judge();
    this.listed = {
      shown: filterGaps(gaps, this.kept, this.comparedWith),
      total: gaps.length,
      fresh: gaps.length - stale.size,
      items,
      models: [...new Set(gaps.map(({ model }) => model))],
      scenarios: new Set(gaps.map(({ file, scenario }) => `${file}\n${scenario}`)).size,
      reading: unread.length > 0,
    };
    return this.listed;
  }

  /** The text on screen is no longer the text that the gap was found in. */
  isStale(gap: Gap): boolean {
    return this.judge().stale.has(gap);
  }

  /** Reads the runs that the list lacks; resolves when they are all in it. */
  async load(): Promise<void> {
    for (let { unread } = this.collect(); unread.length > 0; { unread } = this.collect()) {
      for (const { path } of unread) {
        const run = this.parts.store.get(path);
        if (run) await this.parts.store.read(run);
      }
      // What cannot be read, or is being made, will not be there the next time either.
      const before = new Set(unread.map(({ path }) => path));
      this.collected = undefined;
      this.forgetJudgement();
      if (this.collect().unread.every(({ path }) => before.has(path))) return;
    }
  }

  /** Reads the files of these gaps in the background, so that those of changed text are found out. */
  async check(gaps: readonly Gap[]): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    try {
      const files = new Set(gaps.map(({ file }) => file).filter(Boolean));
      let found = false;
      for (const file of files) {
        const uri = vscode.Uri.file(file);
        if (this.parts.scenarios.peek(uri)) continue;
        const read = await this.parts.scenarios.parse(uri);
        // One by one, not all of them when the list is judged.
        for (const scenario of read?.scenarios ?? []) this.parts.results.hashes.of(scenario);
        found = Boolean(read) || found;
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (found) this.forgetJudgement();
    } finally {
      this.checking = false;
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private collect(): CollectedGaps {
    this.collected ??= collectGaps(this.parts.store.list());
    return this.collected;
  }

  private judge(): JudgedGaps {
    if (this.judged) return this.judged;
    if (!this.files) void this.listFiles();
    this.judged = judgeGaps(this.collect().gaps, {
      isKnown: (file) => this.files?.has(file) ?? true,
      scenariosOf: (file) => this.readScenarios(file),
      hashesOf: (scenario, { run }) =>
        this.parts.results.hashes.of(scenario, this.parts.store.get(run)?.header.systemLabel),
      askedOf: ({ run, file, scenario, value }) => this.parts.store.get(run)?.snapshotOf(file, scenario, value),
    });
    return this.judged;
  }

  /** By name; undefined where nobody has read the file yet. */
  private readScenarios(file: string): ReadonlyMap<string, Scenario> | undefined {
    const parsed = this.parts.scenarios.peek(vscode.Uri.file(file));
    return parsed && new Map(parsed.scenarios.map((one) => [one.name, one]));
  }

  private async listFiles(): Promise<void> {
    const listed = await this.parts.scenarios.list();
    const open = vscode.workspace.textDocuments.map(({ uri }) => uri);
    const files = new Set([...listed, ...open].filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath));
    this.files = files;
    this.forgetJudgement();
  }

  private forgetJudgement(): void {
    this.judged = undefined;
    this.listed = undefined;
    this.refresh.request();
  }
}

interface JudgedGaps {
  readonly gaps: readonly Gap[];
  readonly stale: ReadonlySet<Gap>;
}

interface Judge {
  isKnown(file: string): boolean;
  scenariosOf(file: string): ReadonlyMap<string, Scenario> | undefined;
  /** Of the scenario as it is now, under the system prompt of the gap's run. */
  hashesOf(scenario: Scenario, gap: Gap): TextHashes;
  askedOf(gap: Gap): Parameters<typeof isStale>[0] | undefined;
}

/** Leaves out what is no longer there: a file that was deleted, a scenario or value that was renamed. */
function judgeGaps(gaps: readonly Gap[], { isKnown, scenariosOf, hashesOf, askedOf }: Judge): JudgedGaps {
  const stale = new Set<Gap>();
  const byFile = new Map<string, ReturnType<Judge['scenariosOf']>>();
  const here = gaps.filter((gap) => {
    const { file, scenario, value } = gap;
    if (file === '') return true;
    if (!isKnown(file)) return false;
    if (!byFile.has(file)) byFile.set(file, scenariosOf(file));
    const scenarios = byFile.get(file);
    if (!scenarios) return true;
    const found = scenarios.get(scenario);
    const now = found && hashesOf(found, gap);
    const asked = now?.act.has(value) ? askedOf(gap) : undefined;
    if (!now || !asked) return false;
    if (isStale(asked, now)) stale.add(gap);
    return true;
  });
  return { gaps: here, stale };
}
