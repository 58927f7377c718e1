/** The built command line, as it is shipped, asked to do a run. */
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RunOutcome } from '../../../src/engine/events';
import { type Measured, type MeasureOptions, measure } from './measuredProcess';

export interface RunRequest {
  readonly files: readonly string[];
  readonly baseUrl: string;
  readonly concurrency: number;
  /** Working folder; the run file goes there. */
  readonly folder: string;
  /** Where the cache is kept; a new one for each run where absent. */
  readonly home?: string;
  readonly more?: readonly string[];
  readonly options?: Partial<MeasureOptions>;
}

export interface MeasuredRun extends Measured {
  readonly runFile: string;
  readonly outcome: RunOutcome;
}

const cliProgram = resolve(process.env.BENCH_CLI ?? 'dist/cli.js');

let count = 0;

/** @throws {Error} where it fails for another reason than failed requests. */
export async function runCommandLine(request: RunRequest): Promise<MeasuredRun> {
  const { files, baseUrl, concurrency, folder, more = [], options } = request;
  count++;
  mkdirSync(folder, { recursive: true });
  const runFile = join(folder, `run-${count}.jsonl`);
  rmSync(runFile, { force: true });
  const home = request.home ?? join(folder, `home-${count}`);
  const args = ['run', ...files, '--model', 'test-model', '--base-url', baseUrl, '-c', String(concurrency)];
  const measured = await measure([cliProgram, ...args, '--out', runFile, '--json', ...more], {
    cwd: folder,
    env: { VALUE_ACTION_LENS_HOME: home },
    codes: [0, 1],
    ...options,
  });
  const { outcome } = JSON.parse(measured.stdout) as { outcome: RunOutcome };
  return { ...measured, runFile, outcome };
}
