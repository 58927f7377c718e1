/**
 * Finds out how much an endpoint takes, from nothing but what it rejects.
 *
 * A round lasts until a request that started in it is settled: one round trip. After a round with rejections the window
 * (requests under way at once) shrinks by half of the share that was rejected, after a round without it grows by one:
 * a fully rejected round halves it, a stray rejection hardly touches it. Beside it stands a pace, because an endpoint
 * that answers fast and counts per second is exceeded even one at a time: what was admitted in the last second is the
 * pace to go on with. It grows again the faster the longer nothing is rejected.
 */

/** What is measured for the pace. */
const HORIZON_MS = 1000;
/** A pace below one request in ten seconds would find nothing out any more. */
const SLOWEST_PER_SECOND = 0.1;
/** So many rejections in a row, and nobody is asked until the endpoint's own time is up. */
const REJECTIONS_TO_PAUSE = 8;
/** A pause up to this long tells how fast to go on; a longer one is a matter of its own (a quota, a restart). */
const TELLING_PAUSE_MS = 5000;
/** Lateness of a timer that may be caught up, as in `Pacer`. */
const CATCH_UP_MS = 100;

/** One attempt under way. */
export interface Attempt {
  readonly startedMs: number;
  readonly round: number;
  rejected: boolean;
}

export class Congestion {
  private windowSize = Number.POSITIVE_INFINITY;
  private basePerSecond = Number.POSITIVE_INFINITY;
  /** When the pace was set last, or may grow from; before the first start there is nothing to measure. */
  private paceSetMs: number | undefined;
  private lastStartMs = Number.NEGATIVE_INFINITY;
  private pausedUntilMs = Number.NEGATIVE_INFINITY;
  private recent: Attempt[] = [];
  private round = { number: 0, settled: 0, rejected: 0, mostUnderWay: 0 };
  private underWay = 0;
  private rejectedInARow = 0;
  /** Since the first start, or the last pause. */
  private stretch = { startedMs: 0, admitted: 0 };

  /** How many requests may be under way at once, at least 1. */
  get window(): number {
    return Math.max(1, Math.floor(this.windowSize));
  }

  /** Requests a second at `now`. */
  pace(now: number): number {
    const seconds = Math.max(0, now - (this.paceSetMs ?? now)) / 1000;
    return this.basePerSecond * (1 + 0.1 * seconds + 0.02 * seconds ** 2);
  }

  /** Milliseconds from `now` until the next start, and whether that is because the endpoint asked for a pause. */
  delay(now: number): { ms: number; isPause: boolean } {
    const pause = this.pausedUntilMs - now;
    if (pause > 0) return { ms: pause, isPause: true };
    const pace = this.pace(now);
    return { ms: Number.isFinite(pace) ? Math.max(0, this.lastStartMs + 1000 / pace - now) : 0, isPause: false };
  }

  start(now: number): Attempt {
    if (this.paceSetMs === undefined) {
      this.paceSetMs = now;
      this.stretch.startedMs = now;
    }
    this.stretch.admitted++;
    this.underWay++;
    this.round.mostUnderWay = Math.max(this.round.mostUnderWay, this.underWay);
    // As with a fixed pace: a late timer is caught up.
    const due = this.lastStartMs + 1000 / this.pace(now);
    this.lastStartMs = Number.isFinite(due) ? Math.max(due, now - CATCH_UP_MS) : now;
    const attempt = { startedMs: now, round: this.round.number, rejected: false };
    this.recent.push(attempt);
    if (this.recent.length > 64 && (this.recent[0] as Attempt).startedMs < now - HORIZON_MS) this.forget(now);
    return attempt;
  }

  /** It was answered. */
  accept(attempt: Attempt, now: number): void {
    this.rejectedInARow = 0;
    this.settle(attempt, now);
  }

  /** The endpoint wants less: 429, or a wait with another status. */
  reject(attempt: Attempt, now: number, retryAfterMs?: number): void {
    attempt.rejected = true;
    this.stretch.admitted--;
    this.round.rejected++;
    this.rejectedInARow++;
    if (retryAfterMs !== undefined && this.rejectedInARow >= REJECTIONS_TO_PAUSE) this.pause(now, retryAfterMs);
    this.settle(attempt, now);
  }

  /** It was given up, or failed for a reason that says nothing about how much is asked. */
  abandon(): void {
    this.underWay--;
  }

  private pause(now: number, ms: number): void {
    const untilMs = now + ms;
    this.rejectedInARow = 0;
    if (untilMs <= this.pausedUntilMs) return;
    this.pausedUntilMs = untilMs;
    const { startedMs, admitted } = this.stretch;
    // What was admitted is what the endpoint takes in all the time from the last pause to the end of this one.
    if (ms <= TELLING_PAUSE_MS && admitted > 0) this.setPace((admitted * 1000) / (untilMs - startedMs), now);
    // A pause is no time in which nothing was rejected, nor one in which little was admitted.
    this.paceSetMs = Math.max(this.paceSetMs ?? untilMs, untilMs);
    this.stretch = { startedMs: untilMs, admitted: 0 };
  }

  private settle(attempt: Attempt, now: number): void {
    this.underWay--;
    this.round.settled++;
    const { settled, rejected, mostUnderWay } = this.round;
    // Rejections come back faster than answers: too few of both say nothing about the share.
    if (attempt.round < this.round.number || settled < mostUnderWay / 2) return;
    const share = rejected / settled;
    if (rejected > 0) {
      this.windowSize = Math.max(1, Math.min(this.windowSize, mostUnderWay) * (1 - share / 2));
      this.slowDown(now);
    } else if (mostUnderWay >= this.window) this.windowSize++;
    this.round = { number: this.round.number + 1, settled: 0, rejected: 0, mostUnderWay: this.underWay };
  }

  private slowDown(now: number): void {
    // A second must have passed to be judged, at the start as after each change.
    if (now - (this.paceSetMs ?? now) < HORIZON_MS) return;
    this.forget(now);
    this.setPace((this.recent.filter(({ rejected }) => !rejected).length * 1000) / HORIZON_MS, now);
  }

  /** Never less than half of the present pace: one measurement may be wrong. */
  private setPace(perSecond: number, now: number): void {
    const current = this.pace(now);
    const half = Number.isFinite(current) ? current / 2 : 0;
    this.basePerSecond = Math.max(Math.min(perSecond, current), half, SLOWEST_PER_SECOND);
    this.paceSetMs = Math.max(now, this.pausedUntilMs);
  }

  private forget(now: number): void {
    this.recent = this.recent.filter(({ startedMs }) => startedMs >= now - HORIZON_MS);
  }
}
