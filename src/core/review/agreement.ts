/** How far people who judged the same things agree. Categories are numbered from 0. */
import { computeKappa } from '../metrics/confusion';

/** Why there is no kappa. */
export type NoKappa =
  /** Nobody, or only one person, judged. */
  | 'one-reviewer'
  /** Nothing was judged by two people (by both, for Cohen's). */
  | 'nothing-in-common'
  /** All judgements are the same: agreeing by chance would already be agreeing on everything. */
  | 'one-category';

/** Of two people's yes/no judgements of the same things: how many were judged how. */
export interface JudgedPairs {
  readonly bothYes: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothNo: number;
}

/**
 * Cohen's kappa of two people and two categories (Cohen 1960, Educational and Psychological Measurement 20).
 * @returns −1 to 1, or null where all judgements are the same or there is none.
 */
export function computeCohenKappa({ bothYes, onlyFirst, onlySecond, bothNo }: JudgedPairs): number | null {
  return computeKappa({
    truePositive: bothYes,
    falseNegative: onlyFirst,
    falsePositive: onlySecond,
    trueNegative: bothNo,
  });
}

/** How many numbers `toFleissNumbers` gives. */
export function countFleissNumbers(categories: number): number {
  return 2 + categories;
}

/**
 * What one thing brings to Fleiss' kappa, to be added up over things: 1, the share of its pairs of judgements that agree,
 * and each category's share of its judgements. All 0 where fewer than two people judged it: it is left out.
 * @param counts How many people chose each category.
 */
export function toFleissNumbers(counts: readonly number[]): number[] {
  const judges = counts.reduce((sum, count) => sum + count, 0);
  if (judges < 2) return [0, 0, ...counts.map(() => 0)];
  const agreeing = counts.reduce((sum, count) => sum + count * (count - 1), 0);
  return [1, agreeing / (judges * (judges - 1)), ...counts.map((count) => count / judges)];
}

/**
 * Share of pairs of judgements of the same thing that agree: mean over the things that two or more people judged. For
 * two people it is the share of things on which they agree. Null where there is no such thing.
 * @param sums Sums of `toFleissNumbers`.
 */
export function computeAgreement(sums: ArrayLike<number>): number | null {
  const [things, agreeing] = [sums[0] ?? 0, sums[1] ?? 0];
  return things === 0 ? null : agreeing / things;
}

/**
 * Fleiss' kappa (Fleiss 1971, Psychological Bulletin 76) in its form for unequal numbers of judges: each thing that two
 * or more people judged counts the same, both in the observed agreement and in the shares of the categories (Gwet,
 * Handbook of Inter-Rater Reliability, 4th ed. 2014, 2.3). With the same number of judges for each thing it is the form of
 * 1971. Who judged what does not matter.
 * @param sums Sums of `toFleissNumbers`.
 * @returns Up to 1, or null where all judgements are the same or nothing was judged twice.
 */
export function computeFleissFromSums(sums: ArrayLike<number>, categories: number): number | null {
  const observed = computeAgreement(sums);
  if (observed === null) return null;
  const things = sums[0] as number;
  let expected = 0;
  for (let category = 0; category < categories; category++) expected += ((sums[2 + category] as number) / things) ** 2;
  // Shares are sums of quotients: on the edge they may miss 1 by a rounding.
  return 1 - expected < 1e-12 ? null : (observed - expected) / (1 - expected);
}

export interface FleissKappa {
  readonly value: number | null;
  readonly why: NoKappa | null;
  /** Things that two or more people judged. */
  readonly used: number;
  /** Things that one or nobody judged. */
  readonly leftOut: number;
}

/** @param table A row a thing, a column a category: how many people chose it. */
export function computeFleissKappa(table: readonly (readonly number[])[]): FleissKappa {
  const categories = table[0]?.length ?? 0;
  const sums = new Float64Array(countFleissNumbers(categories));
  for (const counts of table) {
    toFleissNumbers(counts).forEach((number, at) => {
      sums[at]! += number;
    });
  }
  const value = computeFleissFromSums(sums, categories);
  const used = sums[0] as number;
  const why = value !== null ? null : used === 0 ? 'nothing-in-common' : 'one-category';
  return { value, why, used, leftOut: table.length - used };
}

/**
 * The category that most people chose; "tie" where several were chosen equally often, never one of them; null where
 * nobody chose.
 */
export function voteMajority(counts: readonly number[]): number | 'tie' | null {
  const most = Math.max(0, ...counts);
  if (most === 0) return null;
  const first = counts.indexOf(most);
  return counts.includes(most, first + 1) ? 'tie' : first;
}
