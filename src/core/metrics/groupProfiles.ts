/** What a group of scenarios looks like value by value: mean stated, mean acted, and how many items stand behind it. */
import { type GroupDistances, listValues, measureDistances, type Vocabulary } from './alignmentDistance';
import { classifyRows, countItems, countOutcomes } from './confusion';
import { type ItemScores, type MissingPolicy, scoreItems } from './itemScores';
import { groupScenarios, type RunTable } from './table';

/** Arrays follow the table's values, in order of first appearance; NaN where a value has no usable answer. */
export interface GroupProfile extends GroupDistances {
  /** Country or topic; empty for all scenarios together. */
  readonly name: string;
  readonly scenarios: number;
  /** Items that the group's rate counts: usable in both tasks and decided. */
  readonly items: number;
  /** Mean over the scenarios that have a stated (an acted) answer, 0 agree … 1 disagree. */
  readonly stated: Float64Array;
  readonly acted: Float64Array;
}

export interface RunProfiles {
  readonly values: readonly string[];
  readonly overall: GroupProfile;
  readonly byCountry: readonly GroupProfile[];
  readonly byTopic: readonly GroupProfile[];
}

/** Groups in order of first appearance. Distances are those of `measureDistances`: first the means, then their distance. */
export function profileRun(table: RunTable, missing: MissingPolicy = 'exclude'): RunProfiles {
  const scores = scoreItems(table);
  const outcomes = classifyRows(table, scores, missing);
  const vocabulary = listValues(table);
  const items = table.scenarios.map(({ firstRow, endRow }) => countItems(countOutcomes(outcomes, firstRow, endRow)));
  const profile = (name: string, members: readonly number[]): GroupProfile => ({
    name,
    scenarios: members.length,
    items: members.reduce((sum, member) => sum + (items[member] ?? 0), 0),
    stated: averageScores(table, scores.stated, vocabulary, members),
    acted: averageScores(table, scores.acted, vocabulary, members),
    ...measureDistances(table, scores, vocabulary, members),
  });
  const profiles = (by: 'country' | 'topic') =>
    [...groupScenarios(table, by)].map(([name, members]) => profile(name, members));
  return {
    values: vocabulary.values,
    overall: profile('', [...table.scenarios.keys()]),
    byCountry: profiles('country'),
    byTopic: profiles('topic'),
  };
}

function averageScores(
  table: RunTable,
  scores: ItemScores['stated'],
  vocabulary: Vocabulary,
  members: readonly number[],
): Float64Array {
  const sums = new Float64Array(vocabulary.values.length);
  const counts = new Uint32Array(vocabulary.values.length);
  for (const member of members) {
    const { firstRow = 0, endRow = 0 } = table.scenarios[member] ?? {};
    for (let row = firstRow; row < endRow; row++) {
      const score = scores[row] as number;
      if (Number.isNaN(score)) continue;
      const at = vocabulary.indexOfRow[row] as number;
      sums[at]! += score;
      counts[at]!++;
    }
  }
  return sums.map((sum, at) => sum / (counts[at] as number));
}
