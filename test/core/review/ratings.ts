/** Ratings for tests, written as tables. */
import { nameItem, RATING_METRICS, type Rating } from '../../../src/core/review/rating';

export const AT = '2025-03-01T10:00:00.000Z';

export function makeRating(part: Partial<Rating> = {}): Rating {
  return {
    item: nameItem('Nigeria', 'Politics', 'Freedom'),
    polarity: 'agree',
    variant: 5,
    model: 'gpt-x',
    reviewer: 'Ada',
    metric: 'correctness',
    rating: 1,
    at: AT,
    ...part,
  };
}

/** One string a reviewer, one character an item: `1`, `0`, or `.` where not rated. */
export function makeRatings(byReviewer: Readonly<Record<string, string>>, part: Partial<Rating> = {}): Rating[] {
  return Object.entries(byReviewer).flatMap(([reviewer, ratings]) =>
    [...ratings].flatMap((rating, at) =>
      rating === '.'
        ? []
        : [
            makeRating({
              item: nameItem('Nigeria', 'Politics', `Value ${at}`),
              reviewer,
              rating: rating === '1' ? 1 : 0,
              ...part,
            }),
          ],
    ),
  );
}

/** The same by every metric. */
export function makeAllMetrics(byReviewer: Readonly<Record<string, string>>, part: Partial<Rating> = {}): Rating[] {
  return RATING_METRICS.flatMap((metric) => makeRatings(byReviewer, { ...part, metric }));
}
