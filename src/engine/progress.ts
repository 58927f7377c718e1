/** Counts what is settled and guesses how long the rest takes. */
import type { RequestKey } from '../core/runs/plan';
import { type Observation, type StatedAnswer, unusableSchema } from '../core/runs/record';
import type { RunProgress } from './events';

/** Enough requests to even out slow and fast ones, few enough to follow a change of pace. */
const PACE_WINDOW = 100;

export class ProgressCounter {
  private settled: number;
  private failures = 0;
  private unusable = 0;
  private readonly times: number[];

  constructor(
    private readonly total: number,
    alreadyAnswered: number,
    startedMs: number,
  ) {
    this.settled = alreadyAnswered;
    this.times = [startedMs];
  }

  get done(): number {
    return this.settled;
  }

  get failed(): number {
    return this.failures;
  }

  add(observation: Observation, current: RequestKey, nowMs: number): RunProgress {
    this.settled++;
    if (observation.type === 'failure') this.failures++;
    this.unusable += countUnusable(observation);
    this.times.push(nowMs);
    if (this.times.length > PACE_WINDOW) this.times.shift();
    return {
      done: this.settled,
      total: this.total,
      failed: this.failures,
      unusable: this.unusable,
      remainingMs: this.estimate(nowMs),
      current,
    };
  }

  private estimate(nowMs: number): number | null {
    const steps = this.times.length - 1;
    if (steps < 1) return null;
    return ((nowMs - (this.times[0] ?? nowMs)) / steps) * (this.total - this.settled);
  }
}

const UNUSABLE: ReadonlySet<StatedAnswer | 'agree' | 'disagree'> = new Set(unusableSchema.options);

function countUnusable(observation: Observation): number {
  switch (observation.type) {
    case 'state':
      return observation.answers.filter(([, answer]) => UNUSABLE.has(answer)).length;
    case 'act':
      return UNUSABLE.has(observation.answer) ? 1 : 0;
    case 'failure':
      return 0;
  }
}
