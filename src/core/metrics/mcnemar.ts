/** The exact McNemar test of paired yes/no outcomes. */

/**
 * Two-sided: how likely are counts at least as uneven if both kinds of change were equally likely. Twice the smaller
 * tail of the binomial distribution with p = 1/2, at most 1 (McNemar 1947; exact form, Agresti, Categorical Data
 * Analysis, 3rd ed., 11.1.1).
 * @param b Pairs that changed one way, from 0.
 * @param c Pairs that changed the other way, from 0.
 * @returns 0 to 1; 1 where nothing changed.
 */
export function testMcNemar(b: number, c: number): number {
  const n = b + c;
  if (n === 0) return 1;
  // In logarithms: 2^-n alone underflows from about a thousand pairs on.
  let term = -n * Math.LN2;
  let tail = Math.exp(term);
  for (let k = 1; k <= Math.min(b, c); k++) {
    term += Math.log((n - k + 1) / k);
    tail += Math.exp(term);
  }
  return Math.min(1, 2 * tail);
}
