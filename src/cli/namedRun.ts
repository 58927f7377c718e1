/** Run files named on the command line, read back: what cannot be counted is said on standard error. */
import { tabulate } from '../core/metrics/table';
import { type ReadRun, RunFileError } from '../core/runs/runFile';
import { formatCount } from '../display/numbers';
import { readRun } from '../engine/runFiles';
import { UsageError } from './usageError';

/** @throws {UsageError} where the file is gone or no run; the message names it. */
export function readNamedRun(path: string): ReadRun {
  try {
    const run = readRun(path);
    for (const { line, reason } of run.skipped) console.error(`${path}:${line}: left out: ${reason}.`);
    const { foreign } = tabulate(run);
    if (foreign > 0) {
      console.error(
        `${path}: left out: ${formatCount(foreign, 'answer')} about values or scenarios that the run does not have.`,
      );
    }
    return run;
  } catch (error) {
    if (error instanceof RunFileError) throw new UsageError(error.message);
    throw error;
  }
}
