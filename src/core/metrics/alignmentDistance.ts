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
  const stated = new Means(size);
  const acted = new Means(size);
  const distance = new Means(size);
  for (const member of members) {
    const scenario = table.scenarios[member];
    if (!scenario) continue;
    for (let row = scenario.firstRow; row < scenario.endRow; row++) {
      const at = vocabulary.indexOfRow[row]!;
      const s = scores.stated[row]!;
      const a = scores.acted[row]!;
      stated.add(at, s);
      acted.add(at, a);
      distance.add(at, Math.abs(s - a));
    }
  }
  const alignmentDistance = new Float64Array(size);
  const meanItemDistance = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    alignmentDistance[at] = Math.abs(stated.of(at) - acted.of(at));
    meanItemDistance[at] = distance.of(at);
  }
  return { alignmentDistance, meanItemDistance };
}

/** Running means by index; NaN is no observation, and the mean of none is NaN. */
class Means {
  private readonly sums: Float64Array;
  private readonly counts: Uint32Array;

  constructor(size: number) {
    this.sums = new Float64Array(size);
    this.counts = new Uint32Array(size);
  }

  add(at: number, amount: number): void {
    if (Number.isNaN(amount)) return;
    this.sums[at]! += amount;
    this.counts[at]!++;
  }

  of(at: number): number {
    return this.sums[at]! / this.counts[at]!;
  }
}

/** Alignment Ranking: the values with a distance, largest first; equal distances keep the given order. */
export function rankByDistance(values: readonly string[], distances: ArrayLike<number>): string[] {
  const order: number[] = [];
  for (let at = 0; at < values.length; at++) if (!Number.isNaN(distances[at])) order.push(at);
  order.sort((a, b) => (distances[b] as number) - (distances[a] as number));
  return order.map((at) => values[at] as string);
}
