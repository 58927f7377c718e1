/** Whether two runs showed the model the same text about an item. */
import { hashActed, hashStated } from '../runs/hashes';
import type { ItemSnapshot, ScenarioSnapshot } from '../runs/record';
import type { ScenarioPair } from './matchItems';
import type { TabulatedRun } from './tabulatedRun';

export interface AskedDifferently {
  readonly state: boolean;
  readonly act: boolean;
}

/** One answer for each of the pair's rows. */
export function listAskedDifferently(a: TabulatedRun, b: TabulatedRun, pair: ScenarioPair): AskedDifferently[] {
  const before = a.header.scenarios[pair.a];
  const after = b.header.scenarios[pair.b];
  if (!before || !after) return [];
  const state = isOther(before.stateHash, after.stateHash, () => [hashStated(before), hashStated(after)]);
  const itemsBefore = selectItems(before);
  const itemsAfter = selectItems(after);
  const firstA = a.table.scenarios[pair.a]?.firstRow ?? 0;
  const firstB = b.table.scenarios[pair.b]?.firstRow ?? 0;
  const isSameScene = haveSameScene(before, after);
  return pair.rows.map(([rowA, rowB]) => {
    const itemA = itemsBefore[rowA - firstA];
    const itemB = itemsAfter[rowB - firstB];
    if (!itemA || !itemB) return { state, act: true };
    const act = isOther(itemA.actHash, itemB.actHash, () =>
      // Hashing thousands of items takes longer than all the rest: it is done where plain comparison cannot tell.
      isSameScene && haveSameAct(itemA, itemB) ? ['', ''] : [hashActed(before, itemA), hashActed(after, itemB)],
    );
    return { state, act };
  });
}

/** Kept fingerprints count, since they also cover the default wordings of the release that asked. */
function isOther(one: string | undefined, other: string | undefined, hash: () => readonly [string, string]): boolean {
  if (one !== undefined && other !== undefined) return one !== other;
  const [before, after] = hash();
  return before !== after;
}

function haveSameScene(a: ScenarioSnapshot, b: ScenarioSnapshot): boolean {
  return (
    a.country === b.country &&
    a.topic === b.topic &&
    a.system === b.system &&
    JSON.stringify(a.prompts?.task2 ?? null) === JSON.stringify(b.prompts?.task2 ?? null)
  );
}

function haveSameAct(a: ItemSnapshot, b: ItemSnapshot): boolean {
  return a.definition === b.definition && a.agree === b.agree && a.disagree === b.disagree;
}

/** In the order of the table's rows. */
function selectItems(scenario: ScenarioSnapshot): ItemSnapshot[] {
  return scenario.items.filter(({ act }) => act !== 'not-selected');
}
