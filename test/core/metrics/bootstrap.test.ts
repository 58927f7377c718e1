import { describe, expect, it } from 'vitest';
import {
  createRandom,
  percentileInterval,
  resampleItems,
  resampleScenarios,
} from '../../../src/core/metrics/bootstrap';

const options = { resamples: 4000, seed: 7 };

describe('bootstrap intervals', () => {
  it('are the same for the same seed and other for another', () => {
    const rates = [0.1, 0.4, 0.35, 0.8, 0.55];
    expect(resampleScenarios(rates, options)).toEqual(resampleScenarios(rates, options));
    expect(resampleScenarios(rates, options)).not.toEqual(resampleScenarios(rates, { ...options, seed: 8 }));
  });

  it('come close to the exact distribution of a mean of two', () => {
    // Means of two draws from {0, 1}: 0, ½, 1 with ¼, ½, ¼.
    expect(resampleScenarios([0, 1], options)).toEqual([0, 1]);
    expect(resampleScenarios([0.3, 0.3, 0.3], options)?.map((end) => end.toFixed(12))).toEqual([
      '0.300000000000',
      '0.300000000000',
    ]);
  });

  it('come close to the normal interval of a mean of many', () => {
    const random = createRandom(3);
    const rates = Array.from({ length: 400 }, () => random());
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    const sd = Math.sqrt(rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rates.length);
    const [low, high] = resampleScenarios(rates, options) as [number, number];
    expect(low).toBeCloseTo(mean - (1.96 * sd) / 20, 2);
    expect(high).toBeCloseTo(mean + (1.96 * sd) / 20, 2);
  });

  it('leave out scenarios without a rate, and are null where no scenario has one', () => {
    expect(resampleScenarios([null, 0.5, null], options)).toEqual([0.5, 0.5]);
    expect(resampleScenarios([null, null], options)).toBeNull();
    expect(resampleScenarios([], options)).toBeNull();
  });

  it('resample the items of a single scenario', () => {
    const [low, high] = resampleItems(
      { truePositive: 10, falsePositive: 5, falseNegative: 5, trueNegative: 36 },
      options,
    ) as [number, number];
    expect(low).toBeLessThan(2 / 3);
    expect(high).toBeGreaterThan(2 / 3);
    expect(low).toBeGreaterThan(0.3);
    expect(resampleItems({ truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 9 }, options)).toBeNull();
    expect(resampleItems({ truePositive: 3, falsePositive: 0, falseNegative: 0, trueNegative: 0 }, options)).toEqual([
      1, 1,
    ]);
  });

  it('interpolate quantiles between order statistics', () => {
    expect(percentileInterval(Float64Array.from([3, 1, 2]))).toEqual([1.05, 2.95]);
    expect(percentileInterval(new Float64Array())).toBeNull();
  });

  it('draw evenly', () => {
    const random = createRandom(1);
    const bins = new Array(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) bins[Math.floor(random() * 10)]++;
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(400);
  });
});
