/** Talks to an endpoint that may be away for a while: a batch takes hours, and so may a look at it. */
import { ModelError } from '../../models/client';
import type { RunEvent } from '../events';
import type { Clock } from '../ports';
import { askWithRetries, DEFAULT_RETRY_POLICY, type RetryPolicy } from '../retry';

/** About four minutes of trying: a laptop changes its network, a server restarts. */
const PATIENT_POLICY: RetryPolicy = {
  ...DEFAULT_RETRY_POLICY,
  attempts: 12,
  baseMs: 1000,
  capMs: 30_000,
  longestWaitMs: 600_000,
};
/** Where nothing has ever answered, a server that is not there will hardly come up while we wait. */
const ATTEMPTS_AT_A_SILENT_ENDPOINT = 2;

export interface AskerOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly retry?: RetryPolicy;
  readonly random: () => number;
  readonly onEvent: (event: RunEvent) => void;
}

export class EndpointAsker {
  private hasHeard = false;

  constructor(private readonly options: AskerOptions) {}

  /** Settles right after an abort even where the client ignores its signal. */
  async ask<T>(call: () => Promise<T>): Promise<T> {
    const { clock, signal, retry = PATIENT_POLICY, random, onEvent } = this.options;
    const answer = await askWithRetries(() => giveUpOnAbort(call, signal), {
      policy: retry,
      clock,
      signal,
      random,
      attemptsFor: ({ code }) =>
        code === 'unreachable' && !this.hasHeard ? ATTEMPTS_AT_A_SILENT_ENDPOINT : Number.POSITIVE_INFINITY,
      onWait: (ms, error) => onEvent({ type: 'waiting', ms, reason: error.message }),
    });
    this.hasHeard = true;
    return answer;
  }
}

async function giveUpOnAbort<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const canceled = () => new ModelError('canceled', 'fail', 'The run was canceled.');
  if (signal.aborted) throw canceled();
  let giveUp = () => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(canceled());
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([call(), aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
