/** Asks again where asking again may help, with growing pauses. */
import { ModelError } from '../models/client';
import type { Clock } from './ports';

export interface RetryPolicy {
  /** Attempts in all, the first one included. */
  readonly attempts: number;
  /** The first pause; each further one doubles. */
  readonly baseMs: number;
  /** No pause of our own is longer. */
  readonly capMs: number;
  /** The longest pause an endpoint may ask for; beyond it the request fails. */
  readonly longestWaitMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = { attempts: 6, baseMs: 500, capMs: 20_000, longestWaitMs: 300_000 };

/**
 * Pause before the next attempt. Half of it is random, so that requests which failed together do not return together.
 * An endpoint's own wish is a lower bound.
 * @param failed Attempts that failed so far, from 1.
 * @param random 0…1
 */
export function chooseDelay(failed: number, policy: RetryPolicy, random: number, retryAfterMs?: number): number {
  const backoff = Math.min(policy.capMs, policy.baseMs * 2 ** (failed - 1));
  const jittered = backoff * (0.5 + random / 2);
  return retryAfterMs === undefined ? jittered : Math.max(retryAfterMs + (policy.baseMs * random) / 2, 0);
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
  for (let failed = 1; ; failed++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ModelError) || error.kind !== 'retry' || signal.aborted) throw error;
      const attempts = Math.min(policy.attempts, attemptsFor?.(error) ?? policy.attempts);
      if (failed >= attempts || (error.retryAfterMs ?? 0) > policy.longestWaitMs) throw error;
      const delay = chooseDelay(failed, policy, random(), error.retryAfterMs);
      onWait?.(delay, error);
      await clock.sleep(delay, signal);
      if (signal.aborted) throw error;
    }
  }
}
