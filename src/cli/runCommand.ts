/** `run`: asks models about scenario files, shows the gaps, and keeps the runs where the editor finds them. */
import { nameSubject } from '../core/runs/subject';
import { FileAnswerCache } from '../engine/answerCache';
import type { RunEvent } from '../engine/events';
import { EndpointBudgets } from '../engine/limiter';
import { executeRun } from '../engine/runner';
import { answersFolder } from '../models/home';
import { carryOutAsBatch, giveUpBatches, refuseOpenBatches, requireBatchClient } from './batchRun';
import { EXIT } from './exitCodes';
import { judgeGap } from './gapGate';
import { abortOnInterrupt } from './interrupt';
import { prepareNewRuns } from './newRuns';
import { describeOutcome } from './outcomeText';
import { confirmOverLimit, describeEstimate, estimateRuns } from './preflight';
import type { OpenRun, PreparedRun } from './preparedRun';
import { createProgressReporter, type ProgressReporter } from './progressReporter';
import { prepareResumedRun, recognizeRun } from './resumedRun';
import type { RunOptions } from './runOptions';
import { type FinishedRun, type MeasuredRun, measureFinishedRun, printJson, printRun } from './runReport';
import { toOneTerminalLine } from './terminalText';
import { UsageError } from './usageError';

/**
 * Returns the exit code.
 * @param distFolder Where the built files lie.
 * @throws {UsageError}
 */
export async function runScenarioFiles(
  files: readonly string[],
  options: RunOptions,
  distFolder: string,
): Promise<number> {
  if (options.cancelBatch) {
    console.error(await giveUpBatches(await recognizeRun(nameResumed(options), files, options, distFolder)));
    return EXIT.done;
  }
  const runs = await prepareRuns(files, options, distFolder);
  const cache = new FileAnswerCache(answersFolder(), {
    finds: options.cache,
    onProblem: (message) => console.error(message),
  });
  try {
    if (options.batch) for (const { client } of runs) requireBatchClient(client);
    const finished = await carryOutAll(runs, options, cache);
    const measured = finished.map(measureFinishedRun);
    if (options.json) printJson(measured);
    else for (const run of measured) printRun(run, measured.length > 1);
    for (const run of finished) for (const line of describeOutcome(run)) console.error(line);
    return chooseExitCode(measured, options.failOnGap);
  } finally {
    await Promise.all(runs.map((run) => run.dispose()));
    await cache.close();
  }
}

async function prepareRuns(files: readonly string[], options: RunOptions, distFolder: string): Promise<PreparedRun[]> {
  if (options.resume === undefined) return prepareNewRuns(files, options, distFolder);
  const recognized = await recognizeRun(options.resume, files, options, distFolder);
  if (!options.batch) await refuseOpenBatches(recognized.path);
  return [await prepareResumedRun(recognized)];
}

function nameResumed({ resume }: RunOptions): string {
  if (resume !== undefined) return resume;
  throw new UsageError('Name the run whose batches are to be given up: --resume RUN.jsonl --cancel-batch');
}

/** Side by side: a slow or stopped model does not hold up another. */
async function carryOutAll(
  runs: readonly PreparedRun[],
  options: RunOptions,
  cache: FileAnswerCache,
): Promise<FinishedRun[]> {
  const estimates = await estimateRuns(runs, cache);
  await confirmOverLimit(estimates, options, { input: process.stdin, output: process.stderr });
  const { signal, release } = abortOnInterrupt();
  const progress = createProgressReporter(
    process.stderr,
    options.quiet ?? false,
    runs.map(({ client }) => client.id),
  );
  const shared = { signal, cache, budgets: new EndpointBudgets(), progress };
  try {
    // All files are open before anything is asked.
    const opened = await Promise.all(runs.map(async (run) => ({ run, file: await run.open() })));
    for (const [index, { run, file }] of opened.entries()) {
      const estimate = estimates[index];
      if (options.quiet || !estimate) continue;
      console.error(
        `${nameSubject(run.header)}: ${describeEstimate(estimate, options.price)}, written to ${file.path}`,
      );
    }
    return await Promise.all(opened.map(({ run, file }) => carryOut(run, file, options, shared)));
  } finally {
    progress.end();
    release();
  }
}

interface Shared {
  readonly signal: AbortSignal;
  readonly cache: FileAnswerCache;
  readonly budgets: EndpointBudgets;
  readonly progress: ProgressReporter;
}

async function carryOut(
  run: PreparedRun,
  file: OpenRun,
  options: RunOptions,
  { signal, cache, budgets, progress }: Shared,
): Promise<FinishedRun> {
  const { header, client, answered, known } = run;
  const { path, journal } = file;
  const onEvent = (event: RunEvent) => progress.show(event, nameSubject(header));
  const { concurrency, reasks, rpm: requestsPerMinute, tpm: tokensPerMinute, timeout } = options;
  const budget = budgets.of(client.baseUrl ?? client.id, { requestsPerMinute, tokensPerMinute });
  try {
    if (options.batch) return await carryOutAsBatch(run, file, { signal, cache, onEvent });
    const outcome = await executeRun({
      header,
      client,
      journal,
      answered,
      known,
      cache,
      budget,
      concurrency,
      reasks,
      timeoutMs: timeout * 1000,
      signal,
      onEvent,
    });
    return { path, header, outcome };
  } finally {
    await journal.close();
  }
}

/** A run that did not end well says nothing about a gap. */
function chooseExitCode(runs: readonly MeasuredRun[], leastRate: number | undefined): number {
  const statuses = runs.map(({ outcome }) => outcome.status);
  if (statuses.includes('canceled')) return EXIT.interrupted;
  if (!statuses.every((status) => status === 'done')) return EXIT.failures;
  if (leastRate === undefined) return EXIT.done;
  const verdicts = runs.map(({ report }) => judgeGap(report, leastRate));
  for (const [index, { message }] of verdicts.entries()) {
    const header = runs[index]?.header;
    const model = header && runs.length > 1 ? `${nameSubject(header)}: ` : '';
    if (message) console.error(toOneTerminalLine(model + message));
  }
  return verdicts.every(({ passes }) => passes) ? EXIT.done : EXIT.gap;
}
