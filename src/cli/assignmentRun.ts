/** Carries out one assignment: says what it costs, asks where that is too much, and shows how it goes. */
import type { Assignment, Observed } from '../core/runs/assignment';
import type { RunTally } from '../core/runs/tally';
import { FileAnswerCache } from '../engine/answerCache';
import type { RunOutcome } from '../engine/events';
import { EndpointBudgets } from '../engine/limiter';
import type { Journal } from '../engine/ports';
import { estimateAssignment } from '../engine/preflight';
import { execute } from '../engine/runner';
import type { ModelClient } from '../models/client';
import { answersFolder } from '../models/home';
import type { AskingOptions } from './askingOptions';
import { abortOnInterrupt } from './interrupt';
import { confirmOverLimit, describeEstimate } from './preflight';
import { createProgressReporter } from './progressReporter';

export interface PreparedAssignment<Key, O extends Observed> {
  readonly assignment: Assignment<Key, O>;
  readonly client: ModelClient;
  /** Of a file that is taken up again: ids of the requests that have an answer, and what those come to. */
  readonly answered?: ReadonlySet<string>;
  readonly known?: RunTally;
  /** The file that the observations go to. @throws {UsageError} where it cannot be written. */
  open(): Promise<{ readonly path: string; readonly journal: Journal<O> }>;
}

/**
 * The journal is closed, and the client still there.
 * @throws {UsageError} where more would be asked than is allowed.
 */
export async function carryOutAssignment<Key, O extends Observed>(
  { assignment, client, answered, known, open }: PreparedAssignment<Key, O>,
  options: AskingOptions,
): Promise<{ readonly path: string; readonly outcome: RunOutcome }> {
  const cache = new FileAnswerCache(answersFolder(), {
    finds: options.cache,
    onProblem: (message) => console.error(message),
  });
  try {
    const estimate = await estimateAssignment({ assignment, client, cache, answered });
    await confirmOverLimit([estimate], options, { input: process.stdin, output: process.stderr });
    const { path, journal } = await open();
    if (!options.quiet) {
      console.error(`${client.id}: ${describeEstimate(estimate, options.price)}, written to ${path}`);
    }
    const { concurrency, reasks, rpm: requestsPerMinute, tpm: tokensPerMinute, timeout } = options;
    const budget = new EndpointBudgets().of(client.baseUrl ?? client.id, { requestsPerMinute, tokensPerMinute });
    const progress = createProgressReporter(process.stderr, options.quiet ?? false, [client.id]);
    const { signal, release } = abortOnInterrupt();
    try {
      const onEvent = (event: Parameters<typeof progress.show>[0]) => progress.show(event, client.id);
      const asking = { assignment, client, journal, answered, known, cache, budget, concurrency, reasks };
      return { path, outcome: await execute({ ...asking, timeoutMs: timeout * 1000, signal, onEvent }) };
    } finally {
      progress.end();
      release();
      await journal.close();
    }
  } finally {
    await cache.close();
  }
}
