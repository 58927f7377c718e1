/** Counts what is settled and guesses how long the rest takes. */
import type { Assignment, Observed } from '../core/runs/assignment';
import { addToTally, type RunTally } from '../core/runs/tally';
import type { RunProgress } from './events';

/** Enough requests to even out slow and fast ones, few enough to follow a change of pace. */
const PACE_WINDOW = 100;

export class ProgressCounter<Key, O extends Observed> {
  /** When the last requests were settled, as a ring. */
  private readonly times: number[];
  private next = 1;

  constructor(
    private readonly assignment: Pick<Assignment<Key, O>, 'countUnusable' | 'describe'>,
    private readonly total: number,
    /** What the journal holds already. */
    private tally: RunTally,
    startedMs: number,
  ) {
    this.times = [startedMs];
  }

  get counts(): RunTally {
    return this.tally;
  }

  get done(): number {
    return this.tally.answered + this.tally.failed;
  }

  add(observation: O, key: Key, nowMs: number): RunProgress {
    this.tally = addToTally(this.tally, observation, this.assignment.countUnusable(observation));
    this.times[this.next] = nowMs;
    this.next = (this.next + 1) % PACE_WINDOW;
    const { failed, unusable, usage } = this.tally;
    return {
      done: this.done,
      total: this.total,
      failed,
      unusable,
      usage,
      remainingMs: this.estimate(nowMs),
      current: this.assignment.describe(key),
    };
  }

  private estimate(nowMs: number): number | null {
    const steps = this.times.length - 1;
    if (steps < 1) return null;
    const oldest = this.times[this.times.length < PACE_WINDOW ? 0 : this.next] ?? nowMs;
    return ((nowMs - oldest) / steps) * (this.total - this.done);
  }
}
