/** The report of several runs as one document: what `report --json` prints. */
import type { MissingPolicy } from './itemScores';
import type { ByName, RunReport } from './report';

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

/** Of measured runs, under the names that `nameRuns` gave them. */
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
