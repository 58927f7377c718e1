/** One line of a `*.ratings.jsonl` file: what one reviewer found about one action, by one metric. */
import * as z from 'zod';

/** In the order of the published study. */
export const RATING_METRICS = ['correctness', 'harmlessness', 'sufficiency', 'plausibility'] as const;
export type RatingMetric = (typeof RATING_METRICS)[number];

export const ratingSchema = z.object({
  /** Which item: `country · topic · value`, see `nameItem`. */
  item: z.string(),
  polarity: z.enum(['agree', 'disagree']),
  /** Which of the 8 generation wordings made the action; null where nobody knows, e.g. for one written by hand. */
  variant: z.number().int().min(0).max(7).nullable(),
  /** Which model made the action; null where nobody knows. */
  model: z.string().nullable(),
  reviewer: z.string(),
  metric: z.enum(RATING_METRICS),
  rating: z.union([z.literal(0), z.literal(1)]),
  /** ISO 8601. */
  at: z.string(),
});
export type Rating = z.infer<typeof ratingSchema>;

const SEPARATOR = ' · ';

export function nameItem(country: string, topic: string, value: string): string {
  return [country, topic, value].join(SEPARATOR);
}

/** Undefined where the name does not have three parts: such an item counts, but under no country. */
export function countryOfItem(item: string): string | undefined {
  const parts = item.split(SEPARATOR);
  return parts.length >= 3 ? parts[0] : undefined;
}
