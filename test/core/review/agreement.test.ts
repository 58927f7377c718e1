import { describe, expect, it } from 'vitest';
import { computeCohenKappa, computeFleissKappa, voteMajority } from '../../../src/core/review/agreement';

/** Ten subjects, fourteen raters, five categories: the textbook table, kappa 0.210. */
const TEXTBOOK = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
];

describe("Cohen's kappa", () => {
  it('of fifty proposals read by two is 0.4', () => {
    expect(computeCohenKappa({ bothYes: 20, onlyFirst: 5, onlySecond: 10, bothNo: 15 })).toBeCloseTo(0.4, 12);
  });

  it('tells equal agreement apart by how much of it is chance', () => {
    // Both tables agree on 60 of 100.
    expect(computeCohenKappa({ bothYes: 45, onlyFirst: 15, onlySecond: 25, bothNo: 15 })).toBeCloseTo(0.1304, 4);
    expect(computeCohenKappa({ bothYes: 25, onlyFirst: 35, onlySecond: 5, bothNo: 35 })).toBeCloseTo(0.2593, 4);
  });

  it('is 1, 0 and −1 where it should be, and null where chance agrees on everything', () => {
    expect(computeCohenKappa({ bothYes: 4, onlyFirst: 0, onlySecond: 0, bothNo: 6 })).toBe(1);
    expect(computeCohenKappa({ bothYes: 3, onlyFirst: 3, onlySecond: 3, bothNo: 3 })).toBe(0);
    expect(computeCohenKappa({ bothYes: 0, onlyFirst: 5, onlySecond: 5, bothNo: 0 })).toBe(-1);
    expect(computeCohenKappa({ bothYes: 9, onlyFirst: 0, onlySecond: 0, bothNo: 0 })).toBeNull();
    expect(computeCohenKappa({ bothYes: 0, onlyFirst: 0, onlySecond: 0, bothNo: 0 })).toBeNull();
  });
});

describe("Fleiss' kappa", () => {
  it('of the textbook table is 0.210', () => {
    const kappa = computeFleissKappa(TEXTBOOK);
    expect(kappa.value).toBeCloseTo(0.20993, 5);
    expect(kappa).toMatchObject({ why: null, used: 10, leftOut: 0 });
  });

  it('takes each thing the same where numbers of judges differ, and leaves out what one person judged', () => {
    // Pairs that agree: 1/3 and 1, mean 2/3. Shares of the first category: 1/3 and 1, mean 2/3; by chance 4/9 + 1/9.
    const kappa = computeFleissKappa([
      [1, 2],
      [2, 0],
      [0, 1],
      [0, 0],
    ]);
    expect(kappa.value).toBeCloseTo((2 / 3 - 5 / 9) / (4 / 9), 12);
    expect(kappa).toMatchObject({ used: 2, leftOut: 2 });
  });

  it('is null with the reason, never NaN', () => {
    expect(
      computeFleissKappa([
        [3, 0],
        [7, 0],
      ]),
    ).toMatchObject({ value: null, why: 'one-category' });
    expect(computeFleissKappa([[1, 0]])).toMatchObject({ value: null, why: 'nothing-in-common', leftOut: 1 });
    expect(computeFleissKappa([])).toMatchObject({ value: null, why: 'nothing-in-common' });
  });

  it('does not take rounding for disagreement', () => {
    const table = Array.from({ length: 1000 }, (_, at) => [0, (at % 7) + 2, 0]);
    expect(computeFleissKappa(table)).toMatchObject({ value: null, why: 'one-category', used: 1000 });
  });
});

describe('the majority vote', () => {
  it.each([
    [[1, 2], 1],
    [[2, 1], 0],
    [[2, 2], 'tie'],
    [[0, 1], 1],
    [[1, 1, 1], 'tie'],
    [[2, 1, 1], 0],
    [[0, 2, 2], 'tie'],
    [[0, 0], null],
    [[], null],
  ] as const)('of %j is %s', (counts, vote) => {
    expect(voteMajority(counts)).toBe(vote);
  });
});
