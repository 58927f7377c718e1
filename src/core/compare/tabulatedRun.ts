/** A run as comparisons read it; whoever compares a run more than once keeps this. */
import { type RunTable, tabulate } from '../metrics/table';
import type { ObservedRun, RunHeader } from '../runs/record';

export interface TabulatedRun {
  readonly header: RunHeader;
  /** Of the same run: `table.scenarios` stands in the order of `header.scenarios`. */
  readonly table: RunTable;
}

export function tabulateRun(run: ObservedRun): TabulatedRun {
  return { header: run.header, table: tabulate(run) };
}
