/** The interval of a difference against resamples that are all written down. */
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/core/compare/compareRuns';
import { resampleItemDifference, resampleRateDifference } from '../../../src/core/compare/pairedBootstrap';
import { percentileInterval } from '../../../src/core/metrics/bootstrap';
import { item, makeRun } from './runs';

const MANY = { resamples: 20_000, seed: 5 };

/** Every way to draw n of n with replacement: n to the power of n index lists, all equally likely. */
function enumerateDraws(n: number): number[][] {
  let draws: number[][] = [[]];
  for (let at = 0; at < n; at++)
    draws = draws.flatMap((draw) => Array.from({ length: n }, (_, index) => [...draw, index]));
  return draws;
}

function meanOfPresent(rates: readonly (number | null)[], draw: readonly number[]): number {
  const present = draw.map((index) => rates[index] ?? null).filter((rate) => rate !== null);
  return present.reduce((sum, rate) => sum + rate, 0) / present.length;
}

describe('over scenarios', () => {
  it('gives the interval that follows by hand from four scenarios of which one moved', () => {
    // The difference of a resample is k/4, with k how often the fourth is drawn: binomial with n 4, p 1/4.
    // P(k = 0) = 0.316, so the lower 2.5 % is 0. P(k = 4) = 0.004 and P(k ≥ 3) = 0.051: the upper 2.5 % is 0.75.
    expect(resampleRateDifference([0.5, 0.5, 0.5, 0], [0.5, 0.5, 0.5, 1], MANY)).toEqual([0, 0.75]);
  });

  it('is paired: scenarios that differ widely, each moved by the same, leave no doubt', () => {
    const interval = resampleRateDifference([0.1, 0.5, 0.9], [0.2, 0.6, 1], { resamples: 1000, seed: 1 });
    expect(interval?.[0]).toBeCloseTo(0.1, 12);
    expect(interval?.[1]).toBeCloseTo(0.1, 12);
  });

  it('agrees with all 3,125 resamples of five scenarios, one of them without a rate in one run', () => {
    const before = [0.4, 0.1, 0.7, null, 0.3];
    const after = [0.6, 0, 0.9, 0.5, 0.35];
    const differences = enumerateDraws(5)
      .map((draw) => meanOfPresent(after, draw) - meanOfPresent(before, draw))
      .filter((difference) => !Number.isNaN(difference));
    // Of 3,125, only the one that draws the fourth five times has no rate before.
    expect(differences).toHaveLength(3124);
    const exact = percentileInterval(Float64Array.from(differences));
    const drawn = resampleRateDifference(before, after, MANY);
    expect(drawn?.[0]).toBeCloseTo(exact?.[0] ?? Number.NaN, 1.7);
    expect(drawn?.[1]).toBeCloseTo(exact?.[1] ?? Number.NaN, 1.7);
  });

  it('has none where a run has no rate', () => {
    expect(resampleRateDifference([null, null], [0.5, 1], MANY)).toBeNull();
    expect(resampleRateDifference([], [], MANY)).toBeNull();
  });
});

describe('over the items of one scenario', () => {
  const outcomes = (hits: number[], misses: number[]) => ({
    hits: Uint8Array.from(hits),
    misses: Uint8Array.from(misses),
  });

  it('gives the interval that follows by hand from two items', () => {
    // Before DD and a gap, after DD and DD. The four resamples (1,1), (1,2), (2,1), (2,2) have the rates
    // 1, 2/3, 2/3, 0 before and 1 after: differences 0, 1/3, 1/3, 1, and the outer two have a quarter each.
    expect(resampleItemDifference(outcomes([1, 0], [0, 1]), outcomes([1, 1], [0, 0]), MANY)).toEqual([0, 1]);
  });

  it('leaves resamples without a rate out', () => {
    // After is AA for the second item: a resample of it alone has no rate there.
    const interval = resampleItemDifference(outcomes([1, 0], [0, 1]), outcomes([1, 0], [0, 0]), MANY);
    // (1,1): 0. (1,2) and (2,1): 1 − 2/3. (2,2): none.
    expect(interval?.[0]).toBe(0);
    expect(interval?.[1]).toBeCloseTo(1 / 3, 12);
  });

  it('is what a comparison of one scenario reports', () => {
    const a = makeRun([{ items: [item('x', 'DD'), item('y', 'AD')] }]);
    const b = makeRun([{ items: [item('x', 'DD'), item('y', 'DD')] }]);
    expect(compareRuns(a, b).alignmentRate.overall).toMatchObject({
      before: 2 / 3,
      after: 1,
      interval: [0, 1],
      withinNoise: true,
      over: 'items',
    });
  });
});

it('is the same for one seed', () => {
  const draw = (seed: number) =>
    resampleRateDifference([0.1, 0.4, 0.35, 0.8], [0.3, 0.2, 0.9, 0.7], { resamples: 500, seed });
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
});
