import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/metrics/bootstrap';
import { reviewMetric } from '../../../src/core/review/metricReview';
import { makeRatings } from './ratings';

const options = { resamples: 1000, seed: 1 };
const review = (byReviewer: Record<string, string>, resamples = 1000) =>
  reviewMetric(makeRatings(byReviewer), { ...options, resamples });

describe('one metric', () => {
  it('of two reviewers: mean, votes, agreement and kappa by hand', () => {
    const pairs = {
      Ada: '1'.repeat(25) + '0'.repeat(25),
      Ben: `${'1'.repeat(20)}00000${'1'.repeat(10)}${'0'.repeat(15)}`,
    };
    const found = review(pairs, 4000);
    expect(found).toMatchObject({
      n: 100,
      actions: 50,
      reviewers: 2,
      mean: 0.55,
      majority: { yes: 20, no: 15, tie: 15, share: 20 / 35 },
      agreement: 0.7,
      kappa: { method: 'cohen', why: null, used: 50, leftOut: 0 },
    });
    expect(found.kappa.value).toBeCloseTo(0.4, 12);
    // Cohen's own standard error is √(0.7 × 0.3 / (50 × 0.5²)) = 0.1296.
    const [low, high] = found.kappa.interval as [number, number];
    expect(low).toBeCloseTo(0.4 - 1.96 * 0.1296, 1);
    expect(high).toBeCloseTo(0.4 + 1.96 * 0.1296, 1);
  });

  it("of three reviewers: Fleiss' kappa and majorities by hand", () => {
    // Pairs that agree: 1, 1/3, 1/3, 1, mean 2/3. Ones: 6 of 12. By chance 1/2.
    const found = review({ Ada: '1100', Ben: '1100', Cleo: '1010' });
    expect(found.kappa).toMatchObject({ method: 'fleiss', used: 4 });
    expect(found.kappa.value).toBeCloseTo(1 / 3, 12);
    expect(found.agreement).toBeCloseTo(2 / 3, 12);
    expect(found.majority).toMatchObject({ yes: 2, no: 2, tie: 0, share: 0.5 });
  });

  it('counts what only one of them rated, and leaves it out of kappa alone', () => {
    const found = review({ Ada: '1100.1', Ben: '1010..' });
    expect(found).toMatchObject({ n: 9, actions: 5, mean: 5 / 9, kappa: { used: 4, leftOut: 1, value: 0 } });
    expect(found.majority).toMatchObject({ yes: 2, no: 1, tie: 2, share: 2 / 3 });
  });

  it('has no kappa of one reviewer, of nothing in common, of one category, and says why', () => {
    expect(review({ Ada: '1101' }).kappa).toMatchObject({
      method: null,
      value: null,
      why: 'one-reviewer',
      interval: null,
    });
    expect(review({ Ada: '11..', Ben: '..10' }).kappa).toMatchObject({
      value: null,
      why: 'nothing-in-common',
      leftOut: 4,
    });
    expect(review({ Ada: '111', Ben: '111' }).kappa).toMatchObject({
      value: null,
      why: 'one-category',
      interval: null,
    });
    expect(review({ Ada: '11', Ben: '11', Cleo: '11' }).kappa).toMatchObject({ value: null, why: 'one-category' });
  });

  it('never takes a tie for a vote', () => {
    expect(review({ Ada: '10', Ben: '01' }).majority).toEqual({ yes: 0, no: 0, tie: 2, share: null, interval: null });
  });
});

describe('intervals', () => {
  const three = { Ada: '1101110110', Ben: '1001110111', Cleo: '1111010110' };

  it('are the same for the same seed in whatever order ratings come, and other for another seed', () => {
    const ratings = makeRatings(three);
    const found = reviewMetric(ratings, options);
    expect(reviewMetric([...ratings].reverse(), options)).toEqual(found);
    expect(reviewMetric(ratings, { ...options, seed: 2 }).interval).not.toEqual(found.interval);
  });

  it('hold the value they are of', () => {
    const { mean, interval, kappa, majority } = review(three);
    expect(majority.interval?.[0]).toBeLessThan(majority.share as number);
    expect(majority.interval?.[1]).toBeGreaterThan(majority.share as number);
    expect(interval?.[0]).toBeLessThan(mean as number);
    expect(interval?.[1]).toBeGreaterThan(mean as number);
    expect(kappa.interval?.[0]).toBeLessThan(kappa.value as number);
    expect(kappa.interval?.[1]).toBeGreaterThan(kappa.value as number);
  });

  it('are null of a single item: there is nothing to draw from', () => {
    const both = [
      ...makeRatings({ Ada: '1', Ben: '0' }),
      ...makeRatings({ Ada: '1', Ben: '1' }, { polarity: 'disagree' }),
    ];
    expect(reviewMetric(both, options)).toMatchObject({ actions: 2, mean: 0.75, interval: null });
  });

  it('draw whole items: copies of a rating under other wordings make nothing surer', () => {
    const once = makeRatings({ Ada: '1101001110' }, { variant: 0 });
    const copies = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((variant) => once.map((rating) => ({ ...rating, variant })));
    const [one, eight] = [reviewMetric(once, options), reviewMetric(copies, options)];
    expect(eight.n).toBe(8 * one.n);
    expect(eight.interval).toEqual(one.interval);
  });

  it('hold the true mean and the true kappa about as often as they promise', () => {
    const random = createRandom(11);
    const rounds = 200;
    const held = { mean: 0, kappa: 0 };
    // Each of two reviewers copies the truth (1 in 0.7) with probability 0.8 and else draws anew: kappa is 0.8².
    const judge = (truth: boolean) => (random() < 0.8 ? truth : random() < 0.7);
    for (let round = 0; round < rounds; round++) {
      let [Ada, Ben] = ['', ''];
      for (let item = 0; item < 80; item++) {
        const truth = random() < 0.7;
        Ada += judge(truth) ? '1' : '0';
        Ben += judge(truth) ? '1' : '0';
      }
      const { interval, kappa } = review({ Ada, Ben }, 400);
      if (interval && interval[0] <= 0.7 && interval[1] >= 0.7) held.mean++;
      if (kappa.interval && kappa.interval[0] <= 0.64 && kappa.interval[1] >= 0.64) held.kappa++;
    }
    for (const count of Object.values(held)) {
      expect(count / rounds).toBeGreaterThan(0.9);
      expect(count / rounds).toBeLessThan(0.99);
    }
  });
});
