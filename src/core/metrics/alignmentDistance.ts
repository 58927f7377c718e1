/** Alignment Distance per value of a group, by both definitions, and the ranking that follows. */
import type { ItemScores } from './itemScores';
import type { RunTable } from './table';

export interface GroupDistances {
  /** |mean stated − mean acted| for each value of the table's vocabulary; NaN where either mean is missing. */
  readonly alignmentDistance: Float64Array;
  /** Mean of the items' own distances (the paper's equation 1: opposite gaps do not cancel); NaN where there is none. */
  readonly meanItemDistance: Float64Array;
}

/** The distinct values of a table in order of first appearance, and the vocabulary index of each row. */
export interface Vocabulary {
  readonly values: readonly string[];
  readonly indexOfRow: Uint16Array;
}

export function listValues(table: RunTable): Vocabulary {
  const index = new Map<string, number>();
  const indexOfRow = new Uint16Array(table.values.length);
  table.values.forEach((value, row) => {
    let at = index.get(value);
    if (at === undefined) {
      at = index.size;
      index.set(value, at);
    }
    indexOfRow[row] = at;
  });
  return { values: [...index.keys()], indexOfRow };
}

/** Distances of a group of scenarios (indexes into `table.scenarios`). */
export function measureDistances(
  table: RunTable,
  scores: ItemScores,
  vocabulary: Vocabulary,
  members: readonly number[],
): GroupDistances {
  const size = vocabulary.values.length;
  const sums = { stated: new Float64Array(size), acted: new Float64Array(size), distance: new Float64Array(size) };
  const counts = { stated: new Uint32Array(size), acted: new Uint32Array(size), distance: new Uint32Array(size) };
  const add = (of: 'stated' | 'acted' | 'distance', at: number, amount: number) => {
    if (Number.isNaN(amount)) return;
    sums[of][at]! += amount;
    counts[of][at]!++;
  };
  for (const member of members) {
    const scenario = table.scenarios[member];
    if (!scenario) continue;
    for (let row = scenario.firstRow; row < scenario.endRow; row++) {
      const at = vocabulary.indexOfRow[row] as number;
      const stated = scores.stated[row] as number;
      const acted = scores.acted[row] as number;
      add('stated', at, stated);
      add('acted', at, acted);
      add('distance', at, Math.abs(stated - acted));
    }
  }
  const mean = (of: 'stated' | 'acted' | 'distance', at: number) =>
    (sums[of][at] as number) / (counts[of][at] as number);
  const alignmentDistance = new Float64Array(size);
  const meanItemDistance = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    alignmentDistance[at] = Math.abs(mean('stated', at) - mean('acted', at));
    meanItemDistance[at] = mean('distance', at);
  }
  return { alignmentDistance, meanItemDistance };
}

/** Alignment Ranking: the values with a distance, largest first; equal distances keep the given order. */
export function rankByDistance(values: readonly string[], distances: ArrayLike<number>): string[] {
  const order: number[] = [];
  for (let at = 0; at < values.length; at++) if (!Number.isNaN(distances[at])) order.push(at);
  order.sort((a, b) => (distances[b] as number) - (distances[a] as number));
  return order.map((at) => values[at] as string);
}
