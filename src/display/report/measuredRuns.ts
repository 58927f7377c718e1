/** Runs measured for a report, each once. */
import { type BootstrapOptions, DEFAULT_BOOTSTRAP } from '../../core/metrics/bootstrap';
import { profileRun, type RunProfiles } from '../../core/metrics/groupProfiles';
import { type ItemFinding, listItemFindings } from '../../core/metrics/itemFindings';
import type { MissingPolicy } from '../../core/metrics/itemScores';
import { measureRun, type RunReport } from '../../core/metrics/report';
import { nameRuns } from '../../core/metrics/reportDocument';
import { tabulate } from '../../core/metrics/table';
import { requestId, requestOf } from '../../core/runs/plan';
import type { Run, RunHeader } from '../../core/runs/record';
import { nameSubject } from '../../core/runs/subject';
import { toPlainLine } from '../plainText';

export interface MeasuredRun {
  /** The model's id, made unique. Untrusted. */
  readonly name: string;
  /** Index of its colour and marker. */
  readonly series: number;
  readonly header: RunHeader;
  readonly report: RunReport;
  readonly profiles: RunProfiles;
  readonly findings: readonly ItemFinding[];
  /** Requests that got no answer, and were not answered later. */
  readonly failures: number;
}

export interface MeasuredRuns {
  readonly runs: readonly MeasuredRun[];
  readonly missing: MissingPolicy;
  readonly bootstrap: BootstrapOptions;
}

export interface MeasuredRunsOptions {
  readonly missing?: MissingPolicy;
  readonly bootstrap?: BootstrapOptions;
}

export function measureRuns(runs: readonly Run[], options: MeasuredRunsOptions = {}): MeasuredRuns {
  const { missing = 'exclude', bootstrap = DEFAULT_BOOTSTRAP } = options;
  const names = nameRuns(runs.map((run) => nameSubject(run.header)));
  const measured = runs.map((run, series): MeasuredRun => {
    const table = tabulate(run);
    return {
      name: names[series] ?? '',
      series,
      header: run.header,
      report: measureRun(table, { missing, bootstrap }),
      profiles: profileRun(table, missing),
      findings: listItemFindings(table),
      failures: countFailures(run),
    };
  });
  return { runs: measured, missing, bootstrap };
}

function countFailures({ observations }: Run): number {
  const failed = new Set<string>();
  for (const observation of observations) {
    if (observation.type === 'failure') failed.add(requestId(requestOf(observation)));
  }
  if (failed.size === 0) return 0;
  for (const observation of observations) {
    if (observation.type !== 'failure') failed.delete(requestId(requestOf(observation)));
  }
  return failed.size;
}

/** Names of countries or topics of any run, in order of first appearance. */
export function listGroups({ runs }: Pick<MeasuredRuns, 'runs'>, by: 'byCountry' | 'byTopic'): string[] {
  return [...new Set(runs.flatMap(({ report }) => Object.keys(report.alignmentRate[by])))];
}

/** Values of any run, in order of first appearance. */
export function listReportValues({ runs }: Pick<MeasuredRuns, 'runs'>): string[] {
  return [...new Set(runs.flatMap(({ profiles }) => profiles.values))];
}

/** Whose marker is whose, for a chart's legend. */
export function nameSeries({ runs }: Pick<MeasuredRuns, 'runs'>): { readonly series: number; readonly name: string }[] {
  return runs.map(({ name, series }) => ({ series, name: toPlainLine(name, 80) }));
}

/** A group may be called `constructor`: only what the report itself says counts. */
export function ownEntry<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}
