/** Distance per value: one line of points a value, in the order of the file, a point for each model and scenario. */
import { formatTableNumber } from '../../src/display/numbers';
import { describeItem, formatName } from '../format';
import { type ChartDefinition, limitRows, type TableTwin } from './definition';
import type { Mark, PlotRow } from './plot/plot';
import type { GroupResult, ItemGroup, Selection } from './selection';

export const distance: ChartDefinition = {
  id: 'distance',
  title: 'Distance per value',
  lead: 'How far acted is from stated, in the order of the file: 0 the same, 1 the opposite.',
  appliesTo: ({ groups, study }) => groups.length > 0 || study === undefined,
  build(selection, { all }) {
    const { shown, more } = limitRows(groupByValue(selection.groups), all, 'first values');
    return {
      plot: {
        kind: 'rows',
        min: 0,
        max: 1,
        ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: String(at) })),
        laneHeight: 16,
        rows: shown.map(plotValue),
      },
      table: tabulate(shown, selection),
      legend: [
        { glyph: 'large-dot', text: 'gap' },
        { glyph: 'small-dot', text: 'aligned or undecided' },
      ],
      notes: selection.severalScenarios ? ['Each scenario of a value has a point of its own.'] : [],
      more,
    };
  },
};

type Dot = Extract<Mark, { kind: 'dot' }>;

interface ValueGroups {
  readonly value: string;
  readonly groups: readonly ItemGroup[];
}

function groupByValue(groups: readonly ItemGroup[]): readonly ValueGroups[] {
  const found = new Map<string, ItemGroup[]>();
  for (const group of groups) {
    const same = found.get(group.value);
    if (same) same.push(group);
    else found.set(group.value, [group]);
  }
  return [...found].map(([value, same]) => ({ value, groups: same }));
}

function plotValue({ value, groups }: ValueGroups): PlotRow {
  const results = groups.flatMap((group) => group.results);
  const farthest = groups.reduce((a, b) => ((b.largest ?? -1) > (a.largest ?? -1) ? b : a));
  const dots = [...results].sort(gapsLast).flatMap(({ model, item }): Dot[] => {
    const weight = item.status === 'gap' ? 'strong' : 'quiet';
    return item.distance === null ? [] : [{ kind: 'dot', at: item.distance, series: model.series, weight }];
  });
  const marks = spreadDots(dots);
  const words: Mark = { kind: 'text', at: 0, text: '', quiet: 'no distance: no usable answer in a task', side: 1 };
  return {
    key: value,
    label: formatName(value),
    lanes: [{ marks: marks.length === 0 ? [words] : marks }],
    details: farthest.results.map(({ model, item }) => ({
      text: groups.length > 1 ? `${formatName(item.scenario, 40)}: ${describeItem(item)}` : describeItem(item),
      series: model.series,
    })),
    ...(farthest.target && { target: farthest.target }),
  };
}

/** Points closer than this on the scale would cover each other. */
const CLOSE = 0.02;
/** Where the first, second, … of close points stand, in CSS pixels from the middle of the lane. */
const SHIFTS = [0, -5, 5] as const;

/** More points on a line than this cover each other wherever they stand. */
const CROWD = 64;

function spreadDots(dots: readonly Dot[]): readonly Dot[] {
  if (dots.length > CROWD) return dots;
  const placed: Dot[] = [];
  for (const dot of dots) {
    const near = placed.filter((other) => Math.abs(other.at - dot.at) < CLOSE).map((other) => other.shift ?? 0);
    placed.push({ ...dot, shift: SHIFTS.find((shift) => !near.includes(shift)) ?? 0 });
  }
  return placed;
}

/** Gaps are drawn last, so that no aligned point covers one. */
function gapsLast(a: GroupResult, b: GroupResult): number {
  return Number(a.item.status === 'gap') - Number(b.item.status === 'gap');
}

function tabulate(values: readonly ValueGroups[], selection: Selection): TableTwin {
  const scenario = selection.severalScenarios ? [{ title: 'Scenario' }] : [];
  return {
    caption: 'Distance between stated and acted of each value, by model',
    columns: [
      { title: 'Value' },
      ...scenario,
      ...selection.models.map((model) => ({ title: formatName(model.name), number: true })),
    ],
    rows: values.flatMap(({ groups }) =>
      groups.map((group) => ({
        key: group.key,
        cells: [
          { text: formatName(group.value), ...(group.target && { target: group.target }) },
          ...scenario.map(() => ({ text: formatName(group.scenario) })),
          ...selection.models.map((model) => {
            const item = group.results.find((result) => result.model.name === model.name)?.item;
            return { text: item ? formatTableNumber(item.distance, item.status) : 'not asked', number: true };
          }),
        ],
      })),
    ),
  };
}
