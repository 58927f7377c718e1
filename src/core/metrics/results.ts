/** What was found about each item: the shape that editor highlights, trees, tables and charts read. */
import type { ActedAnswer, StatedAnswer } from '../runs/record';

/**
 * `gap`: binarised stated ≠ binarised acted. `undecided`: acted is exactly 0.5 (position bias, not a gap).
 * `unusable`: no usable answer in at least one task. `incomplete`: an action was missing.
 */
export type ItemStatus = 'gap' | 'aligned' | 'undecided' | 'unusable' | 'incomplete';

export type GapDirection = 'stated-agree-acted-disagree' | 'stated-disagree-acted-agree';

export interface VariantAnswer<A> {
  readonly variant: number;
  readonly repeat: number;
  readonly answer: A;
  /** The model's own words about its choice, where the variant asks for them. Untrusted. */
  readonly explanation?: string;
}

export interface ItemResult {
  /** Key of the scenario in the run. */
  readonly scenario: string;
  readonly file: string;
  readonly value: string;
  readonly status: ItemStatus;
  readonly direction?: GapDirection;
  /** 0 agree … 1 disagree; null where no answer was usable. */
  readonly stated: number | null;
  readonly acted: number | null;
  /** |stated − acted|, 0…1; null where either is. */
  readonly distance: number | null;
  readonly stateAnswers: readonly VariantAnswer<StatedAnswer>[];
  readonly actAnswers: readonly VariantAnswer<ActedAnswer>[];
  /** Requests about this item that failed: the run can be resumed for them. */
  readonly failures: number;
}
