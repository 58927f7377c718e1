import { expect, test } from 'vitest';
import { testMcNemar } from '../../../src/core/metrics/mcnemar';

test.each([
  [0, 0, 1],
  [1, 0, 1],
  [5, 0, 2 / 32],
  [8, 1, (2 * (1 + 9)) / 512],
  [12, 3, (2 * (1 + 15 + 105 + 455)) / 32768],
  [4, 4, 1],
])('%i changes one way and %i the other', (b, c, p) => {
  expect(testMcNemar(b, c)).toBeCloseTo(p, 12);
  expect(testMcNemar(c, b)).toBeCloseTo(p, 12);
});

test('thousands of pairs neither underflow nor pass 1', () => {
  expect(testMcNemar(1500, 1500)).toBe(1);
  expect(testMcNemar(1000, 1400)).toBeGreaterThan(0);
  expect(testMcNemar(1000, 1400)).toBeLessThan(1e-10);
});
