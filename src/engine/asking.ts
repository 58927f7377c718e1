/** One attempt at one request: bounded in time, and given up at once where the run ends. */
import { type ModelClient, ModelError, type ModelReply, type ModelRequest } from '../models/client';
import type { Clock } from './ports';

/** An abort without a reason of its own builds an error with a stack, which is dear once for each request. */
const SETTLED = new Error('The request is settled.');

export interface AskOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * Settles within the timeout and right after an abort even where the client ignores its signal: a client that hangs
 * must not hold up the run.
 * @throws {ModelError} with code `timeout` or `canceled`, or whatever the client threw.
 */
export async function askOnce(client: ModelClient, request: ModelRequest, options: AskOptions): Promise<ModelReply> {
  const { signal, timeoutMs, clock } = options;
  const attempt = new AbortController();
  const giveUp = () => attempt.abort();
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) attempt.abort();
  let timedOut = false;
  const settled = new AbortController();
  const limit = clock.sleep(timeoutMs, settled.signal).then(() => {
    if (settled.signal.aborted) return;
    timedOut = true;
    attempt.abort();
  });
  try {
    return await Promise.race([client.complete(request, attempt.signal), rejectOnAbort(attempt.signal)]);
  } catch (error) {
    if (signal.aborted) throw new ModelError('canceled', 'fail', 'The run was canceled.', undefined, { cause: error });
    if (!timedOut) throw error;
    const seconds = Math.round(timeoutMs / 1000);
    throw new ModelError('timeout', 'retry', `${client.id} gave no answer within ${seconds} s.`, undefined, {
      cause: error,
    });
  } finally {
    settled.abort(SETTLED);
    signal.removeEventListener('abort', giveUp);
    await limit;
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new ModelError('canceled', 'fail', 'The request was given up.'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
