/** Which items of two runs are the same item. */
import type { ScenarioSnapshot } from '../runs/record';
import type { TabulatedRun } from './tabulatedRun';

/** Indexes into the two runs' lists of scenarios. */
export interface ScenarioPair {
  readonly a: number;
  readonly b: number;
  /** Rows of the two tables, in A's order. */
  readonly rows: readonly (readonly [a: number, b: number])[];
}

export interface MatchedItems {
  /** In A's order. */
  readonly pairs: readonly ScenarioPair[];
  /** Rows of A's table without a counterpart, in its order. */
  readonly onlyInA: readonly number[];
  readonly onlyInB: readonly number[];
}

/**
 * Scenarios are matched by key and file, else by file and name, else by key, else by country and topic; what names one
 * scenario twice is matched in the order of the runs. Within a pair, items are matched by their value.
 */
export function matchItems(a: TabulatedRun, b: TabulatedRun): MatchedItems {
  const partners = matchScenarios(a.header.scenarios, b.header.scenarios);
  const pairs: ScenarioPair[] = [];
  const onlyInA: number[] = [];
  const matchedB = new Uint8Array(b.table.values.length);
  for (const [index, scenario] of a.table.scenarios.entries()) {
    const partner = partners.get(index);
    const rowsOfB = partner === undefined ? new Map<string, number[]>() : listRows(b, partner);
    const rows: [number, number][] = [];
    for (let row = scenario.firstRow; row < scenario.endRow; row++) {
      const other = rowsOfB.get(a.table.values[row] as string)?.shift();
      if (other === undefined) onlyInA.push(row);
      else {
        rows.push([row, other]);
        matchedB[other] = 1;
      }
    }
    if (partner !== undefined) pairs.push({ a: index, b: partner, rows });
  }
  return { pairs, onlyInA, onlyInB: [...matchedB.keys()].filter((row) => matchedB[row] === 0) };
}

/** Ways to tell that two scenarios are the same, surest first; null where a scenario cannot be told this way. */
const IDENTITIES: readonly ((scenario: ScenarioSnapshot) => readonly string[] | null)[] = [
  ({ key, file }) => [key, file],
  // A run of two files with one name calls the second "name (2)"; a run of that file alone does not.
  ({ name, file }) => (file === '' ? null : [name, file]),
  ({ key }) => [key],
  ({ country, topic }) => [country, topic],
];

/** Partners in B by index in A. */
function matchScenarios(a: readonly ScenarioSnapshot[], b: readonly ScenarioSnapshot[]): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  for (const identify of IDENTITIES) {
    const waiting = new Map<string, number[]>();
    b.forEach((scenario, index) => {
      const identity = taken.has(index) ? null : identify(scenario);
      if (identity) append(waiting, JSON.stringify(identity), index);
    });
    a.forEach((scenario, index) => {
      const identity = partners.has(index) ? null : identify(scenario);
      const partner = identity && waiting.get(JSON.stringify(identity))?.shift();
      if (partner === undefined || partner === null) return;
      partners.set(index, partner);
      taken.add(partner);
    });
  }
  return partners;
}

function listRows({ table }: TabulatedRun, index: number): Map<string, number[]> {
  const { firstRow = 0, endRow = 0 } = table.scenarios[index] ?? {};
  const rows = new Map<string, number[]>();
  for (let row = firstRow; row < endRow; row++) append(rows, table.values[row] as string, row);
  return rows;
}

function append<T>(lists: Map<string, T[]>, key: string, entry: T): void {
  const list = lists.get(key);
  if (list) list.push(entry);
  else lists.set(key, [entry]);
}
