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
  const all = [...strata.values()];
  const drawn = all.flatMap((stratum) =>
    orderBySeed([...stratum.values()], ([first]) => [seed, 'draw', first?.item, first?.polarity]).slice(0, perStratum),
  );
  return {
    actions: orderBySeed(drawn.flat(), (action) => [seed, 'order', nameAction(action)]),
    short: all.flatMap((stratum) => {
      const [[first] = []] = stratum.values();
      const items = stratum.size;
      return first && items < perStratum ? [{ country: first.country, polarity: first.polarity, items }] : [];
    }),
    duplicates: candidates.length - known.size,
  };
}
