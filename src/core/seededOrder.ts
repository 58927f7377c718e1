/** An order that follows a seed and what each thing is called, not where it stands. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** In the order of a fingerprint of the names; the seed is a part of each name. One thing more leaves the others' order. */
export function orderBySeed<T>(things: readonly T[], nameOf: (thing: T) => readonly unknown[]): T[] {
  const placed = things.map((thing) => ({
    thing,
    place: bytesToHex(sha256(utf8ToBytes(JSON.stringify(nameOf(thing))))),
  }));
  return placed.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ thing }) => thing);
}
