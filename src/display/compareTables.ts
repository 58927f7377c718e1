/** A comparison as plain tables, for the terminal and for CSV alike. */
import type { RunComparison } from '../core/compare/compareRuns';
import type { ItemChange, LoneItem } from '../core/compare/itemChanges';
import type { RateDifference } from '../core/compare/rateDifferences';
import { describeChangeKind, describeTextChange, MAY_BE_CHANCE } from './compareSentences';
import type { Cell, Column, ReportTable } from './reportTables';
import { describeDirection, describeStatus } from './sentences';

const text = (name: string): Column => ({ name, kind: 'text' });
const count = (name: string): Column => ({ name, kind: 'count' });
const measure = (name: string): Column => ({ name, kind: 'measure' });

export function tabulateChanges({ items }: Pick<RunComparison, 'items'>): ReportTable {
  return {
    name: 'changes',
    title: 'Items, flips first',
    columns: [
      ...['change', 'country', 'topic', 'scenario', 'value'].map(text),
      ...['stated was', 'stated now', 'acted was', 'acted now', 'distance was', 'distance now'].map(measure),
      ...['finding was', 'finding now', 'prompts', 'remark'].map(text),
    ],
    rows: items.map((item): Cell[] => [
      describeChangeKind(item.kind),
      item.country,
      item.topic,
      item.scenario,
      item.value,
      item.was.stated,
      item.now.stated,
      item.was.acted,
      item.now.acted,
      item.was.distance,
      item.now.distance,
      nameFinding(item.was),
      nameFinding(item.now),
      describePrompts(item),
      item.mayBeChance ? MAY_BE_CHANCE : '',
    ]),
  };
}

function nameFinding({ status, direction }: Pick<LoneItem, 'status' | 'direction'>): string {
  return direction ? describeDirection(direction) : describeStatus(status);
}

function describePrompts({ askedDifferently: { state, act } }: ItemChange): string {
  if (state && act) return 'changed in both tasks';
  return state ? 'changed in task 1' : act ? 'changed in task 2' : 'same';
}

export function tabulateRateDifferences({ alignmentRate }: Pick<RunComparison, 'alignmentRate'>): ReportTable {
  const rows = [
    rateRow('overall', '', alignmentRate.overall),
    ...(
      [
        ['country', alignmentRate.byCountry],
        ['topic', alignmentRate.byTopic],
        ['scenario', alignmentRate.byScenario],
      ] as const
    ).flatMap(([by, groups]) => Object.entries(groups).map(([name, difference]) => rateRow(by, name, difference))),
  ];
  return {
    name: 'alignment-rate-differences',
    title: 'Alignment rate, A and B',
    columns: [
      ...['by', 'group'].map(text),
      ...['A', 'B', 'difference', 'low', 'high'].map(measure),
      text('within noise'),
      ...['scenarios', 'items'].map(count),
    ],
    rows,
  };
}

function rateRow(by: string, name: string, rate: RateDifference): Cell[] {
  const { before, after, difference, interval, withinNoise, scenarios, items } = rate;
  const noise = withinNoise === null ? '' : withinNoise ? 'yes' : 'no';
  return [by, name, before, after, difference, interval?.[0] ?? null, interval?.[1] ?? null, noise, scenarios, items];
}

export function tabulateLoneItems({ onlyInA, onlyInB }: Pick<RunComparison, 'onlyInA' | 'onlyInB'>): ReportTable {
  const rows = (run: string, items: readonly LoneItem[]) =>
    items.map((item): Cell[] => [
      run,
      item.scenario,
      item.value,
      item.stated,
      item.acted,
      item.distance,
      nameFinding(item),
    ]);
  return {
    name: 'only-in-one-run',
    title: 'Items that only one of the runs has',
    columns: [
      ...['run', 'scenario', 'value'].map(text),
      ...['stated', 'acted', 'distance'].map(measure),
      text('finding'),
    ],
    rows: [...rows('A', onlyInA), ...rows('B', onlyInB)],
  };
}

export function tabulateTexts({ texts, settings }: Pick<RunComparison, 'texts' | 'settings'>): ReportTable {
  return {
    name: 'texts',
    title: 'What changed in the text and the settings',
    columns: ['what', 'before', 'after'].map(text),
    rows: [
      ...settings.map(({ setting, before, after }): Cell[] => [setting, before ?? '', after ?? '']),
      ...texts.map((change): Cell[] => [describeTextChange(change), change.before ?? '', change.after ?? '']),
    ],
  };
}
