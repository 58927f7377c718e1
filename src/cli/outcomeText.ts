/** How a run ended, where it is kept, and how to go on with it. */
import { basename } from 'node:path';
import type { RunHeader } from '../core/runs/record';
import type { RunOutcome } from '../engine/events';
import { toOneTerminalLine } from './terminalText';

export interface EndedRun {
  readonly path: string;
  readonly header: Pick<RunHeader, 'model'>;
  readonly outcome: RunOutcome;
  /** Of a run through a Batch API: ids of the batches whose answers are still out. */
  readonly openBatches?: readonly string[];
}

/** Lines for standard error. @param command Of this program, that takes such a file up again. */
export function describeOutcome({ path, header, outcome, openBatches }: EndedRun, command = 'run'): string[] {
  const { status, done, failed, total, reason } = outcome;
  const kept = `${done - failed} of ${total} answers are in ${path}`;
  const again = describeResume(path, header, command);
  const goOn = [`To go on: ${openBatches ? `${again} --batch` : again}`];
  if (openBatches?.length) goOn.push(`To give up what is out: ${again} --cancel-batch`);
  const why = reason === undefined ? [] : [toOneTerminalLine(reason)];
  switch (status) {
    case 'done':
      return [`The run is in ${path}`];
    case 'done-with-failures':
      return [`${failed} of ${total} requests failed; the reasons are in ${path}`, ...goOn];
    case 'canceled':
      return [`Stopped. ${kept}`, ...why, ...goOn];
    case 'stopped':
      return [...why, kept, ...goOn];
  }
}

/** The command that takes the run up again, as it can be pasted into a shell. */
function describeResume(path: string, { model }: Pick<RunHeader, 'model'>, command: string): string {
  const script = process.argv[1] ?? '';
  const program = basename(script).endsWith('.js') ? `node ${quoteForShell(script)}` : 'value-action-lens';
  const key = model.apiKeyEnv === undefined ? '' : ` --api-key-env ${quoteForShell(model.apiKeyEnv)}`;
  return `${program} ${command} --resume ${quoteForShell(path)}${key}`;
}

function quoteForShell(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return process.platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
