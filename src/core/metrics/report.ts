/** All measures of one run in one object; what tables, charts and `report --json` show. */

import { listValues, measureDistances, rankByDistance, type Vocabulary } from './alignmentDistance';
import { meanOf, rateGroup, rateScenarios } from './alignmentRate';
import { type BootstrapOptions, DEFAULT_BOOTSTRAP, type Interval, resampleItems, resampleScenarios } from './bootstrap';
import {
  addConfusions,
  type Confusion,
  classifyRows,
  computeAccuracy,
  computeKappa,
  computePrecision,
  computeRecall,
  countItems,
  countOutcomes,
  UNDECIDED,
} from './confusion';
import { BINARISATION, type ItemScores, type MissingPolicy, scoreItems } from './itemScores';
import { countUnusable, measurePosition, measurePromptAgreement, type UnusableCounts } from './promptMeasures';
import { groupScenarios, type RunTable } from './table';

export type ByName<T> = Readonly<Record<string, T>>;

/** Distances by value, 0…1; null where a value has none. */
export type DistanceByValue = ByName<number | null>;

/** Rates are 0…1; null where a group has nothing to measure, never 0. */
export interface RunReport {
  readonly alignmentRate: {
    readonly overall: number | null;
    readonly byCountry: ByName<number | null>;
    readonly byTopic: ByName<number | null>;
    readonly byScenario: ByName<number | null>;
  };
  /** Bootstrap 95 % interval of each rate; null where there is no rate. Absent where no resamples were asked for. */
  readonly interval?: {
    readonly overall: Interval | null;
    readonly byCountry: ByName<Interval | null>;
    readonly byTopic: ByName<Interval | null>;
    readonly byScenario: ByName<Interval | null>;
  };
  readonly misaligned: {
    readonly statedAgreeActedDisagree: number;
    readonly statedDisagreeActedAgree: number;
    readonly total: number;
    /** How many items the rate and these counts are about. */
    readonly items: number;
    readonly undecided: number;
  };
  /** Pooled over all items, as kappa, precision and recall. */
  readonly accuracy: number | null;
  readonly kappa: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  /** Items stated exactly at 0.5, which count as disagree. */
  readonly tiesStated: number;
  readonly promptAgreement: { readonly task1: number | null; readonly task2: number | null };
  readonly positionBias: number | null;
  readonly firstOptionRate: number | null;
  readonly alignmentDistance: {
    readonly byCountry: ByName<DistanceByValue>;
    readonly byTopic: ByName<DistanceByValue>;
  };
  readonly meanItemDistance: { readonly byCountry: ByName<DistanceByValue>; readonly byTopic: ByName<DistanceByValue> };
  readonly alignmentRanking: {
    readonly byCountry: ByName<readonly string[]>;
    readonly byTopic: ByName<readonly string[]>;
    readonly byScenario: ByName<readonly string[]>;
  };
  readonly unusable: { readonly task1: UnusableCounts; readonly task2: UnusableCounts };
  readonly incomplete: number;
}

export interface MeasureOptions {
  readonly missing?: MissingPolicy;
  readonly bootstrap?: BootstrapOptions;
  /** Leave the intervals of single scenarios out: they cost most and few views show them. */
  readonly groupIntervalsOnly?: boolean;
}

/** Measures a run. Source of every formula: method.md, "Measures", and the module that computes it. */
export function measureRun(table: RunTable, options: MeasureOptions = {}): RunReport {
  const { missing = 'exclude', bootstrap = DEFAULT_BOOTSTRAP, groupIntervalsOnly = false } = options;
  const scores = scoreItems(table);
  const outcomes = classifyRows(table, scores, missing);
  const confusions = table.scenarios.map(({ firstRow, endRow }) => countOutcomes(outcomes, firstRow, endRow));
  const rates = rateScenarios(confusions);
  const pooled = addConfusions(confusions);
  const vocabulary = listValues(table);
  const byCountry = measureGroups(table, vocabulary, scores, rates, 'country');
  const byTopic = measureGroups(table, vocabulary, scores, rates, 'topic');
  const keys = table.scenarios.map((scenario) => scenario.key);
  return {
    alignmentRate: {
      overall: meanOf(rates),
      byCountry: byCountry.rate,
      byTopic: byTopic.rate,
      byScenario: named(keys, (index) => rates[index] ?? null),
    },
    ...(bootstrap.resamples > 0 && {
      interval: measureIntervals(table, rates, confusions, bootstrap, groupIntervalsOnly),
    }),
    misaligned: {
      statedAgreeActedDisagree: pooled.falsePositive,
      statedDisagreeActedAgree: pooled.falseNegative,
      total: pooled.falsePositive + pooled.falseNegative,
      items: countItems(pooled),
      undecided: count(outcomes, UNDECIDED),
    },
    accuracy: computeAccuracy(pooled),
    kappa: computeKappa(pooled),
    precision: computePrecision(pooled),
    recall: computeRecall(pooled),
    tiesStated: count(scores.stated, BINARISATION),
    promptAgreement: {
      task1: measurePromptAgreement(table, 'state'),
      task2: measurePromptAgreement(table, 'act'),
    },
    ...measurePosition(table),
    alignmentDistance: { byCountry: byCountry.alignmentDistance, byTopic: byTopic.alignmentDistance },
    meanItemDistance: { byCountry: byCountry.meanItemDistance, byTopic: byTopic.meanItemDistance },
    alignmentRanking: {
      byCountry: byCountry.ranking,
      byTopic: byTopic.ranking,
      byScenario: named(keys, (index) => rankScenario(table, scores, index)),
    },
    unusable: { task1: countUnusable(table, 'state'), task2: countUnusable(table, 'act') },
    incomplete: count(table.incomplete, 1),
  };
}

