/** Runs of the same scenarios hold the same texts, 7 MB for a whole study: each is kept in memory once. */
import type { ItemSnapshot, RunHeader } from '../../core/runs/record';
import type { StoredRun } from './storedRun';

/** The same header, with the items of runs that are known already where they say the same. */
export function shareTexts(header: RunHeader, known: Iterable<StoredRun>): RunHeader {
  const items = new Map<string, ItemSnapshot>();
  for (const run of known) {
    if (run.header.scenarios === header.scenarios) return header;
    for (const scenario of run.header.scenarios) {
      for (const item of scenario.items) if (item.actHash !== undefined) items.set(item.actHash, item);
    }
  }
  if (items.size === 0) return header;
  const share = (item: ItemSnapshot): ItemSnapshot => {
    const same = item.actHash === undefined ? undefined : items.get(item.actHash);
    return same && isSame(same, item) ? same : item;
  };
  return {
    ...header,
    scenarios: header.scenarios.map((scenario) => ({ ...scenario, items: scenario.items.map(share) })),
  };
}

/** A hash in a file may be anybody's. */
function isSame(one: ItemSnapshot, other: ItemSnapshot): boolean {
  return (
    one.value === other.value &&
    one.act === other.act &&
    one.definition === other.definition &&
    one.portrait === other.portrait &&
    one.agree === other.agree &&
    one.disagree === other.disagree
  );
}
