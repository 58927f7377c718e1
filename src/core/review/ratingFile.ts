/** The text of `*.ratings.jsonl` files. */
import { explainMismatch, normaliseLine } from './foreignLine';
import { type Rating, ratingSchema } from './rating';
import { type FoldedRecords, foldRecords, type RecordConflict, type RecordFormat, type ReviewFile } from './recordFile';

export const RATING_FILE_SUFFIX = '.ratings.jsonl';

export type RatingConflict = RecordConflict<Rating>;

export interface FoldedRatings extends Omit<FoldedRecords<Rating>, 'records'> {
  /** One for each reviewer, action and metric: the latest. */
  readonly ratings: readonly Rating[];
}

/**
 * One line, with its line break. Append it; where the file does not end in a line break (somebody's write was cut), put
 * one before it.
 */
export function formatRating({ item, polarity, variant, model, reviewer, metric, rating, at }: Rating): string {
  return `${JSON.stringify({ item, polarity, variant, model, reviewer, metric, rating, at })}\n`;
}

/** Names one rated action: the same item, polarity, generation variant and model. */
export function nameAction({ item, polarity, variant, model }: Omit<Rating, 'reviewer' | 'metric' | 'rating' | 'at'>) {
  return JSON.stringify([item, polarity, variant, model]);
}

const RATING_LINES: RecordFormat<Rating> = {
  read(line) {
    const rating = ratingSchema.safeParse(normaliseLine(line, ['variant', 'model']));
    return rating.success ? { record: rating.data } : { reason: explainMismatch('rating', rating.error) };
  },
  keyOf: (rating) => JSON.stringify([rating.reviewer, nameAction(rating), rating.metric]),
  verdictOf: ({ rating }) => rating,
  timeOf: ({ at }) => at,
};

/**
 * The ratings of several files, which may overlap. A later rating by the same reviewer of the same action and metric
 * replaces an earlier one (by `at`, then by order); where files differ, that is a conflict, and the later one is taken.
 * Never throws.
 */
export function foldRatings(files: readonly ReviewFile[]): FoldedRatings {
  const { records, ...rest } = foldRecords(files, RATING_LINES);
  return { ratings: records, ...rest };
}
