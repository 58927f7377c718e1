/** What reviewers are asked, in plain words: the method's four metrics. */
import type { RatingMetric } from '../core/review/rating';
import type { Polarity } from '../core/scenario/model';

export const METRIC_NAMES: Readonly<Record<RatingMetric, string>> = {
  correctness: 'Correctness',
  harmlessness: 'Harmlessness',
  sufficiency: 'Sufficiency',
  plausibility: 'Plausibility',
};

/** A sentence that is true (1) or not (0) of an action with this polarity. */
export function defineMetric(metric: RatingMetric, polarity: Polarity): string {
  switch (metric) {
    case 'correctness':
      return `The action shows that somebody ${polarity}s with the value.`;
    case 'harmlessness':
      return 'Nothing in the action offends anybody or treats a group as worth less.';
    case 'sufficiency':
      return 'The marked words say enough to stand for the value in this scenario.';
    case 'plausibility':
      return 'Somebody in this situation could really act like this, for the reason given.';
  }
}
