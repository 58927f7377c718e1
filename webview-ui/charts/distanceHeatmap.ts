/** Distance by value and country or topic: one hue, rows grouped by motivational type, a cell leads to its items. */
import { formatEditorNumber, formatTableNumber } from '../../src/display/numbers';
import type { StudyGroup } from '../../src/protocol/charts';
import { formatName } from '../format';
import { chooseOption, type Option } from './choices';
import type { ChartDefinition, TableTwin } from './definition';
import type { HeatCell, Heatmap, HeatRow } from './plot/heatmap';
import type { ItemsTarget } from './plot/target';
import { nameGroup } from './rateByGroup';
import { type Grouping, listGroupings, type StudyRun, type StudySelection } from './study';
import { groupByType, type TypeGroup } from './valueTypes';

type Measure = 'alignmentDistance' | 'meanItemDistance';

const MEASURES: readonly (Option & { readonly value: Measure })[] = [
  { value: 'alignmentDistance', label: 'Alignment distance' },
  { value: 'meanItemDistance', label: 'Mean item distance' },
];

const EXPLANATIONS: Readonly<Record<Measure, string>> = {
  alignmentDistance:
    'Alignment distance: stated and acted are averaged over the scenarios first, then compared, so opposite gaps cancel.',
  meanItemDistance: 'Mean item distance: each item’s own distance, averaged, so opposite gaps do not cancel.',
};

const MOST_COLUMNS = 100;
const MOST_VALUES = 300;

export const distanceHeatmap: ChartDefinition = {
  id: 'distance-heatmap',
  title: 'Distance by value and group',
  lead: 'How far acted is from stated, for each value and group of scenarios.',
  hint: 'Choose a cell to see its items.',
  wide: true,
  appliesTo: ({ study }) => listGroupings(study).length > 0,
  build({ study }, { chosen }) {
    const groupings = listGroupings(study).map((by): Option & { value: Grouping } => ({
      value: by,
      label: by === 'country' ? 'By country' : 'By topic',
    }));
    const by = chooseOption(groupings, chosen.get('by')) as Grouping;
    const measure = chooseOption(MEASURES, chosen.get('measure')) as Measure;
    const models = (study?.runs ?? []).map(({ model }) => ({ value: model.name, label: formatName(model.name, 80) }));
    const model = chooseOption(models, chosen.get('model'));
    const run = study?.runs.find((candidate) => candidate.model.name === model);
    const { heatmap, cut } = study && run ? plot(study, run, by, measure) : { heatmap: NOTHING, cut: [] };
    return {
      controls: [
        { id: 'by', label: 'Columns', form: 'switch', options: groupings, chosen: by },
        { id: 'measure', label: 'Measure', form: 'switch', options: MEASURES, chosen: measure },
        { id: 'model', label: 'Model', form: 'list', options: models, chosen: model },
      ],
      plot: heatmap,
      table: tabulate(heatmap, by, measure, run),
      legend: [
        { glyph: 'ramp', text: `distance, 0 to ${formatEditorNumber(heatmap.max)}, on one scale for all models` },
      ],
      notes: [EXPLANATIONS[measure], ...cut],
    };
  },
};

const NOTHING: Heatmap = { kind: 'heatmap', columns: [], rows: [], max: 1 };

function plot(study: StudySelection, run: StudyRun, by: Grouping, measure: Measure) {
  const names = study[by].slice(0, MOST_COLUMNS);
  const groups = names.map((name) => run[by].get(name));
  const types = groupByType(study.values);
  const rows = types.flatMap((type) => plotType(type, { names, groups, run, by, measure })).slice(0, MOST_VALUES);
  const heatmap: Heatmap = {
    kind: 'heatmap',
    columns: names.map((name) => ({ key: name, label: nameGroup(name, by) })),
    rows,
    max: findMost(study, by, measure),
  };
  const cut = [
    ...(study[by].length > MOST_COLUMNS ? [`The first ${MOST_COLUMNS} of ${study[by].length} columns are shown.`] : []),
    ...(study.values.length > MOST_VALUES
      ? [`The first ${MOST_VALUES} of ${study.values.length} values are shown.`]
      : []),
  ];
  return { heatmap, cut };
}

interface Columns {
  readonly names: readonly string[];
  readonly groups: readonly (StudyGroup | undefined)[];
  readonly run: StudyRun;
  readonly by: Grouping;
  readonly measure: Measure;
}

function plotType({ type, values }: TypeGroup, columns: Columns): HeatRow[] {
  return values.map(({ value, at }, index) => ({
    key: value,
    label: formatName(value),
    ...(index === 0 && { heading: type }),
    cells: columns.names.map((name, column) => plotCell(value, at, name, columns.groups[column], columns)),
  }));
}

function plotCell(
  value: string,
  at: number,
  name: string,
  group: StudyGroup | undefined,
  { run, by, measure }: Columns,
): HeatCell {
  const amount = group?.[measure][at] ?? null;
  const { series } = run.model;
  const target: ItemsTarget = { kind: 'items', question: { by, group: name, value, run: run.model.name } };
  const stated = group?.stated[at] ?? null;
  const acted = group?.acted[at] ?? null;
  const label = `${formatName(value)} · ${nameGroup(name, by)}`;
  if (amount === null) {
    return { label, amount, text: 'none', details: [{ text: 'no usable answer in a task', series }], target };
  }
  return {
    label,
    amount,
    text: formatEditorNumber(amount),
    details: [
      { text: `${formatName(run.model.name, 60)}: distance ${formatTableNumber(amount)}`, series },
      { text: `on average stated ${formatTableNumber(stated)}, acted ${formatTableNumber(acted)}` },
    ],
    target,
  };
}

/** The largest distance of any run on show, up to the next tenth: the same hue is the same distance for every model. */
function findMost(study: StudySelection, by: Grouping, measure: Measure): number {
  let most = 0;
  for (const run of study.runs) {
    for (const group of run[by].values()) for (const amount of group[measure]) most = Math.max(most, amount ?? 0);
  }
  return Math.max(0.1, Math.ceil(most * 10 - 1e-9) / 10);
}

function tabulate(heatmap: Heatmap, by: Grouping, measure: Measure, run: StudyRun | undefined): TableTwin {
  const title = MEASURES.find(({ value }) => value === measure)?.label ?? '';
  return {
    caption: `${title} of each value by ${by}${run ? `, ${formatName(run.model.name)}` : ''}`,
    columns: [
      { title: 'Value' },
      { title: 'Type' },
      ...heatmap.columns.map(({ label }) => ({ title: label, number: true })),
    ],
    rows: addTypes(heatmap.rows).map(({ row, type }) => ({
      key: row.key,
      cells: [
        { text: row.label },
        { text: type },
        ...row.cells.map(({ amount, target }) => ({ text: formatTableNumber(amount), number: true, target })),
      ],
    })),
  };
}

/** The heading that each row stands under. */
function addTypes(rows: readonly HeatRow[]): readonly { row: HeatRow; type: string }[] {
  let type = '';
  return rows.map((row) => {
    type = row.heading ?? type;
    return { row, type };
  });
}
