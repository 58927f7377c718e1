/**
 * Intervals for anything that can be worked out from sums: each item brings a few numbers, a resample draws items and
 * adds theirs up. Whole items are drawn, each with all that was rated of it, because ratings of one item (both sides,
 * several wordings, several reviewers) are not independent. Source: percentile bootstrap, Efron and Tibshirani, An
 * Introduction to the Bootstrap (1993), 13.3; drawing whole clusters, Davison and Hinkley, Bootstrap Methods and their
 * Application (1997), 3.8; for kappa, Vanbelle and Albert, Statistics in Medicine 27 (2008). Where all is rated the same,
 * an interval is that one number: drawing again cannot show what nobody has seen yet.
 */
import { type BootstrapOptions, createRandom, type Interval, percentileInterval } from '../metrics/bootstrap';

/** What is worked out from sums; null where it is not defined. */
export type Statistic = (sums: Float64Array) => number | null;

/** Numbers of each item, added up over all that was rated of it; in the order of their names. */
export interface ItemSums {
  readonly width: number;
  /** `width` numbers an item. */
  readonly numbers: Float64Array;
}

/** Adds up what belongs to one item. The order in which rows come does not matter: items are put in order of name. */
export function sumByItem(rows: readonly { item: string; numbers: readonly number[] }[], width: number): ItemSums {
  const names = [...new Set(rows.map(({ item }) => item))].sort();
  const places = new Map(names.map((name, at) => [name, at * width]));
  const numbers = new Float64Array(names.length * width);
  for (const row of rows) {
    const place = places.get(row.item) as number;
    for (let at = 0; at < width; at++) numbers[place + at]! += row.numbers[at] ?? 0;
  }
  return { width, numbers };
}

export function addItems({ width, numbers }: ItemSums): Float64Array {
  const sums = new Float64Array(width);
  for (let at = 0; at < numbers.length; at++) sums[at % width]! += numbers[at]!;
  return sums;
}

/**
 * The 95 % intervals of several statistics of the same items, from the same resamples. Null where there are fewer than
 * two items, or where no resample has a value; resamples without one (kappa where all agree by chance) are left out.
 */
export function resampleItemSums(
  { width, numbers }: ItemSums,
  statistics: readonly Statistic[],
  { resamples, seed }: BootstrapOptions,
): (Interval | null)[] {
  const items = numbers.length / width;
  if (items < 2) return statistics.map(() => null);
  const random = createRandom(seed);
  const values = statistics.map(() => new Float64Array(resamples));
  const kept = statistics.map(() => 0);
  const sums = new Float64Array(width);
  for (let resample = 0; resample < resamples; resample++) {
    sums.fill(0);
    for (let draw = 0; draw < items; draw++) {
      const place = ((random() * items) | 0) * width;
      for (let at = 0; at < width; at++) sums[at]! += numbers[place + at]!;
    }
    statistics.forEach((statistic, which) => {
      const value = statistic(sums);
      if (value !== null) values[which]![kept[which]!++] = value;
    });
  }
  return values.map((found, which) => percentileInterval(found.subarray(0, kept[which])));
}
