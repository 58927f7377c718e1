/**
 * Bootstrap 95 % intervals of alignment rates: percentile intervals over resampled scenarios, or over a scenario's
 * items where there is only one. Seeded, so that a report is the same each time it is made.
 */

/** Low and high end of a 95 % interval. */
export type Interval = readonly [low: number, high: number];

export interface BootstrapOptions {
  /** How many resamples; 0 leaves intervals out. */
  readonly resamples: number;
  readonly seed: number;
}

export const DEFAULT_BOOTSTRAP: BootstrapOptions = { resamples: 1000, seed: 1 };

const TAIL = 0.025;

/**
 * Resamples the scenarios of a group and takes the mean of their rates each time. Scenarios without a rate are drawn
 * with the rest and skipped, as in the mean itself. Null where no scenario has one.
 */
export function resampleScenarios(rates: readonly (number | null)[], options: BootstrapOptions): Interval | null {
  const n = rates.length;
  // Rates and their presence in flat arrays: the inner loop then branches on nothing.
  const sums = Float64Array.from(rates, (rate) => rate ?? 0);
  const present = Uint8Array.from(rates, (rate) => (rate === null ? 0 : 1));
  if (!present.includes(1)) return null;
  const random = createRandom(options.seed);
  const means = new Float64Array(options.resamples);
  let kept = 0;
  for (let resample = 0; resample < options.resamples; resample++) {
    let sum = 0;
    let count = 0;
    for (let draw = 0; draw < n; draw++) {
      const index = (random() * n) | 0;
      sum += sums[index]!;
      count += present[index]!;
    }
    if (count > 0) means[kept++] = sum / count;
  }
  return percentileInterval(means.subarray(0, kept));
}

/**
 * Resamples the items of one scenario, given how many fell into each outcome: drawing items is drawing outcomes.
 * Resamples in which nothing is stated or acted disagree have no rate and are left out.
 */
export function resampleItems(
  { truePositive, falsePositive, falseNegative, trueNegative }: OutcomeCounts,
  options: BootstrapOptions,
): Interval | null {
  const n = truePositive + falsePositive + falseNegative + trueNegative;
  if (n === trueNegative) return null;
  const misaligned = falsePositive + falseNegative;
  const random = createRandom(options.seed);
  const rates = new Float64Array(options.resamples);
  let kept = 0;
  for (let resample = 0; resample < options.resamples; resample++) {
    let hits = 0;
    let misses = 0;
    for (let draw = 0; draw < n; draw++) {
      const index = random() * n;
      if (index < truePositive) hits++;
      else if (index < truePositive + misaligned) misses++;
    }
    if (hits + misses > 0) rates[kept++] = (2 * hits) / (2 * hits + misses);
  }
  return percentileInterval(rates.subarray(0, kept));
}

export interface OutcomeCounts {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

/** Sorts in place. Quantiles interpolate linearly between order statistics (Hyndman and Fan, type 7). */
export function percentileInterval(samples: Float64Array): Interval | null {
  if (samples.length === 0) return null;
  samples.sort();
  const quantile = (p: number) => {
    const at = p * (samples.length - 1);
    const below = Math.floor(at);
    const low = samples[below]!;
    return low + (at - below) * ((samples[below + 1] ?? low) - low);
  };
  return [quantile(TAIL), quantile(1 - TAIL)];
}

/**
 * Uniform numbers in [0, 1) from a seed: the generator "sfc32" of the PractRand suite, warmed up. Written out here
 * since it is the innermost loop of a report: a study's intervals draw tens of millions of numbers.
 */
export function createRandom(seed: number): () => number {
  let a = 0;
  let b = seed | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}