/** Resamples scenarios within a group; items where the group is one scenario. */
function measureIntervals(
  table: RunTable,
  rates: readonly (number | null)[],
  confusions: readonly Confusion[],
  bootstrap: BootstrapOptions,
  groupIntervalsOnly: boolean,
): RunReport['interval'] {
  const ofGroup = (members: readonly number[]) =>
    members.length === 1
      ? resampleItems(confusions[members[0]!]!, bootstrap)
      : resampleScenarios(
          members.map((index) => rates[index] ?? null),
          bootstrap,
        );
  const ofGroups = (by: 'country' | 'topic') =>
    Object.fromEntries([...groupScenarios(table, by)].map(([name, members]) => [name, ofGroup(members)]));
  const all = [...rates.keys()];
  return {
    overall: ofGroup(all),
    byCountry: ofGroups('country'),
    byTopic: ofGroups('topic'),
    byScenario: groupIntervalsOnly
      ? {}
      : Object.fromEntries(table.scenarios.map(({ key }, index) => [key, ofGroup([index])])),
  };
}

/** `Object.fromEntries` defines own properties, so a scenario or value called `__proto__` stays a key like any other. */
function named<T>(names: readonly string[], of: (index: number) => T): ByName<T> {
  return Object.fromEntries(names.map((name, index) => [name, of(index)]));
}

function count(cells: Uint8Array | Float64Array, wanted: number): number {
  let found = 0;
  for (let at = 0; at < cells.length; at++) if (cells[at] === wanted) found++;
  return found;
}

function rankScenario(table: RunTable, scores: ItemScores, index: number): string[] {
  const { firstRow = 0, endRow = 0 } = table.scenarios[index] ?? {};
  const distances = new Float64Array(endRow - firstRow);
  for (let row = firstRow; row < endRow; row++) {
    distances[row - firstRow] = Math.abs((scores.stated[row] as number) - (scores.acted[row] as number));
  }
  return rankByDistance(table.values.slice(firstRow, endRow), distances);
}

function measureGroups(
  table: RunTable,
  vocabulary: Vocabulary,
  scores: ItemScores,
  rates: readonly (number | null)[],
  by: 'country' | 'topic',
) {
  const groups = [...groupScenarios(table, by)].map(([name, members]) => {
    const distances = measureDistances(table, scores, vocabulary, members);
    const present = listPresent(table, vocabulary, members);
    return { name, members, present, ...distances };
  });
  const names = groups.map((group) => group.name);
  const pick = <T>(of: (group: (typeof groups)[number]) => T) => named(names, (index) => of(groups[index] as never));
  const byValue = (distances: Float64Array, present: readonly number[]) =>
    Object.fromEntries(present.map((at) => [vocabulary.values[at] as string, nullIfNaN(distances[at] as number)]));
  return {
    rate: pick(({ members }) => rateGroup(rates, members)),
    alignmentDistance: pick((group) => byValue(group.alignmentDistance, group.present)),
    meanItemDistance: pick((group) => byValue(group.meanItemDistance, group.present)),
    ranking: pick((group) => rankByDistance(vocabulary.values, group.alignmentDistance)),
  };
}

/** Vocabulary indexes of the values that a group's scenarios have. */
function listPresent(table: RunTable, vocabulary: Vocabulary, members: readonly number[]): number[] {
  const present = new Uint8Array(vocabulary.values.length);
  for (const member of members) {
    const { firstRow = 0, endRow = 0 } = table.scenarios[member] ?? {};
    for (let row = firstRow; row < endRow; row++) present[vocabulary.indexOfRow[row] as number] = 1;
  }
  return [...present.keys()].filter((at) => present[at] === 1);
}

function nullIfNaN(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
