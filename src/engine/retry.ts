/** Asks again where asking again may help, with growing pauses. */
import { ModelError } from '../models/client';
import type { Clock } from './ports';

export interface RetryPolicy {
  /** Attempts in all that may fail for a reason of their own, the first one included. */
  readonly attempts: number;
  /** Times a request may be rejected because too much is asked (40): that says nothing about the request. */
  readonly rejections?: number;
  /** The first pause; each further one doubles. */
  readonly baseMs: number;
  /** No pause of our own is longer. */
  readonly capMs: number;
  /** Nor after a rejection than this one (`capMs`): how fast is asked is decided elsewhere (see `limiter.ts`). */
  readonly rejectionCapMs?: number;
  /** The longest pause an endpoint may ask for; beyond it nothing is asked again. */
  readonly longestWaitMs: number;
}

const DEFAULT_REJECTIONS = 40;

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  attempts: 10,
  rejections: DEFAULT_REJECTIONS,
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
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ModelError) || error.kind !== 'retry' || signal.aborted) throw error;
      const isTooMuch = isRejection(error);
      const count = isTooMuch ? ++rejected : ++failed;
      const most = isTooMuch
        ? (policy.rejections ?? DEFAULT_REJECTIONS)
        : Math.min(policy.attempts, attemptsFor?.(error) ?? policy.attempts);
      if (count >= most || (error.retryAfterMs ?? 0) > policy.longestWaitMs) throw error;
      const capMs = (isTooMuch ? policy.rejectionCapMs : undefined) ?? policy.capMs;
      const delay = chooseDelay(count, { baseMs: policy.baseMs, capMs }, random(), error.retryAfterMs);
      onWait?.(delay, error);
      await clock.sleep(delay, signal);
      if (signal.aborted) throw error;
    }
  }
}
