/** The report of several runs as one document: what `report --json` prints. */
import { nameSubject, type Run } from '../runs/record';
import type { MissingPolicy } from './itemScores';
import { type ByName, type MeasureOptions, measureRun, type RunReport } from './report';
import { tabulate } from './table';

export const REPORT_SCHEMA = 'value-action-lens/report@1';

export interface ReportDocument {
  readonly schema: typeof REPORT_SCHEMA;
  readonly missing: MissingPolicy;
  /** By model id; a second run of one model is `ID (2)`. */
  readonly models: ByName<RunReport>;
}

/** Names each run by its model, made unique in the order given. */
export function nameRuns(modelIds: readonly string[]): string[] {
  const taken = new Set<string>();
  return modelIds.map((id) => {
    let name = id;
    for (let n = 2; taken.has(name); n++) name = `${id} (${n})`;
    taken.add(name);
    return name;
  });
}

export function reportRuns(runs: readonly Run[], options: MeasureOptions = {}): ReportDocument {
  const names = nameRuns(runs.map((run) => nameSubject(run.header)));
  const reports = runs.map((run, index) => ({ name: names[index] ?? '', report: measureRun(tabulate(run), options) }));
  return documentReports(reports, options.missing);
}

/** The same of runs that were measured before, under the names that `nameRuns` gave them. */
export function documentReports(
  runs: readonly { readonly name: string; readonly report: RunReport }[],
  missing: MissingPolicy = 'exclude',
): ReportDocument {
  return {
    schema: REPORT_SCHEMA,
    missing,
    models: Object.fromEntries(runs.map(({ name, report }) => [name, report])),
  };
}
