/** Time that passes only when everybody waits: hours are simulated in milliseconds, and always the same way. */
import type { Clock } from '../../src/engine/ports';

interface Sleeper {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

export class VirtualClock implements Clock {
  private nowMs = 0;
  private order = 0;
  private sleepers: Sleeper[] = [];

  now = () => this.nowMs;
  date = () => new Date(Date.UTC(2026, 0, 31) + this.nowMs).toISOString();

  sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = {
        atMs: this.nowMs + ms,
        order: this.order++,
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      const abort = () => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.sleepers.push(sleeper);
    });

  /** Lets time pass until the promise settles. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    promise.then(settle, settle);
    while (!isSettled) {
      // Whatever can go on without time passing does so first.
      await new Promise((resolve) => setImmediate(resolve));
      if (isSettled) break;
      const next = this.sleepers.reduce<Sleeper | undefined>(
        (first, other) =>
          !first || other.atMs < first.atMs || (other.atMs === first.atMs && other.order < first.order) ? other : first,
        undefined,
      );
      if (!next) throw new Error('Nobody waits for anything, and nothing has ended.');
      this.sleepers = this.sleepers.filter((other) => other !== next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.wake();
    }
    return promise;
  }
}
