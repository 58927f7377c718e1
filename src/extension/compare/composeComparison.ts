/** From two runs to what the comparison's page shows. */
import { compareRuns, type RunComparison } from '../../core/compare/compareRuns';
import type { ItemChange, ItemSide } from '../../core/compare/itemChanges';
import type { RateDifference } from '../../core/compare/rateDifferences';
import type { ObservedRun } from '../../core/runs/record';
import {
  describeChangeKind,
  describeTextChange,
  explainComparison,
  MAY_BE_CHANCE,
  summarizeComparison,
} from '../../display/compareSentences';
import { formatEditorNumber } from '../../display/numbers';
import { describeDirection, describeStatus } from '../../display/sentences';
import type { ShownComparison, ShownItemChange, ShownSide } from '../../protocol/comparison';

/** More rows than this nobody reads; the counts stand above them, and the command line writes all of them. */
export const MOST_CHANGES = 500;

type When = (iso: string) => string;

export function composeComparison(baseline: ObservedRun, run: ObservedRun, sayWhen: When): ShownComparison {
  const comparison = compareRuns(baseline, run, { groupIntervalsOnly: true });
  const { a, b, counts, texts, settings } = comparison;
  const moved = comparison.items.filter(({ kind }) => kind !== 'same');
  return {
    type: 'show',
    baseline: { model: a.model, when: sayWhen(a.startedAt) },
    run: { model: b.model, when: sayWhen(b.startedAt) },
    summary: summarizeComparison(comparison),
    warnings: explainComparison(comparison),
    counts: { ...counts },
    changes: moved.slice(0, MOST_CHANGES).map(showChange),
    changed: moved.length,
    rates: listRates(comparison),
    texts: texts.map(describeTextChange),
    settings: settings.map(({ setting, before, after }) => `${setting}: ${before ?? 'none'} → ${after ?? 'none'}`),
  };
}

function showChange(change: ItemChange): ShownItemChange {
  const { kind, scenario, file, value, was, now, askedDifferently, mayBeChance } = change;
  const remarks = [
    ...(now.direction && kind !== 'closed' ? [describeDirection(now.direction)] : []),
    ...(askedDifferently.state || askedDifferently.act ? [] : ['same prompts']),
    ...(mayBeChance ? [MAY_BE_CHANCE] : []),
  ];
  const word = describeChangeKind(kind);
  return { kind, word, scenario, file, value, was: showSide(was), now: showSide(now), remarks };
}

function showSide({ status, stated, acted, distance }: ItemSide): ShownSide {
  const isNumber = distance !== null && status !== 'undecided';
  return { stated, acted, words: isNumber ? formatEditorNumber(distance) : firstPart(describeStatus(status)) };
}

function firstPart(words: string): string {
  return words.split(':')[0] ?? words;
}

function listRates({ alignmentRate }: RunComparison): ShownComparison['rates'] {
  const show = (by: ShownComparison['rates'][number]['by'], group: string, rate: RateDifference) => {
    const { before, after, difference, interval, withinNoise, items } = rate;
    return { by, group, before, after, difference, interval: interval ? pair(interval) : null, withinNoise, items };
  };
  const { overall, byCountry, byTopic, byScenario } = alignmentRate;
  const groups = (by: 'country' | 'topic' | 'scenario', rates: Readonly<Record<string, RateDifference>>) => {
    const entries = Object.entries(rates);
    // One group says again what the whole says.
    return entries.length > 1 ? entries.map(([group, rate]) => show(by, group, rate)) : [];
  };
  const scenarios = groups('scenario', byScenario);
  return [
    show('overall', '', overall),
    ...groups('country', byCountry),
    ...groups('topic', byTopic),
    ...(scenarios.length <= MOST_CHANGES ? scenarios : []),
  ];
}

function pair([low, high]: readonly [number, number]): [number, number] {
  return [low, high];
}
