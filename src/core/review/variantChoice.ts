/**
 * Which generation variant makes the best actions. The published study looked at ratings and kappa by eye; we rank by one
 * number, the mean over the metrics of the mean rating, each metric counting the same, and say how sure that is. The best
 * of several is best by luck, too: an interval of the margin just above 0 is a weak sign, the more so the more variants.
 */
import type { BootstrapOptions, Interval } from '../metrics/bootstrap';
import { RATING_METRICS, type Rating, type RatingMetric } from './rating';
import { addItems, resampleItemSums, type Statistic, sumByItem } from './resampling';

export interface VariantScore {
  readonly variant: number;
  /** 0 to 1. */
  readonly score: number;
  readonly interval: Interval | null;
}

export interface VariantChoice {
  /** Null where several are best, or where there is nothing to choose from. */
  readonly winner: number | null;
  /** The best, in order of number: several where there is no single winner. */
  readonly best: readonly number[];
  /** Best first; equal scores in order of number. */
  readonly scores: readonly VariantScore[];
  /** Score of the first minus score of the second, from 0; null where fewer than two can be compared. */
  readonly margin: number | null;
  /** Of the margin, from the same resamples of items for both. */
  readonly interval: Interval | null;
  /** Whether the interval does not lie above 0: another sample of items could well have another winner. */
  readonly isWithinNoise: boolean;
  /** Metrics by which every variant was rated: only these count. */
  readonly metrics: readonly RatingMetric[];
  /** Whether only actions that were rated for every variant count, so that nobody wins by easier items. */
  readonly isPaired: boolean;
  /** Items × polarities (× models) that count, and that do not. */
  readonly used: number;
  readonly leftOut: number;
}

/** Only a matching so large replaces everything that was rated: otherwise a few shared actions would decide alone. */
const PAIRED_SHARE = 0.5;
const EQUAL = 1e-9;

/** Null where no rating says which variant made the action. Ratings: at most one for each reviewer, action and metric. */
export function chooseVariant(ratings: readonly Rating[], options: BootstrapOptions): VariantChoice | null {
  const known = ratings.filter(({ variant }) => variant !== null) as (Rating & { variant: number })[];
  const variants = [...new Set(known.map(({ variant }) => variant))].sort((a, b) => a - b);
  if (variants.length === 0) return null;
  const metrics = RATING_METRICS.filter((metric) => {
    const rated = new Set(known.filter((rating) => rating.metric === metric).map(({ variant }) => variant));
    return variants.every((variant) => rated.has(variant));
  });
  const relevant = known.filter(({ metric }) => metrics.includes(metric));
  const { counted, isPaired, used, leftOut } = matchActions(relevant, variants.length * metrics.length);

  const layout = { variants, metrics };
  const items = sumByItem(
    counted.map((rating) => ({ item: rating.item, numbers: toNumbers(rating, layout) })),
    variants.length * metrics.length * 2,
  );
  const sums = addItems(items);
  const scoreOf = (place: number): Statistic => scoreVariant(place, metrics.length);
  const intervals = resampleItemSums(
    items,
    variants.map((_, place) => scoreOf(place)),
    options,
  );
  const scores = variants
    .flatMap((variant, place): VariantScore[] => {
      const score = scoreOf(place)(sums);
      return score === null ? [] : [{ variant, score, interval: intervals[place] ?? null }];
    })
    .sort((a, b) => (Math.abs(a.score - b.score) < EQUAL ? a.variant - b.variant : b.score - a.score));

  const best = scores.filter(({ score }) => scores[0]!.score - score < EQUAL).map(({ variant }) => variant);
  const [first, second] = scores;
  const [interval = null] =
    first && second
      ? resampleItemSums(
          items,
          [subtract(scoreOf(variants.indexOf(first.variant)), scoreOf(variants.indexOf(second.variant)))],
          options,
        )
      : [];
  return {
    winner: scores.length > 1 && best.length === 1 ? (best[0] as number) : null,
    best,
    scores,
    margin: first && second ? (best.length > 1 ? 0 : first.score - second.score) : null,
    interval,
    isWithinNoise: interval === null || interval[0] <= 0,
    metrics,
    isPaired,
    used,
    leftOut,
  };
}

type KnownRating = Rating & { readonly variant: number };

/** The ratings of actions that are rated for every variant by every metric, or all where those are too few. */
function matchActions(ratings: readonly KnownRating[], wanted: number) {
  const seen = new Map<string, Set<string>>();
  const nameSide = ({ item, polarity, model }: KnownRating) => JSON.stringify([item, polarity, model]);
  for (const rating of ratings) {
    const name = nameSide(rating);
    const places = seen.get(name) ?? new Set();
    seen.set(name, places.add(`${rating.variant} ${rating.metric}`));
  }
  const matched = ratings.filter((rating) => seen.get(nameSide(rating))?.size === wanted);
  const isPaired = matched.length > 0 && matched.length >= PAIRED_SHARE * ratings.length;
  const counted = isPaired ? matched : ratings;
  const used = new Set(counted.map(nameSide)).size;
  return { counted, isPaired, used, leftOut: seen.size - used };
}

interface Layout {
  readonly variants: readonly number[];
  readonly metrics: readonly RatingMetric[];
}

/** For each variant and metric: ratings, and how many of them are 1. */
function toNumbers({ variant, metric, rating }: KnownRating, { variants, metrics }: Layout): number[] {
  const numbers = new Array<number>(variants.length * metrics.length * 2).fill(0);
  const place = (variants.indexOf(variant) * metrics.length + metrics.indexOf(metric)) * 2;
  numbers[place] = 1;
  numbers[place + 1] = rating;
  return numbers;
}

function scoreVariant(place: number, metrics: number): Statistic {
  return (sums) => {
    if (metrics === 0) return null;
    let score = 0;
    for (let metric = 0; metric < metrics; metric++) {
      const at = (place * metrics + metric) * 2;
      const ratings = sums[at] as number;
      if (ratings === 0) return null;
      score += (sums[at + 1] as number) / ratings;
    }
    return score / metrics;
  };
}

function subtract(first: Statistic, second: Statistic): Statistic {
  return (sums) => {
    const [a, b] = [first(sums), second(sums)];
    return a === null || b === null ? null : a - b;
  };
}
