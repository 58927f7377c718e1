/** `run`: asks models about scenario files, shows the gaps, and keeps the runs where the editor finds them. */
import { FileAnswerCache } from '../engine/answerCache';
import type { RunEvent } from '../engine/events';
import { EndpointBudgets } from '../engine/limiter';
import { executeRun } from '../engine/runner';
import { answersFolder } from '../models/home';
import { prepareNewRuns } from './newRuns';
import { confirmOverLimit, describeEstimate, estimateRuns } from './preflight';
import type { PreparedRun } from './preparedRun';
import { createProgressReporter } from './progressReporter';
import { prepareResumedRun } from './resumedRun';
import type { RunOptions } from './runOptions';
import { describeOutcome, type FinishedRun, measureFinishedRun, printJson, printRun } from './runReport';

export const EXIT = { done: 0, failures: 1, usage: 2, interrupted: 130 } as const;

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
  const runs =
    options.resume === undefined
      ? await prepareNewRuns(files, options, distFolder)
      : [await prepareResumedRun(options.resume, files, options, distFolder)];
  const cache = new FileAnswerCache(answersFolder(), {
    finds: options.cache,
    onProblem: (message) => console.error(message),
  });
  try {
    const finished = await carryOutAll(runs, options, cache);
    const measured = finished.map(measureFinishedRun);
    if (options.json) printJson(measured);
    else for (const run of measured) printRun(run, measured.length > 1);
    for (const run of finished) for (const line of describeOutcome(run)) console.error(line);
    return chooseExitCode(finished);
  } finally {
    await Promise.all(runs.map((run) => run.dispose()));
    await cache.close();
  }
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
  const progress = createProgressReporter(process.stderr, options.quiet ?? false);
  const shared = { signal, cache, budgets: new EndpointBudgets(), onEvent: progress.show.bind(progress) };
  try {
    return await Promise.all(
      runs.map((run, index) => {
        const estimate = estimates[index];
        return carryOut(run, options, shared, estimate && describeEstimate(estimate, options.price));
      }),
    );
  } finally {
    progress.end();
    release();
  }
}

interface Shared {
  readonly signal: AbortSignal;
  readonly cache: FileAnswerCache;
  readonly budgets: EndpointBudgets;
  readonly onEvent: (event: RunEvent) => void;
}

async function carryOut(
  { header, client, answered, known, open }: PreparedRun,
  options: RunOptions,
  { signal, cache, budgets, onEvent }: Shared,
  estimate: string | undefined,
): Promise<FinishedRun> {
  const { path, journal } = await open();
  if (!options.quiet) console.error(`${client.id}: ${estimate}, written to ${path}`);
  const { concurrency, rpm: requestsPerMinute, tpm: tokensPerMinute, timeout } = options;
  const budget = budgets.of(client.baseUrl ?? client.id, { requestsPerMinute, tokensPerMinute });
  try {
    const outcome = await executeRun({
      header,
      client,
      journal,
      answered,
      known,
      cache,
      budget,
      concurrency,
      timeoutMs: timeout * 1000,
      signal,
      onEvent,
    });
    return { path, header, outcome };
  } finally {
    await journal.close();
  }
}

/** The first interrupt ends the run in good order; a second one ends the process, as nothing handles it any more. */
function abortOnInterrupt(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  const release = () => {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  };
  return { signal: controller.signal, release };
}

function chooseExitCode(runs: readonly FinishedRun[]): number {
  const statuses = runs.map(({ outcome }) => outcome.status);
  if (statuses.includes('canceled')) return EXIT.interrupted;
  return statuses.every((status) => status === 'done') ? EXIT.done : EXIT.failures;
}
