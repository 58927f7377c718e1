/**
 * Finds out how much an endpoint takes, from nothing but what it rejects.
 *
 * A round lasts until a request that started in it is settled: one round trip. After a round with rejections the window
 * (requests under way at once) shrinks by half of the share that was rejected, after a round without it grows by one:
 * a fully rejected round halves it, a stray rejection hardly touches it. Beside it stands a pace, because an endpoint
 * that answers fast and counts per second is exceeded even one at a time: what was admitted in a second of many
 * rejections is the pace to go on with. It grows again the faster the longer nothing is rejected; a few rejections undo
 * the growth and no more, because an endpoint may reject now and then whatever the pace.
 */

/** What is measured for the pace. */
const HORIZON_MS = 1000;
/** What an endpoint may reject for reasons of its own; one that is asked too much rejects clearly more. */
const STRAY_SHARE = 0.2;
/** A pace below one request in ten seconds would find nothing out any more. */
const SLOWEST_PER_SECOND = 0.1;
/** So many rejections in a row, and nobody is asked until the endpoint's own time is up. */
const REJECTIONS_TO_PAUSE = 8;
/** A pause up to this long tells how fast to go on; a longer one is a matter of its own (a quota, a restart). */
const TELLING_PAUSE_MS = 5000;
/** Of fewer that were admitted before it nothing follows. */
const ADMITTED_TO_TELL = 5;
/** Lateness of a timer that may be caught up, as in `Pacer`. */
const CATCH_UP_MS = 100;

/** One attempt under way. */
export interface Attempt {
  readonly startedMs: number;
  readonly round: number;
  readonly stretch: object;
  rejected: boolean;
}

/** From the first start, or the end of a pause, to the next pause. */
interface Stretch {
  startedMs: number;
  admitted: number;
  /** The end of the pause that ended it, where that tells something. */
  tellsUntilMs?: number;
}

export class Congestion {
  private windowSize = Number.POSITIVE_INFINITY;
  private basePerSecond = Number.POSITIVE_INFINITY;
  /** The pace follows from a pause, which endpoints round up to seconds: it may be far too low, and doubles each second. */
  private isGuess = false;
  /** From when on the pace grows. */
  private growsFromMs = 0;
  /** When the pace was lowered last; before the first start there is nothing to measure. */
  private loweredMs: number | undefined;
  private lastStartMs = Number.NEGATIVE_INFINITY;
  private pausedUntilMs = Number.NEGATIVE_INFINITY;
  private recent: Attempt[] = [];
  private round = { number: 0, settled: 0, rejected: 0, mostUnderWay: 0 };
  private underWay = 0;
  private rejectedInARow = 0;
  private stretch: Stretch = { startedMs: 0, admitted: 0 };

  /** How many requests may be under way at once, at least 1. */
  get window(): number {
    return Math.max(1, Math.floor(this.windowSize));
  }

  /** Requests a second at `now`. */
  pace(now: number): number {
    const seconds = Math.max(0, now - this.growsFromMs) / 1000;
    const growth = this.isGuess ? 2 ** seconds : 1 + 0.1 * seconds + 0.02 * seconds ** 2;
    return this.basePerSecond * growth;
  }

  /** Milliseconds from `now` until the next start, and whether that is because the endpoint asked for a pause. */
  delay(now: number): { ms: number; isPause: boolean } {
    const pause = this.pausedUntilMs - now;
    if (pause > 0) return { ms: pause, isPause: true };
    const pace = this.pace(now);
    return { ms: Number.isFinite(pace) ? Math.max(0, this.lastStartMs + 1000 / pace - now) : 0, isPause: false };
  }

  start(now: number): Attempt {
    if (this.loweredMs === undefined) {
      this.loweredMs = now;
      this.stretch.startedMs = now;
    }
    this.stretch.admitted++;
    this.underWay++;
    this.round.mostUnderWay = Math.max(this.round.mostUnderWay, this.underWay);
    // As with a fixed pace: a late timer is caught up.
    const due = this.lastStartMs + 1000 / this.pace(now);
    this.lastStartMs = Number.isFinite(due) ? Math.max(due, now - CATCH_UP_MS) : now;
    const attempt = { startedMs: now, round: this.round.number, stretch: this.stretch, rejected: false };
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
    const stretch = attempt.stretch as Stretch;
    stretch.admitted--;
    this.hear(stretch, now);
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
    if (ms <= TELLING_PAUSE_MS) {
      this.stretch.tellsUntilMs = untilMs;
      this.hear(this.stretch, now);
    }
    // A pause is no time in which nothing was rejected, nor (a long one) one in which little was admitted.
    this.growsFromMs = untilMs;
    if (ms >= HORIZON_MS) this.loweredMs = untilMs;
    this.stretch = { startedMs: untilMs, admitted: 0 };
  }

  /** What was admitted is what the endpoint takes in the time up to the end of the pause; late rejections count. */
  private hear({ startedMs, admitted, tellsUntilMs }: Stretch, now: number): void {
    // So few may be chance, also where late rejections made them few.
    if (tellsUntilMs === undefined || admitted < ADMITTED_TO_TELL) return;
    this.setPace((admitted * 1000) / (tellsUntilMs - startedMs), now);
    this.isGuess = true;
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
    if (now - (this.loweredMs ?? now) < HORIZON_MS) return;
    this.forget(now);
    const sent = this.recent.length;
    const rejected = this.recent.filter((attempt) => attempt.rejected).length;
    const base = this.basePerSecond;
    // A pace that nobody keeps does not count as tried.
    const current = Math.min(this.pace(now), Math.max(base, 2 * sent));
    const share = sent === 0 ? 0 : rejected / sent;
    // The first rejection after a guess ends the guessing: what was reached is the limit, or near it.
    if (this.isGuess || isClearlyMore(rejected, sent)) {
      // What was admitted tells the limit where enough was asked; where little was, the share tells the direction.
      const isTried = !Number.isFinite(current) || sent >= current / 2;
      this.setPace(isTried ? sent - rejected : current * Math.max(1 - share, 0.5), now);
      this.isGuess = false;
      this.loweredMs = now;
    } else if (Number.isFinite(current)) this.setPace(Math.max(base, current * (1 - share)), now);
  }

  private setPace(perSecond: number, now: number): void {
    this.basePerSecond = Math.max(Math.min(perSecond, this.pace(now)), SLOWEST_PER_SECOND);
    this.growsFromMs = Math.max(now, this.pausedUntilMs);
  }

  private forget(now: number): void {
    this.recent = this.recent.filter(({ startedMs }) => startedMs >= now - HORIZON_MS);
  }
}

/** Whether so many of so many are more than stray ones, by two standard deviations. */
function isClearlyMore(rejected: number, sent: number): boolean {
  return rejected > sent * STRAY_SHARE + 2 * Math.sqrt(sent * STRAY_SHARE * (1 - STRAY_SHARE));
}
