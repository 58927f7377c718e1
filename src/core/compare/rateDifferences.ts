/** How far the alignment rates of two runs are apart, over the items that both have. */
import { meanOf } from '../metrics/alignmentRate';
import type { BootstrapOptions, Interval } from '../metrics/bootstrap';
import { classifyRows, FALSE_NEGATIVE, FALSE_POSITIVE, TRUE_NEGATIVE, TRUE_POSITIVE } from '../metrics/confusion';
import { type MissingPolicy, scoreItems } from '../metrics/itemScores';
import type { ByName } from '../metrics/report';
import type { MatchedItems, ScenarioPair } from './matchItems';
import { type ItemOutcomes, resampleItemDifference, resampleRateDifference } from './pairedBootstrap';
import type { TabulatedRun } from './tabulatedRun';

export interface RateDifference {
  /** Alignment rates over the matched items, 0…1; null where nothing is stated or acted disagree. */
  readonly before: number | null;
  readonly after: number | null;
  /** after − before, −1…1; null where either is. */
  readonly difference: number | null;
  /** Paired bootstrap 95 % interval of the difference; null where there is no difference, or one unit. Absent without resamples. */
  readonly interval?: Interval | null;
  /** The interval contains 0; null where there is no interval. */
  readonly withinNoise: boolean | null;
  /** What was resampled: scenarios, or the items of the only one. */
  readonly over: 'scenarios' | 'items';
  /** How many of those: scenarios with a rate, or items with a verdict, in at least one run. */
  readonly units: number;
  /** Matched scenarios of the group. */
  readonly scenarios: number;
  /** Matched items with a verdict in both runs. */
  readonly items: number;
}

export interface RateDifferences {
  readonly overall: RateDifference;
  /** A scenario whose country (topic) is not the same in both runs is in none of these. */
  readonly byCountry: ByName<RateDifference>;
  readonly byTopic: ByName<RateDifference>;
  /** By the scenario's key in B. */
  readonly byScenario: ByName<RateDifference>;
}

export interface RateDifferenceOptions {
  readonly missing: MissingPolicy;
  readonly bootstrap: BootstrapOptions;
  /** Leave the intervals of single scenarios out: they cost most and few views show them. */
  readonly groupIntervalsOnly: boolean;
}

/** One matched scenario. */
interface PairedScenario {
  readonly before: number | null;
  readonly after: number | null;
  /** Of the items with a verdict in at least one run. */
  readonly outcomesA: ItemOutcomes;
  readonly outcomesB: ItemOutcomes;
  /** With a verdict in both. */
  readonly items: number;
}

export function compareRates(
  a: TabulatedRun,
  b: TabulatedRun,
  { pairs }: MatchedItems,
  { missing, bootstrap, groupIntervalsOnly }: RateDifferenceOptions,
): RateDifferences {
  const outcomesOf = ({ table }: TabulatedRun) => classifyRows(table, scoreItems(table), missing);
  const outcomesA = outcomesOf(a);
  const outcomesB = outcomesOf(b);
  const paired = pairs.map((pair) => pairScenario(pair, outcomesA, outcomesB));
  const none: BootstrapOptions = { ...bootstrap, resamples: 0 };
  const groups = (by: 'country' | 'topic') =>
    [...groupPairs(a, b, pairs, by)].map(([name, members]): [string, RateDifference] => [
      name,
      compareGroup(
        members.map((at) => paired[at] as PairedScenario),
        bootstrap,
      ),
    ]);
  return {
    overall: compareGroup(paired, bootstrap),
    byCountry: Object.fromEntries(groups('country')),
    byTopic: Object.fromEntries(groups('topic')),
    byScenario: Object.fromEntries(
      paired.map((scenario, at) => [
        b.table.scenarios[pairs[at]?.b ?? -1]?.key ?? '',
        compareGroup([scenario], groupIntervalsOnly ? none : bootstrap),
      ]),
    ),
  };
}

function pairScenario({ rows }: ScenarioPair, outcomesA: Uint8Array, outcomesB: Uint8Array): PairedScenario {
  const counted = rows.filter(
    ([rowA, rowB]) => hasVerdict(outcomesA[rowA] as number) || hasVerdict(outcomesB[rowB] as number),
  );
  const a = countHits(counted.map(([row]) => outcomesA[row] as number));
  const b = countHits(counted.map(([, row]) => outcomesB[row] as number));
  return {
    before: computeRate(a),
    after: computeRate(b),
    outcomesA: a,
    outcomesB: b,
    items: counted.filter(
      ([rowA, rowB]) => hasVerdict(outcomesA[rowA] as number) && hasVerdict(outcomesB[rowB] as number),
    ).length,
  };
}

function hasVerdict(outcome: number): boolean {
  return outcome <= TRUE_NEGATIVE;
}

function countHits(outcomes: readonly number[]): ItemOutcomes {
  return {
    hits: Uint8Array.from(outcomes, (outcome) => (outcome === TRUE_POSITIVE ? 1 : 0)),
    misses: Uint8Array.from(outcomes, (outcome) => (outcome === FALSE_POSITIVE || outcome === FALSE_NEGATIVE ? 1 : 0)),
  };
}

/** F1 with disagree positive, as `computeF1`. */
function computeRate({ hits, misses }: ItemOutcomes): number | null {
  const sum = (counts: Uint8Array) => counts.reduce((total, count) => total + count, 0);
  const found = 2 * sum(hits);
  const all = found + sum(misses);
  return all === 0 ? null : found / all;
}

function compareGroup(members: readonly PairedScenario[], bootstrap: BootstrapOptions): RateDifference {
  const before = meanOf(members.map((member) => member.before));
  const after = meanOf(members.map((member) => member.after));
  const [only, ...others] = members;
  const isOne = only !== undefined && others.length === 0;
  const units = isOne
    ? only.outcomesA.hits.length
    : members.filter((member) => member.before !== null || member.after !== null).length;
  // Of one unit every resample is the same, and an interval of no width would look like certainty.
  const interval = before === null || after === null || units < 2 ? null : resampleGroup(members, bootstrap);
  return {
    before,
    after,
    difference: before === null || after === null ? null : after - before,
    ...(bootstrap.resamples > 0 && { interval }),
    withinNoise: interval ? interval[0] <= 0 && interval[1] >= 0 : null,
    over: isOne ? 'items' : 'scenarios',
    units,
    scenarios: members.length,
    items: members.reduce((sum, { items }) => sum + items, 0),
  };
}

function resampleGroup(members: readonly PairedScenario[], bootstrap: BootstrapOptions): Interval | null {
  if (bootstrap.resamples === 0) return null;
  const [only, ...others] = members;
  if (only && others.length === 0) return resampleItemDifference(only.outcomesA, only.outcomesB, bootstrap);
  return resampleRateDifference(
    members.map((member) => member.before),
    members.map((member) => member.after),
    bootstrap,
  );
}

/** Indexes of the pairs of each country or topic, in order of first appearance. */
function groupPairs(
  a: TabulatedRun,
  b: TabulatedRun,
  pairs: readonly ScenarioPair[],
  by: 'country' | 'topic',
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  pairs.forEach((pair, index) => {
    const name = a.table.scenarios[pair.a]?.[by];
    if (name === undefined || name !== b.table.scenarios[pair.b]?.[by]) return;
    const members = groups.get(name);
    if (members) members.push(index);
    else groups.set(name, [index]);
  });
  return groups;
}
