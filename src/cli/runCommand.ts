/** `run`: asks models about scenario files, shows the gaps, and keeps the runs where the editor finds them. */
import { countRequests } from '../core/runs/plan';
import type { RunEvent } from '../engine/events';
import { EndpointBudgets } from '../engine/limiter';
import { executeRun } from '../engine/runner';
import { prepareNewRuns } from './newRuns';
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
  try {
    const finished = await carryOutAll(runs, options);
    const measured = finished.map(measureFinishedRun);
    if (options.json) printJson(measured);
    else for (const run of measured) printRun(run, measured.length > 1);
    for (const run of finished) for (const line of describeOutcome(run)) console.error(line);
    return chooseExitCode(finished);
  } finally {
    await Promise.all(runs.map(({ client }) => client.dispose?.()));
  }
}

/** Side by side: a slow or stopped model does not hold up another. */
async function carryOutAll(runs: readonly PreparedRun[], options: RunOptions): Promise<FinishedRun[]> {
  const { signal, release } = abortOnInterrupt();
  const progress = createProgressReporter(process.stderr, options.quiet ?? false);
  try {
    const budgets = new EndpointBudgets();
    const shared = { signal, budgets, onEvent: progress.show.bind(progress) };
    return await Promise.all(runs.map((run) => carryOut(run, options, shared)));
  } finally {
    progress.end();
    release();
  }
}

interface Shared {
  readonly signal: AbortSignal;
  readonly budgets: EndpointBudgets;
  readonly onEvent: (event: RunEvent) => void;
}

async function carryOut(run: PreparedRun, options: RunOptions, shared: Shared): Promise<FinishedRun> {
  const { header, client } = run;
  const { path, journal, answered, known } = await run.open();
  const total = countRequests(header);
  const left = answered?.size ? `${total - answered.size} of ${total} requests left` : `${total} requests`;
  if (!options.quiet) console.error(`${client.id}: ${left}, written to ${path}`);
  try {
    const outcome = await executeRun({
      header,
      client,
      journal,
      answered,
      known,
      concurrency: options.concurrency,
      timeoutMs: options.timeout * 1000,
      budget: shared.budgets.of(client.baseUrl ?? client.id, {
        requestsPerMinute: options.rpm,
        tokensPerMinute: options.tpm,
      }),
      signal: shared.signal,
      onEvent: shared.onEvent,
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
