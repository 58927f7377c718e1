/** What a run comes to, on standard output, and where it is and how to go on, on standard error. */
import { listItemResults } from '../core/metrics/itemResults';
import { measureRun, type RunReport } from '../core/metrics/report';
import type { ItemResult } from '../core/metrics/results';
import { measureSpread, type Spread } from '../core/metrics/spread';
import { tabulate } from '../core/metrics/table';
import type { RunHeader } from '../core/runs/record';
import { nameSubject } from '../core/runs/subject';
import type { RunOutcome } from '../engine/events';
import { readRun } from '../engine/runFiles';
import { formatGapTable, formatSummary } from './gapTable';
import { toOneTerminalLine } from './terminalText';

export interface FinishedRun {
  readonly path: string;
  readonly header: RunHeader;
  readonly outcome: RunOutcome;
  /** Of a run through a Batch API: ids of the batches whose answers are still out. */
  readonly openBatches?: readonly string[];
}

export interface MeasuredRun extends FinishedRun {
  readonly items: readonly ItemResult[];
  readonly report: RunReport;
  /** Null for a run without repeats. */
  readonly spread: Spread | null;
}

/** Reads the run back from its file: what is shown is what was kept. */
export function measureFinishedRun(finished: FinishedRun): MeasuredRun {
  const run = readRun(finished.path);
  const table = tabulate(run);
  return { ...finished, items: listItemResults(run), report: measureRun(table), spread: measureSpread(table) };
}

export function printJson(runs: readonly MeasuredRun[]): void {
  const printed = runs.map(({ path, outcome, items, report, spread }) => {
    return { run: path, outcome, items, report, ...(spread && { spread }) };
  });
  console.log(JSON.stringify(printed.length === 1 ? printed[0] : printed));
}

export function printRun({ header, outcome, items, report, spread }: MeasuredRun, isOneOfMany: boolean): void {
  if (outcome.done === outcome.failed) return;
  if (isOneOfMany) console.log(toOneTerminalLine(nameSubject(header)));
  console.log(formatGapTable(items));
  console.log(formatSummary(report, outcome, spread));
}
