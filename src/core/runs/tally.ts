/** What the observations of a run come to, counted as they arrive or as they are read back. */
import type { Observed } from './assignment';
import { type Observation, type StatedAnswer, type Usage, unusableSchema } from './record';

export interface RunTally {
  /** Requests with an answer, usable or not. */
  readonly answered: number;
  /** Requests that got no answer. */
  readonly failed: number;
  /** Answers (value × variant) that cannot be used: refused, unparsed or missing. */
  readonly unusable: number;
  /** Tokens that this run spent; answers that were known before cost none. */
  readonly usage: Usage;
}

export const EMPTY_TALLY: RunTally = { answered: 0, failed: 0, unusable: 0, usage: { input: 0, output: 0 } };

/** @param unusable How many answers of the observation cannot be used. */
export function addToTally(tally: RunTally, observation: Observed, unusable: number): RunTally {
  if (observation.type === 'failure') return { ...tally, failed: tally.failed + 1 };
  const spent = observation.cached ? undefined : observation.usage;
  return {
    answered: tally.answered + 1,
    failed: tally.failed,
    unusable: tally.unusable + unusable,
    usage: spent ? addUsage(tally.usage, spent) : tally.usage,
  };
}

export function addUsage(a: Usage, b: Usage): Usage {
  return { input: a.input + b.input, output: a.output + b.output };
}

const UNUSABLE: ReadonlySet<StatedAnswer | 'agree' | 'disagree'> = new Set(unusableSchema.options);

export function countUnusable(observation: Observation): number {
  if (observation.type === 'failure') return 0;
  if (observation.type === 'act') return UNUSABLE.has(observation.answer) ? 1 : 0;
  return observation.answers.filter(([, answer]) => UNUSABLE.has(answer)).length;
}
