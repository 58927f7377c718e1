/** What the engine needs from outside: a place to write to, and time. */
import type { Observed } from '../core/runs/assignment';
import type { Observation } from '../core/runs/record';

/** Where a run's observations go, one after the other. */
export interface Journal<O extends Observed = Observation> {
  /**
   * Resolves once the observation is with the operating system, so that a killed process does not lose it.
   * @throws {JournalError} where it cannot be written; what was written before is kept.
   */
  append(observation: O): Promise<void>;
  close(): Promise<void>;
}

/** The run file could not be written. The message names the file, the cause and the next step. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

export interface Clock {
  /** Milliseconds; only differences mean something. */
  now(): number;
  /** ISO 8601, for records. */
  date(): string;
  /** Resolves after `ms`, or at once (without an error) where the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date().toISOString(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const finish = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      signal.addEventListener('abort', finish, { once: true });
    }),
};
