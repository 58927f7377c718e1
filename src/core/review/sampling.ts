/** Draws the actions that reviewers see: seeded, and equally many for each country and polarity. */
import type { Polarity } from '../scenario/model';
import { orderBySeed } from '../seededOrder';
import type { ReviewCandidate } from './candidate';
import { nameAction } from './ratingFile';

export interface SampleWish {
  /**
   * Items of each country and polarity, 1 or more. Of each item every version of its action is taken, one a variant and
   * model, so that variants are compared on the same items.
   */
  readonly perStratum: number;
  readonly seed: number;
}

/** A country and polarity with fewer items than were wanted: all of them were taken. */
export interface ShortStratum {
  readonly country: string;
  readonly polarity: Polarity;
  readonly items: number;
}

export interface ReviewSample {
  /** In an order that follows the seed, so that countries and polarities are mixed. */
  readonly actions: readonly ReviewCandidate[];
  readonly short: readonly ShortStratum[];
  /** Candidates that say the same item, polarity, variant and model as an earlier one: ratings could not tell them apart. */
  readonly duplicates: number;
}

/**
 * Each candidate has a place that follows from the seed and from what it is, not from where it stands: an action more or
 * less leaves the rest of the sample as it was, and a larger sample holds the smaller one. Every reviewer who takes the
 * same seed gets the same actions.
 */
export function drawReviewSample(
  candidates: readonly ReviewCandidate[],
  { perStratum, seed }: SampleWish,
): ReviewSample {
  return prepareSample(candidates, seed).draw(perStratum);
}

/** Samples of several sizes from one order: placing the 14,784 actions of a whole study takes half a second. */
export interface PreparedSample {
  /** Items of the largest country and polarity: a sample of this size holds all actions. */
  readonly largest: number;
  /** How many actions a sample of this size has. */
  count(perStratum: number): number;
  draw(perStratum: number): ReviewSample;
}

export function prepareSample(candidates: readonly ReviewCandidate[], seed: number): PreparedSample {
  const strata = new Map<string, Map<string, ReviewCandidate[]>>();
  const known = new Set<string>();
  for (const candidate of candidates) {
    const name = nameAction(candidate);
    if (known.has(name)) continue;
    known.add(name);
    const key = JSON.stringify([candidate.country, candidate.polarity]);
    const stratum = strata.get(key) ?? new Map<string, ReviewCandidate[]>();
    strata.set(key, stratum);
    const versions = stratum.get(candidate.item);
    if (versions) versions.push(candidate);
    else stratum.set(candidate.item, [candidate]);
  }
  const ordered = [...strata.values()].map((stratum) =>
    orderBySeed([...stratum.values()], ([first]) => [seed, 'draw', first?.item, first?.polarity]),
  );
  const take = (perStratum: number) => ordered.flatMap((items) => items.slice(0, perStratum)).flat();
  return {
    largest: Math.max(0, ...ordered.map((items) => items.length)),
    count: (perStratum) => take(perStratum).length,
    draw: (perStratum) => ({
      actions: orderBySeed(take(perStratum), (action) => [seed, 'order', nameAction(action)]),
      short: ordered.flatMap((items) => {
        const [[first] = []] = items;
        const isShort = first && items.length < perStratum;
        return isShort ? [{ country: first.country, polarity: first.polarity, items: items.length }] : [];
      }),
      duplicates: candidates.length - known.size,
    }),
  };
}
