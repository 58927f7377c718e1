/** What was found about each item of a run, without the answers behind it. */
import { judgeItem, scoreItems } from './itemScores';
import type { ItemResult } from './results';
import type { RunTable } from './table';

export type ItemFinding = Omit<ItemResult, 'stateAnswers' | 'actAnswers' | 'failures'>;

/** One finding for each row of the table, in its order. */
export function listItemFindings(table: RunTable): ItemFinding[] {
  const { stated, acted } = scoreItems(table);
  return table.scenarios.flatMap(({ key, file, firstRow, endRow }) =>
    Array.from({ length: endRow - firstRow }, (_, offset): ItemFinding => {
      const row = firstRow + offset;
      const s = stated[row] as number;
      const a = acted[row] as number;
      return {
        scenario: key,
        file,
        value: table.values[row] as string,
        ...judgeItem(s, a, table.incomplete[row] === 1),
        stated: Number.isNaN(s) ? null : s,
        acted: Number.isNaN(a) ? null : a,
        distance: Number.isNaN(s) || Number.isNaN(a) ? null : Math.abs(s - a),
      };
    }),
  );
}
