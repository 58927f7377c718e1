/** What the review panel works on: it gives the page its deck and takes in judgements. Knows nothing of VS Code. */
import type { FromReview, SaveState, ToReview } from '../../protocol/review';

export type Judgement = Extract<FromReview, { type: 'rate' | 'code' }>;

export interface ReviewSession {
  /** The deck with everything that was judged so far. */
  show(): ToReview;
  /** Written at once. Never rejects; a judgement of something that is not in the deck changes nothing. */
  judge(judgement: Judgement): Promise<SaveState>;
  /** Tries again to write what could not be written. */
  save(): Promise<SaveState>;
  /** Judgements that are in no file yet. */
  readonly unsaved: number;
  /** Absolute path. */
  readonly file: string;
  /** Nothing of the deck is left to judge. */
  readonly isComplete: boolean;
}

/** What every deck says of itself; see `protocol/review`. */
export interface DeckHead {
  readonly key: string;
  readonly title: string;
  readonly reviewer: string;
  /** For people. */
  readonly file: string;
  readonly notes: readonly string[];
}
