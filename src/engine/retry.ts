/** Asks again where asking again may help, with growing pauses. */
import { ModelError } from '../models/client';
import type { Clock } from './ports';

export interface RetryPolicy {
  /** Attempts in all that may fail for a reason of their own, the first one included. */
  readonly attempts: number;
  /**
   * How long a request may be rejected again and again because too much is asked (10 minutes). It is a time and no
   * number, because where many ask for few places it is no fault of the request to be turned away often.
   */
  readonly patienceMs?: number;
  /** The first pause; each further one doubles. */
  readonly baseMs: number;
  /** No pause of our own is longer. */
  readonly capMs: number;
  /** Nor after a rejection than this one (`capMs`): how fast is asked is decided elsewhere (see `limiter.ts`). */
  readonly rejectionCapMs?: number;
  /** The longest pause an endpoint may ask for; beyond it nothing is asked again. */
  readonly longestWaitMs: number;
}

const DEFAULT_PATIENCE_MS = 600_000;

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  attempts: 10,
  patienceMs: DEFAULT_PATIENCE_MS,
  baseMs: 500,
  capMs: 20_000,
  rejectionCapMs: 5_000,
  longestWaitMs: 3_600_000,
};

/** Whether the endpoint says that it is asked too much: by the status, or by asking for a wait. */
export function isRejection(error: ModelError): boolean {
  return error.code === 'rate-limited' || error.retryAfterMs !== undefined;
}

/**
 * Pause before the next attempt. Half of it is random, so that requests which failed together do not return together.
 * An endpoint's own wish is a lower bound.
 * @param failed Attempts that failed so far, from 1.
 * @param random 0…1
 */
export function chooseDelay(
  failed: number,
  { baseMs, capMs }: Pick<RetryPolicy, 'baseMs' | 'capMs'>,
  random: number,
  retryAfterMs?: number,
): number {
  if (retryAfterMs !== undefined) return retryAfterMs + (baseMs * random) / 2;
  return Math.min(capMs, baseMs * 2 ** (failed - 1)) * (0.5 + random / 2);
}

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly random: () => number;
  /** Attempts granted after this error, where fewer make sense than the policy's. */
  readonly attemptsFor?: (error: ModelError) => number;
  readonly onWait?: (ms: number, error: ModelError) => void;
}

/** @throws what the last attempt threw; once the signal has aborted, the error at hand. */
export async function askWithRetries<T>(ask: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy, clock, signal, random, attemptsFor, onWait } = options;
  let failed = 0;
  let rejected = 0;
  let rejectedSinceMs = 0;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ModelError) || error.kind !== 'retry' || signal.aborted) throw error;
      if ((error.retryAfterMs ?? 0) > policy.longestWaitMs) throw error;
      let capMs = policy.capMs;
      if (isRejection(error)) {
        if (rejected++ === 0) rejectedSinceMs = clock.now();
        if (clock.now() - rejectedSinceMs > (policy.patienceMs ?? DEFAULT_PATIENCE_MS)) throw error;
        capMs = policy.rejectionCapMs ?? capMs;
      } else if (++failed >= Math.min(policy.attempts, attemptsFor?.(error) ?? policy.attempts)) throw error;
      const count = isRejection(error) ? rejected : failed;
      const delay = chooseDelay(count, { baseMs: policy.baseMs, capMs }, random(), error.retryAfterMs);
      onWait?.(delay, error);
      await clock.sleep(delay, signal);
      if (signal.aborted) throw error;
    }
  }
}
