/** Where a report comes from: program, formats, seed. */
import type { MeasuredRuns } from './measuredRuns';

export interface ReportOrigin {
  /** Of this program. */
  readonly version: string;
  readonly runSchema: string;
  readonly reportSchema: string;
  /** ISO 8601. */
  readonly madeAt: string;
}

/** "Value-Action Lens 0.1.0; value-action-lens/run@1; …; intervals by 1,000 resamples, seed 1." */
export function describeOrigin(
  { bootstrap }: Pick<MeasuredRuns, 'bootstrap'>,
  { version, runSchema, reportSchema }: ReportOrigin,
): string {
  const resamples = bootstrap.resamples.toLocaleString('en');
  return `Value-Action Lens ${version}; ${runSchema}; ${reportSchema}; intervals by ${resamples} resamples, seed ${bootstrap.seed}.`;
}
