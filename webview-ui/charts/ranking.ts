/** Values of a group ranked by distance: dumbbells from mean stated to mean acted, models as series. */
import { formatCount, formatEditorNumber, formatTableNumber } from '../../src/display/numbers';
import type { StudyGroup } from '../../src/protocol/charts';
import { formatName } from '../format';
import { chooseOption, type Option } from './choices';
import type { ChartContent, ChartDefinition, ChartView, TableTwin } from './definition';
import type { PlotLane, PlotRow } from './plot/plot';
import type { ItemsTarget } from './plot/target';
import { nameGroup } from './rateByGroup';
import { AGREEMENT_TICKS } from './statedActed';
import { listGroupings, type StudyRun, type StudySelection } from './study';

/** How many values stand at each end of the ranking at first. */
const ENDS = 10;
const MOST_SCENARIOS = 500;
const ANY = '';

export const ranking: ChartDefinition = {
  id: 'ranking',
  title: 'Ranking of values',
  lead: 'Where each model places itself and where its actions do, on average over the scenarios of a group.',
  wide: true,
  appliesTo: ({ study }) => study !== undefined && study.runs.length > 0,
  build({ study }, { all, chosen }) {
    const groups = study ? offerGroups(study) : [];
    const group = chooseOption(groups, chosen.get('group'));
    const orders = study ? offerOrders(study) : [];
    const order = chooseOption(orders, chosen.get('order'));
    const { by, name } = readGroup(group);
    const runs = (study?.runs ?? []).map((run): GroupRun => ({ run, group: findGroup(run, by, name) }));
    const { ranked, unranked } = rankValues(study?.values ?? [], runs, order);
    const { shown, more } = limitRanking(ranked, all);
    return {
      controls: [
        { id: 'group', label: 'Group', form: 'list', options: groups, chosen: group },
        { id: 'order', label: 'Sorted by', form: 'list', options: orders, chosen: order },
        {
          id: 'scenario',
          label: 'One scenario',
          form: 'list',
          options: study ? offerScenarios(study) : [],
          chosen: '',
        },
      ],
      plot: {
        kind: 'rows',
        min: 0,
        max: 1,
        ticks: AGREEMENT_TICKS,
        laneHeight: runs.length > 3 ? 12 : 14,
        rows: shown.map(({ value, heading }) => plotValue(value, heading, runs, { by, name })),
      },
      table: tabulate(
        shown.map(({ value }) => value),
        runs,
        { by, name },
      ),
      legend: [
        { glyph: 'stated', text: 'mean stated' },
        { glyph: 'acted', text: 'mean acted' },
        { glyph: 'gap-bar', text: 'distance between the means, stronger where larger' },
      ],
      notes: explainUnranked(unranked),
      more,
    };
  },
};

interface RankedValue {
  readonly value: string;
  readonly at: number;
}

interface GroupRun {
  readonly run: StudyRun;
  readonly group: StudyGroup | undefined;
}

interface GroupName {
  readonly by: 'overall' | 'country' | 'topic';
  readonly name: string;
}

function offerGroups(study: StudySelection): readonly Option[] {
  const groupings = listGroupings(study);
  const offer = (by: 'country' | 'topic', under: string): Option[] =>
    groupings.includes(by)
      ? study[by].map((name) => ({ value: JSON.stringify([by, name]), label: nameGroup(name, by), under }))
      : [];
  return [
    { value: JSON.stringify(['overall', '']), label: 'All scenarios' },
    ...offer('country', 'Countries'),
    ...offer('topic', 'Topics'),
  ];
}

/** `group`: the value of an option that `offerGroups` made. */
function readGroup(group: string): GroupName {
  const [by, name] = group === '' ? ['overall', ''] : (JSON.parse(group) as [GroupName['by'], string]);
  return { by: by as GroupName['by'], name };
}

function offerOrders(study: StudySelection): readonly Option[] {
  const models = study.runs.map(({ model }) => ({ value: model.name, label: formatName(model.name, 80) }));
  return models.length > 1 ? [{ value: ANY, label: 'largest distance of any model' }, ...models] : models;
}

/** Scenarios lead to their items: with one scenario there is no mean. */
function offerScenarios(study: StudySelection): readonly Option[] {
  const scenarios = study.scenarios.slice(0, MOST_SCENARIOS).map(
    (scenario): Option => ({
      value: `s${scenario}`,
      label: formatName(scenario),
      target: { kind: 'items', question: { by: 'scenario', group: scenario } },
    }),
  );
  return [{ value: '', label: 'choose…' }, ...scenarios];
}

function findGroup(run: StudyRun, by: GroupName['by'], name: string): StudyGroup | undefined {
  return by === 'overall' ? run.overall : run[by].get(name);
}

