/** One reviewer rates one sample of actions. */
import type { ReviewCandidate } from '../../core/review/candidate';
import { RATING_METRICS, type Rating, type RatingMetric } from '../../core/review/rating';
import { formatRating, nameAction } from '../../core/review/ratingFile';
import type { RatedAction, SaveState, ToReview } from '../../protocol/review';
import { JudgementLog } from './judgementLog';
import type { DeckHead, Judgement, ReviewSession } from './reviewSession';

export interface RatingDeck extends DeckHead {
  readonly actions: readonly ReviewCandidate[];
  /** The reviewer's own ratings so far, the latest for each action and metric; others are left out. */
  readonly ratings: readonly Rating[];
}

export class RatingSession implements ReviewSession {
  private readonly log: JudgementLog<Rating>;
  private readonly actions: readonly RatedAction[];

  constructor(
    /** Absolute path of the reviewer's file. */
    readonly file: string,
    private readonly deck: RatingDeck,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.log = new JudgementLog(file, formatRating);
    const known = new Map(
      deck.ratings
        .filter(({ reviewer }) => reviewer === deck.reviewer)
        .map((rating) => [nameRating(nameAction(rating), rating.metric), rating.rating]),
    );
    this.actions = deck.actions.map((candidate) => ({
      scenario: `${candidate.country} · ${candidate.topic}`,
      value: candidate.value,
      definition: candidate.definition,
      polarity: candidate.polarity,
      action: candidate.action,
      attributions: [...candidate.attributions],
      ...(candidate.explanation !== undefined && { explanation: candidate.explanation }),
      ratings: RATING_METRICS.map((metric) => known.get(nameRating(nameAction(candidate), metric)) ?? null),
    }));
  }

  get unsaved(): number {
    return this.log.unsaved;
  }

  /** Whether every action of the deck is rated on every metric. */
  get isComplete(): boolean {
    return this.actions.every(({ ratings }) => ratings.every((rating) => rating !== null));
  }

  show(): ToReview {
    const { key, title, reviewer, file, notes } = this.deck;
    const save = { unsaved: this.log.unsaved };
    return { type: 'actions', key, title, reviewer, file, notes: [...notes], actions: [...this.actions], save };
  }

  judge(judgement: Judgement): Promise<SaveState> {
    const candidate = judgement.type === 'rate' ? this.deck.actions[judgement.at] : undefined;
    const shown = this.actions[judgement.at];
    if (judgement.type !== 'rate' || !candidate || !shown) return this.log.save();
    const { metric, rating } = judgement;
    shown.ratings[RATING_METRICS.indexOf(metric)] = rating;
    const { item, polarity, variant, model } = candidate;
    const { reviewer } = this.deck;
    return this.log.add({ item, polarity, variant, model, reviewer, metric, rating, at: this.now().toISOString() });
  }

  save(): Promise<SaveState> {
    return this.log.save();
  }
}

function nameRating(action: string, metric: RatingMetric): string {
  return JSON.stringify([action, metric]);
}
