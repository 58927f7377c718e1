/** Runs measured for the charts, each once: rates with their intervals, group aggregates, item rows. */
import { profileRun, type RunProfiles } from '../core/metrics/groupProfiles';
import { type ItemFinding, listItemFindings } from '../core/metrics/itemFindings';
import { measureRun, type RunReport } from '../core/metrics/report';
import { nameRuns } from '../core/metrics/reportDocument';
import { tabulate } from '../core/metrics/table';
import type { Observation, ObservedRun } from '../core/runs/record';
import { nameSubject } from '../core/runs/subject';
import {
  type ItemRow,
  type ItemsQuestion,
  MOST_ITEMS,
  type ModelRow,
  type Study,
  type ToCharts,
} from '../protocol/charts';
import { summarizeRun } from './runs/storedRun';
import { composeStudy, copyInterval } from './studyMessage';

export interface MeasuredRun {
  readonly run: ObservedRun;
  readonly report: RunReport;
  readonly profiles: RunProfiles;
  readonly findings: readonly ItemFinding[];
  readonly failures: number;
}

/** A measured run under the name and series that the charts give it. */
export interface ChartedRun extends MeasuredRun {
  readonly name: string;
  readonly series: number;
}

export interface ChartedParts {
  /** Series of a model, the same in every view. */
  readonly seriesOf: (model: string) => number;
  /** Path of a scenario's file that can be opened, from its path in the run; empty where it cannot. */
  readonly fileOf: (run: ObservedRun, file: string) => string;
}

/** Observations are replaced, never changed, when a run goes on: the same list gives the same measures. */
const measured = new WeakMap<Iterable<Observation>, MeasuredRun>();

function measure(run: ObservedRun): MeasuredRun {
  const steps = walkMeasures(run);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Measures what was not measured yet, so that charting the runs takes no time; others have their turns in between. */
export async function measureInSlices(runs: readonly ObservedRun[]): Promise<void> {
  for (const run of runs) {
    for (const _ of walkMeasures(run)) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** In steps of some 20 ms for a whole study. */
function* walkMeasures({ header, observations }: ObservedRun): Generator<void, MeasuredRun> {
  const known = measured.get(observations);
  if (known?.run.header === header) return known;
  const run = { header, observations };
  const table = tabulate(run);
  yield;
  const report = measureRun(table, { groupIntervalsOnly: true });
  yield;
  const [profiles, findings] = [profileRun(table), listItemFindings(table)];
  yield;
  const { failures } = summarizeRun(run, []);
  const fresh: MeasuredRun = { run, report, profiles, findings, failures };
  measured.set(observations, fresh);
  return fresh;
}

export class ChartedRuns {
  private readonly runs: readonly ChartedRun[];

  constructor(
    runs: readonly ObservedRun[],
    private readonly parts: ChartedParts,
  ) {
    const names = nameRuns(runs.map((run) => nameSubject(run.header)));
    const series = assignSeries(
      runs.map((run) => nameSubject(run.header)),
      parts.seriesOf,
    );
    this.runs = runs.map((run, at) => ({ ...measure(run), name: names[at] ?? '', series: series[at] ?? 0 }));
  }

  describe(): Omit<Extract<ToCharts, { type: 'show' }>, 'type' | 'title' | 'running'> {
    const itemCount = this.runs.reduce((sum, { findings }) => sum + findings.length, 0);
    const study: Study | undefined = composeStudy(this.runs);
    return {
      models: this.runs.map(describeModel),
      itemCount,
      items: itemCount > MOST_ITEMS ? [] : this.runs.flatMap((run) => this.listRows(run, () => true)),
      ...(study && { study }),
    };
  }

  answer(question: ItemsQuestion): Extract<ToCharts, { type: 'items' }> {
    const rows = this.runs
      .filter(({ name }) => question.run === undefined || question.run === name)
      .flatMap((run) => {
        const scenarios = selectScenarios(run.run, question);
        return this.listRows(
          run,
          ({ scenario, value }) =>
            scenarios.has(scenario) && (question.value === undefined || question.value === value),
        );
      });
    const items =
      rows.length <= MOST_ITEMS
        ? rows
        : rows.toSorted((a, b) => (b.distance ?? -1) - (a.distance ?? -1)).slice(0, MOST_ITEMS);
    return { type: 'items', question, items, total: rows.length };
  }

  private listRows({ name, run, findings }: ChartedRun, wanted: (finding: ItemFinding) => boolean): ItemRow[] {
    const files = new Map<string, string>();
    const fileOf = (file: string) => {
      const known = files.get(file) ?? this.parts.fileOf(run, file);
      files.set(file, known);
      return known;
    };
    return findings.filter(wanted).map(({ file, scenario, value, status, direction, stated, acted, distance }) => ({
      run: name,
      file: fileOf(file),
      scenario,
      value,
      status,
      ...(direction && { direction }),
      stated,
      acted,
      distance,
    }));
  }
}

/** A model's own series; a further run of the same model takes the first one that is free. */
function assignSeries(models: readonly string[], seriesOf: (model: string) => number): number[] {
  const taken = new Set(models.map(seriesOf));
  const seen = new Set<string>();
  return models.map((model) => {
    if (!seen.has(model)) {
      seen.add(model);
      return seriesOf(model);
    }
    let free = 0;
    while (taken.has(free)) free++;
    taken.add(free);
    return free;
  });
}

function selectScenarios(run: ObservedRun, { by, group }: ItemsQuestion): ReadonlySet<string> {
  const wanted = run.header.scenarios.filter(({ key, country, topic }) => {
    if (by === 'country') return country === group;
    if (by === 'topic') return topic === group;
    return by === 'overall' || key === group;
  });
  return new Set(wanted.map(({ key }) => key));
}

function describeModel({ name, series, run, report, findings, failures }: ChartedRun): ModelRow {
  const { misaligned } = report;
  return {
    name,
    model: nameSubject(run.header),
    startedAt: run.header.startedAt,
    series,
    alignmentRate: report.alignmentRate.overall,
    interval: copyInterval(report.interval?.overall),
    accuracy: report.accuracy,
    precision: report.precision,
    recall: report.recall,
    kappa: report.kappa,
    items: misaligned.items,
    statedAgreeActedDisagree: misaligned.statedAgreeActedDisagree,
    statedDisagreeActedAgree: misaligned.statedDisagreeActedAgree,
    undecided: misaligned.undecided,
    tiesStated: report.tiesStated,
    incomplete: report.incomplete,
    unusable: findings.filter(({ status }) => status === 'unusable').length,
    failures,
    promptAgreementTask1: report.promptAgreement.task1,
    promptAgreementTask2: report.promptAgreement.task2,
    positionBias: report.positionBias,
    firstOptionRate: report.firstOptionRate,
  };
}