/** Largest distance first; equal distances keep file order, and values without a distance are left out. */
function rankValues(values: readonly string[], runs: readonly GroupRun[], order: string) {
  const deciding = order === ANY ? runs : runs.filter(({ run }) => run.model.name === order);
  const distanceOf = (at: number) =>
    deciding.reduce((most, { group }) => Math.max(most, group?.alignmentDistance[at] ?? -1), -1);
  const found = values.map((value, at) => ({ value, at, distance: distanceOf(at) }));
  return {
    ranked: found.filter(({ distance }) => distance >= 0).sort((a, b) => b.distance - a.distance),
    unranked: found.filter(({ distance }) => distance < 0).map(({ value }) => value),
  };
}

interface ShownValue {
  readonly value: RankedValue;
  readonly heading?: string;
}

function limitRanking(
  ranked: readonly RankedValue[],
  all: ChartView['all'],
): { shown: readonly ShownValue[]; more: ChartContent['more'] } {
  if (ranked.length <= 2 * ENDS) return { shown: ranked.map((value) => ({ value })), more: undefined };
  const more = {
    showAll: `Show all ${ranked.length.toLocaleString('en')} values`,
    showFew: `Show only the ${ENDS} largest and the ${ENDS} smallest`,
  };
  if (all) return { shown: ranked.slice(0, all === 'every' ? undefined : 300).map((value) => ({ value })), more };
  const head = (values: readonly RankedValue[], heading: string) =>
    values.map((value, index): ShownValue => (index === 0 ? { value, heading } : { value }));
  return {
    shown: [
      ...head(ranked.slice(0, ENDS), `The ${ENDS} largest distances`),
      ...head(ranked.slice(-ENDS), `The ${ENDS} smallest of ${ranked.length.toLocaleString('en')}`),
    ],
    more,
  };
}

function leadToItems({ by, name }: GroupName, value: string): ItemsTarget {
  return { kind: 'items', question: { by, group: name, value } };
}

function plotValue(
  { value, at }: RankedValue,
  heading: string | undefined,
  runs: readonly GroupRun[],
  group: GroupName,
): PlotRow {
  return {
    key: value,
    label: formatName(value),
    ...(heading !== undefined && { heading }),
    lanes: runs.map((run) => plotMeans(run, at)),
    details: runs.map((run) => ({ text: describeMeans(run, at), series: run.run.model.series })),
    target: leadToItems(group, value),
  };
}

function plotMeans({ run, group }: GroupRun, at: number): PlotLane {
  const { series } = run.model;
  const stated = group?.stated[at] ?? null;
  const acted = group?.acted[at] ?? null;
  const distance = group?.alignmentDistance[at] ?? null;
  if (stated === null || acted === null || distance === null) {
    return { marks: [{ kind: 'text', at: 0, text: '', quiet: explainAbsence(group), side: 1 }], series };
  }
  return {
    marks: [{ kind: 'dumbbell', from: stated, at: acted, series, tone: 'gap' }],
    end: formatEditorNumber(distance),
  };
}

function explainAbsence(group: StudyGroup | undefined): string {
  return group ? 'no usable answer in a task' : 'not asked';
}

function describeMeans({ run, group }: GroupRun, at: number): string {
  const name = formatName(run.model.name, 60);
  const distance = group?.alignmentDistance[at] ?? null;
  if (distance === null) return `${name}: ${explainAbsence(group)}`;
  const means = `stated ${formatTableNumber(group?.stated[at])}, acted ${formatTableNumber(group?.acted[at])}`;
  return `${name}: distance ${formatTableNumber(distance)}, on average ${means}`;
}

function explainUnranked(values: readonly string[]): string[] {
  if (values.length === 0) return [];
  const named = values.slice(0, 3).map((value) => formatName(value, 60));
  const rest = values.length > 3 ? ` and ${formatCount(values.length - 3, 'other')}` : '';
  return [`Not ranked, having no distance: ${named.join(', ')}${rest}.`];
}

function tabulate(values: readonly RankedValue[], runs: readonly GroupRun[], group: GroupName): TableTwin {
  const number = (value: number | null | undefined) => ({ text: formatTableNumber(value), number: true });
  return {
    caption: `Mean stated and mean acted of each value, 0 agree to 1 disagree: ${group.name === '' ? 'all scenarios' : formatName(group.name)}`,
    columns: [
      { title: 'Value' },
      { title: 'Model' },
      { title: 'Mean stated', number: true },
      { title: 'Mean acted', number: true },
      { title: 'Alignment distance', number: true },
      { title: 'Mean item distance', number: true },
    ],
    rows: values.flatMap(({ value, at }) =>
      runs.map(({ run, group: means }) => ({
        key: JSON.stringify([value, run.model.name]),
        cells: [
          { text: formatName(value), target: leadToItems(group, value) },
          { text: formatName(run.model.name), series: run.model.series },
          number(means?.stated[at]),
          number(means?.acted[at]),
          number(means?.alignmentDistance[at]),
          number(means?.meanItemDistance[at]),
        ],
      })),
    ),
  };
}
