import { describe, expect, it } from 'vitest';
import type { Rating } from '../../../src/core/review/rating';
import { chooseVariant } from '../../../src/core/review/variantChoice';
import { describeChoice } from '../../../src/display/reviewSentences';
import { makeAllMetrics, makeRatings } from './ratings';

const options = { resamples: 1000, seed: 1 };
const choose = (...ratings: Rating[][]) => chooseVariant(ratings.flat(), options);

describe('the best variant', () => {
  it('has the highest mean over the metrics, each metric counting the same', () => {
    // Variant 3 loses correctness by 0.25 with many ratings and wins the other three by 0.25 with few.
    const choice = choose(
      makeRatings({ Ada: '1111', Ben: '1111' }, { variant: 1, metric: 'correctness' }),
      makeRatings({ Ada: '1110', Ben: '1110' }, { variant: 3, metric: 'correctness' }),
      ...(['harmlessness', 'sufficiency', 'plausibility'] as const).flatMap((metric) => [
        makeRatings({ Ada: '1100' }, { variant: 1, metric }),
        makeRatings({ Ada: '1101' }, { variant: 3, metric }),
      ]),
    );
    expect(choice).toMatchObject({ winner: 3, best: [3], isPaired: true, used: 4, leftOut: 0 });
    expect(choice?.scores.map(({ variant, score }) => [variant, score])).toEqual([
      [3, 0.75],
      [1, 0.625],
    ]);
    expect(choice?.margin).toBeCloseTo(0.125, 12);
  });

  it('has a margin whose interval is paired: a small steady lead on hard and easy items alike is no noise', () => {
    const hard = '1111111111111111111100000000000000000000';
    const lead = '1111111111111111111111111100000000000000';
    const choice = choose(makeAllMetrics({ Ada: hard }, { variant: 0 }), makeAllMetrics({ Ada: lead }, { variant: 5 }));
    expect(choice).toMatchObject({ winner: 5, isWithinNoise: false, isPaired: true });
    expect(choice?.margin).toBeCloseTo(6 / 40, 12);
    expect(choice?.interval?.[0]).toBeGreaterThan(0);
    // Taken one by one, their intervals overlap.
    const [first, second] = choice?.scores ?? [];
    expect(first?.interval?.[0]).toBeLessThan(second?.interval?.[1] as number);
    expect(describeChoice(choice)[0]).toMatch(/^Variant 5 is best: 0\.650 over 4 metrics, 0\.150 ahead of variant 0/);
  });

  it('is said to be within noise where one item decides', () => {
    const choice = choose(
      makeAllMetrics({ Ada: '1101' }, { variant: 0 }),
      makeAllMetrics({ Ada: '0111' }, { variant: 2 }),
      makeAllMetrics({ Ada: '1111' }, { variant: 4 }),
    );
    expect(choice).toMatchObject({ winner: 4, isWithinNoise: true });
    expect(describeChoice(choice)[0]).toMatch(/within noise/);
  });

  it('is none where several are level, which are named', () => {
    const choice = choose(
      makeAllMetrics({ Ada: '1110' }, { variant: 6 }),
      makeAllMetrics({ Ada: '1000' }, { variant: 1 }),
      makeAllMetrics({ Ada: '0111' }, { variant: 2 }),
    );
    expect(choice).toMatchObject({ winner: null, best: [2, 6], margin: 0, isWithinNoise: true });
    expect(describeChoice(choice)[0]).toBe('Variants 2 and 6 are level at 0.750 over 4 metrics.');
  });

  it('never leads by what reads as nothing', () => {
    const ratings = '1'.repeat(1000);
    const choice = choose(
      makeAllMetrics({ Ada: ratings }, { variant: 0 }),
      makeAllMetrics({ Ada: ratings }, { variant: 1 }).map((rating, at) =>
        at === 7 ? { ...rating, rating: 0 } : rating,
      ),
    );
    expect(choice?.margin).toBeCloseTo(1 / 4000, 12);
    expect(describeChoice(choice)[0]).toMatch(/less than 0\.001 ahead of variant 1 \(.*within noise\)/);
  });

  it('does not win by items that the others were not rated on', () => {
    const choice = choose(
      makeAllMetrics({ Ada: '11000000' }, { variant: 0 }),
      // Without the last, easy item it is behind.
      makeAllMetrics({ Ada: '10000000111' }, { variant: 1 }),
    );
    expect(choice).toMatchObject({ winner: 0, isPaired: true, used: 8, leftOut: 3 });
  });

  it('counts everything, and says so, where hardly anything was rated for all', () => {
    const choice = choose(
      makeAllMetrics({ Ada: '1111.....' }, { variant: 0 }),
      makeAllMetrics({ Ada: '...010101' }, { variant: 1 }),
    );
    expect(choice).toMatchObject({ winner: 0, isPaired: false, used: 9, leftOut: 0 });
    expect(describeChoice(choice)[1]).toMatch(/rated on different ones/);
  });

  it('is compared by the metrics that all have', () => {
    const choice = choose(
      makeAllMetrics({ Ada: '0101' }, { variant: 0 }),
      makeRatings({ Ada: '1101' }, { variant: 1, metric: 'plausibility' }),
    );
    expect(choice).toMatchObject({ winner: 1, metrics: ['plausibility'], margin: 0.25 });
  });

  it('is none without two that can be compared', () => {
    expect(choose(makeAllMetrics({ Ada: '11' }, { variant: null }))).toBeNull();
    const single = choose(makeAllMetrics({ Ada: '11' }, { variant: 5 }));
    expect(single).toMatchObject({ winner: null, margin: null, best: [5] });
    expect(describeChoice(single)[0]).toMatch(/Only one variant/);
    const apart = choose(
      makeRatings({ Ada: '11' }, { variant: 5, metric: 'correctness' }),
      makeRatings({ Ada: '11' }, { variant: 4, metric: 'plausibility' }),
    );
    expect(apart).toMatchObject({ winner: null, scores: [], metrics: [] });
    expect(describeChoice(apart)[0]).toMatch(/not rated by the same metrics/);
  });
});
