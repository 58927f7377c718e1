/** Spreads starts evenly over time, so that a limit per minute is neither exceeded in a burst nor left unused. */

/** How much lateness of a timer, or idle time, may be caught up by starting closer together. */
const CATCH_UP_MS = 100;

export class Pacer {
  private readonly msPerUnit: number;
  /** When the next unit is due; what was not used more than a moment ago is lost. */
  private due = Number.NEGATIVE_INFINITY;

  /** @param perMinute Units (requests, tokens) a minute, above 0. */
  constructor(readonly perMinute: number) {
    this.msPerUnit = 60_000 / perMinute;
  }

  /** Milliseconds from `now` until the next start; 0: at once. */
  delay(now: number): number {
    return Math.max(0, this.due - now);
  }

  /** Something of this weight starts at `now`. */
  take(units: number, now: number): void {
    this.due =
      (this.due === Number.NEGATIVE_INFINITY ? now : Math.max(this.due, now - CATCH_UP_MS)) + units * this.msPerUnit;
  }

  /** It turned out to weigh more than was taken (or less, below 0). */
  correct(units: number): void {
    this.due += units * this.msPerUnit;
  }
}
