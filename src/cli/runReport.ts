/** What a run comes to, on standard output, and where it is and how to go on, on standard error. */
import { basename } from 'node:path';
import { listItemResults } from '../core/metrics/itemResults';
import { measureRun, type RunReport } from '../core/metrics/report';
import type { ItemResult } from '../core/metrics/results';
import { tabulate } from '../core/metrics/table';
import type { RunHeader } from '../core/runs/record';
import type { RunOutcome } from '../engine/events';
import { readRun } from '../engine/runFiles';
import { formatGapTable, formatSummary } from './gapTable';
import { toOneTerminalLine } from './terminalText';

export interface FinishedRun {
  readonly path: string;
  readonly header: RunHeader;
  readonly outcome: RunOutcome;
}

export interface MeasuredRun extends FinishedRun {
  readonly items: readonly ItemResult[];
  readonly report: RunReport;
}

/** Reads the run back from its file: what is shown is what was kept. */
export function measureFinishedRun(finished: FinishedRun): MeasuredRun {
  const run = readRun(finished.path);
  return { ...finished, items: listItemResults(run), report: measureRun(tabulate(run)) };
}

export function printJson(runs: readonly MeasuredRun[]): void {
  const printed = runs.map(({ path, outcome, items, report }) => ({ run: path, outcome, items, report }));
  console.log(JSON.stringify(printed.length === 1 ? printed[0] : printed));
}

export function printRun({ header, outcome, items, report }: MeasuredRun, isOneOfMany: boolean): void {
  if (outcome.done === outcome.failed) return;
  if (isOneOfMany) console.log(toOneTerminalLine(header.model.id));
  console.log(formatGapTable(items));
  console.log(formatSummary(report, outcome));
}

/** Lines for standard error. */
export function describeOutcome({ path, header, outcome }: FinishedRun): string[] {
  const { status, done, failed, total, reason } = outcome;
  const kept = `${done - failed} of ${total} answers are in ${path}`;
  const goOn = `To go on: ${describeResume(path, header)}`;
  switch (status) {
    case 'done':
      return [`The run is in ${path}`];
    case 'done-with-failures':
      return [`${failed} of ${total} requests failed; the reasons are in ${path}`, goOn];
    case 'canceled':
      return [`Stopped. ${kept}`, goOn];
    case 'stopped':
      return [toOneTerminalLine(reason ?? 'The run was stopped.'), kept, goOn];
  }
}

/** The command that takes the run up again, as it can be pasted into a shell. */
export function describeResume(path: string, { model }: RunHeader): string {
  const script = process.argv[1] ?? '';
  const program = basename(script).endsWith('.js') ? `node ${quoteForShell(script)}` : 'value-action-lens';
  const key = model.apiKeyEnv === undefined ? '' : ` --api-key-env ${quoteForShell(model.apiKeyEnv)}`;
  return `${program} run --resume ${quoteForShell(path)}${key}`;
}

function quoteForShell(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return process.platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
