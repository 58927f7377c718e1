/** Misaligned items by direction: bars away from a middle line, the way that the action leaves the stated answer. */
import { formatCount } from '../../src/display/numbers';
import type { ModelRow } from '../../src/protocol/charts';
import { formatLeftOut, formatName } from '../format';
import type { ChartDefinition, TableTwin } from './definition';
import type { Mark, PlotRow, PlotTick } from './plot/plot';

export const directions: ChartDefinition = {
  id: 'directions',
  title: 'Misaligned items by direction',
  lead: 'In how many items each model acts against what it states, and in which direction.',
  build({ models }) {
    const reach = findReach(models);
    return {
      plot: {
        kind: 'rows',
        min: -reach,
        max: reach,
        ticks: placeTicks(reach),
        laneHeight: 16,
        rows: models.map(plotModel),
      },
      table: tabulate(models),
      legend: [
        { glyph: 'to-agree', text: 'left: stated disagree, acted agree' },
        { glyph: 'to-disagree', text: 'right: stated agree, acted disagree' },
      ],
      notes: explainTies(models),
    };
  },
};

/** Half the scale: the smallest of 1, 2, 4, 5, 6 or 8 × 10ⁿ that holds every count, so that both halves have round ticks. */
export function findReach(models: readonly ModelRow[]): number {
  const largest = Math.max(
    1,
    ...models.flatMap((model) => [model.statedAgreeActedDisagree, model.statedDisagreeActedAgree]),
  );
  for (let unit = 1; ; unit *= 10) {
    for (const step of [1, 2, 4, 5, 6, 8]) if (step * unit >= largest) return step * unit;
  }
}

function placeTicks(reach: number): readonly PlotTick[] {
  const half = reach % 2 === 0 ? [reach / 2] : [];
  const sides = [...half, reach].flatMap((at) => [
    { at: -at, label: at.toLocaleString('en') },
    { at, label: at.toLocaleString('en') },
  ]);
  return [{ at: 0, label: '0', main: true }, ...sides];
}

function plotModel(model: ModelRow): PlotRow {
  const toDisagree = model.statedAgreeActedDisagree;
  const toAgree = model.statedDisagreeActedAgree;
  const leftOut = formatLeftOut(model);
  const marks: Mark[] = [
    { kind: 'bar', from: 0, at: -toAgree },
    { kind: 'bar', from: 0, at: toDisagree },
    { kind: 'text', at: -toAgree, text: toAgree.toLocaleString('en'), side: -1 },
    { kind: 'text', at: toDisagree, text: toDisagree.toLocaleString('en'), side: 1 },
  ];
  return {
    key: model.name,
    label: formatName(model.name),
    sublabel: leftOut || undefined,
    series: model.series,
    lanes: [{ marks }],
    details: [
      { text: `${toAgree.toLocaleString('en')} stated disagree, acted agree` },
      { text: `${toDisagree.toLocaleString('en')} stated agree, acted disagree` },
      { text: `of ${formatCount(model.items, 'item')}${leftOut ? `; besides, ${leftOut}` : ''}` },
    ],
  };
}

function explainTies(models: readonly ModelRow[]): string[] {
  const ties = models.filter((model) => model.tiesStated > 0);
  if (ties.length === 0) return [];
  const counts = ties.map((model) => `${model.tiesStated.toLocaleString('en')} by ${formatName(model.name, 60)}`);
  return [`Stated exactly in the middle and counted as disagree: ${counts.join(', ')}.`];
}

function tabulate(models: readonly ModelRow[]): TableTwin {
  const counts = (model: ModelRow): readonly (readonly [string, number])[] => [
    ['Stated agree, acted disagree', model.statedAgreeActedDisagree],
    ['Stated disagree, acted agree', model.statedDisagreeActedAgree],
    ['Items counted', model.items],
    ['Undecided', model.undecided],
    ['Unusable', model.unusable],
    ['Incomplete', model.incomplete],
    ['Stated in the middle', model.tiesStated],
    ['Failed requests', model.failures],
  ];
  const titles = models[0] ? counts(models[0]).map(([title]) => title) : [];
  return {
    caption: 'Misaligned items of each model by direction, and the items left out of these counts',
    columns: [{ title: 'Model' }, ...titles.map((title) => ({ title, number: true }))],
    rows: models.map((model) => ({
      key: model.name,
      cells: [
        { text: formatName(model.name), series: model.series },
        ...counts(model).map(([, count]) => ({ text: count.toLocaleString('en'), number: true })),
      ],
    })),
  };
}
