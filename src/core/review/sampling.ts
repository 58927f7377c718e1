/** Draws the actions that reviewers see: seeded, and equally many for each country and polarity. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Polarity } from '../scenario/model';
import { identifyAction, type ReviewCandidate } from './candidate';

export interface SampleWish {
  /** Actions of each country and polarity, 1 or more. */
  readonly perStratum: number;
  readonly seed: number;
}

/** A country and polarity with fewer actions than were wanted: all of them were taken. */
export interface ShortStratum {
  readonly country: string;
  readonly polarity: Polarity;
  readonly count: number;
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
  const strata = new Map<string, ReviewCandidate[]>();
  const known = new Set<string>();
  for (const candidate of candidates) {
    const identity = identifyAction(candidate);
    if (known.has(identity)) continue;
    known.add(identity);
    const key = JSON.stringify([candidate.country, candidate.polarity]);
    const stratum = strata.get(key);
    if (stratum) stratum.push(candidate);
    else strata.set(key, [candidate]);
  }
  const drawn = [...strata.values()].map((stratum) => takeFirst(stratum, perStratum, seed));
  return {
    actions: orderBySeed(drawn.flat(), seed, 'order'),
    short: drawn.flatMap((actions) => {
      const [{ country, polarity } = { country: '', polarity: 'agree' as const }] = actions;
      return actions.length < perStratum ? [{ country, polarity, count: actions.length }] : [];
    }),
    duplicates: candidates.length - known.size,
  };
}

function takeFirst(stratum: readonly ReviewCandidate[], count: number, seed: number): readonly ReviewCandidate[] {
  return orderBySeed(stratum, seed, 'draw').slice(0, count);
}

function orderBySeed(actions: readonly ReviewCandidate[], seed: number, purpose: string): ReviewCandidate[] {
  const placed = actions.map((action) => {
    const text = JSON.stringify([purpose, seed, identifyAction(action)]);
    return { action, place: bytesToHex(sha256(utf8ToBytes(text))) };
  });
  return placed.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ action }) => action);
}
