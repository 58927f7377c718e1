/**
 * Bootstrap 95 % intervals of a difference between two runs: both are resampled together, by scenario or by item, so
 * that what is hard for both cancels. Percentile intervals, seeded, as those of a single rate.
 */
import { type BootstrapOptions, createRandom, type Interval, percentileInterval } from '../metrics/bootstrap';

/**
 * Resamples pairs of scenario rates and takes the difference of their means, after − before. Scenarios are drawn with
 * and without a rate and skipped in that run's mean, as in the mean itself. Null where a run has no rate at all.
 * @param before One rate a scenario, 0…1. @param after The same scenarios in the same order.
 */
export function resampleRateDifference(
  before: readonly (number | null)[],
  after: readonly (number | null)[],
  options: BootstrapOptions,
): Interval | null {
  const n = before.length;
  const a = flatten(before);
  const b = flatten(after);
  return resample(n, options, (draw) => {
    let sumA = 0;
    let countA = 0;
    let sumB = 0;
    let countB = 0;
    for (let drawn = 0; drawn < n; drawn++) {
      const index = draw();
      sumA += a.sums[index]!;
      countA += a.present[index]!;
      sumB += b.sums[index]!;
      countB += b.present[index]!;
    }
    return countA > 0 && countB > 0 ? sumB / countB - sumA / countA : Number.NaN;
  });
}

/** What an item adds to the F1 of its scenario: hits are true positives, misses are gaps in either direction. */
export interface ItemOutcomes {
  /** 1 or 0, one an item. */
  readonly hits: Uint8Array;
  readonly misses: Uint8Array;
}

/**
 * The same within one scenario, over its items. Resamples in which a run has nothing stated or acted disagree have no
 * rate there and are left out. Null where that is so of all.
 */
export function resampleItemDifference(
  before: ItemOutcomes,
  after: ItemOutcomes,
  options: BootstrapOptions,
): Interval | null {
  const n = before.hits.length;
  return resample(n, options, (draw) => {
    let hitsA = 0;
    let missesA = 0;
    let hitsB = 0;
    let missesB = 0;
    for (let drawn = 0; drawn < n; drawn++) {
      const index = draw();
      hitsA += before.hits[index]!;
      missesA += before.misses[index]!;
      hitsB += after.hits[index]!;
      missesB += after.misses[index]!;
    }
    if (hitsA + missesA === 0 || hitsB + missesB === 0) return Number.NaN;
    return (2 * hitsB) / (2 * hitsB + missesB) - (2 * hitsA) / (2 * hitsA + missesA);
  });
}

/** `differenceOf` draws n indexes and gives NaN for a resample without a difference. */
function resample(
  n: number,
  { resamples, seed }: BootstrapOptions,
  differenceOf: (draw: () => number) => number,
): Interval | null {
  if (n === 0) return null;
  const random = createRandom(seed);
  const draw = () => (random() * n) | 0;
  const differences = new Float64Array(resamples);
  let kept = 0;
  for (let at = 0; at < resamples; at++) {
    const difference = differenceOf(draw);
    if (!Number.isNaN(difference)) differences[kept++] = difference;
  }
  return percentileInterval(differences.subarray(0, kept));
}

function flatten(rates: readonly (number | null)[]) {
  return {
    sums: Float64Array.from(rates, (rate) => rate ?? 0),
    present: Uint8Array.from(rates, (rate) => (rate === null ? 0 : 1)),
  };
}
