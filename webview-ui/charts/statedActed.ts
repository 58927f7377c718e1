/** Stated and acted per value: the ranking by distance, as dumbbells from agree to disagree. */
import { formatCount, formatEditorNumber, formatTableNumber } from '../../src/display/numbers';
import type { ItemRow } from '../../src/protocol/charts';
import { describeItem, formatFinding, formatName } from '../format';
import { type ChartDefinition, limitRows, type TableTwin } from './definition';
import type { Mark, PlotLane, PlotRow, PlotTick } from './plot/plot';
import { type GroupResult, type ItemGroup, rankGroups, type Selection } from './selection';

/** The scale from agree to disagree; its middle is where an answer turns. */
export const AGREEMENT_TICKS: readonly PlotTick[] = [
  { at: 0, label: 'agree' },
  { at: 0.25, label: '' },
  { at: 0.5, label: '0.5', dashed: true },
  { at: 0.75, label: '' },
  { at: 1, label: 'disagree' },
];

export const statedActed: ChartDefinition = {
  id: 'stated-acted',
  title: 'Stated and acted per value',
  lead: 'Where each model places itself and where its actions do. Largest distance first.',
  hint: 'Choose a row to go to its line.',
  appliesTo: ({ groups, study }) => groups.length > 0 || study === undefined,
  build(selection, { all }) {
    const ranking = rankGroups(selection.groups);
    const { shown, more } = limitRows(ranking, all, 'largest distances');
    return {
      plot: {
        kind: 'rows',
        min: 0,
        max: 1,
        ticks: AGREEMENT_TICKS,
        laneHeight: selection.models.length > 3 ? 12 : 16,
        rows: shown.map((group) => plotGroup(group, selection)),
      },
      table: tabulate(shown, selection),
      legend: [
        { glyph: 'stated', text: 'stated' },
        { glyph: 'acted', text: 'acted' },
        { glyph: 'gap-bar', text: 'gap, stronger with distance' },
        { glyph: 'aligned-bar', text: 'aligned' },
        { glyph: 'open-bar', text: 'undecided' },
      ],
      notes: [...explainUnranked(selection), ...explainHomeless(selection)],
      more,
    };
  },
};

function plotGroup(group: ItemGroup, selection: Selection): PlotRow {
  const lanes = selection.models.map((model): PlotLane => {
    const result = group.results.find((candidate) => candidate.model.name === model.name);
    if (result) return plotResult(result);
    const quiet = selection.running ? 'no answer yet' : 'not asked';
    return { marks: [{ kind: 'text', at: 0, text: '', quiet, side: 1 }] };
  });
  return {
    key: group.key,
    label: group.label,
    lanes,
    details: [
      ...group.results.map(({ model, item }) => ({ text: describeItem(item), series: model.series })),
      ...(group.target ? [] : [{ text: 'Its scenario file is not in the workspace.' }]),
    ],
    ...(group.target && { target: group.target }),
  };
}

function plotResult({ model, item }: GroupResult): PlotLane {
  const { stated, acted, distance } = item;
  const series = model.series;
  if (stated !== null && acted !== null && distance !== null) {
    const tone = item.status === 'gap' ? 'gap' : item.status === 'undecided' ? 'open' : 'quiet';
    return {
      marks: [{ kind: 'dumbbell', from: stated, at: acted, series, tone }],
      end: formatEditorNumber(distance),
      strong: item.status === 'gap',
    };
  }
  const known = stated ?? acted;
  const dots: readonly Mark[] =
    known === null ? [] : [{ kind: 'dot', at: known, series, hollow: stated !== null, weight: 'strong' }];
  // The words go to the side with more room.
  const side = (known ?? 0) > 0.5 ? -1 : 1;
  return { marks: [...dots, { kind: 'text', at: known ?? 0, text: '', quiet: formatFinding(item), side }] };
}

/** Names what the ranking leaves out, at most a few by name. */
function explainUnranked({ groups }: Selection): string[] {
  const unranked = groups.filter((group) => group.largest === null);
  if (unranked.length === 0) return [];
  const named = unranked.slice(0, 3).map((group) => `${group.label} (${explainGroup(group)})`);
  const rest = unranked.length > 3 ? ` and ${formatCount(unranked.length - 3, 'other')}` : '';
  return [`Not ranked, having no distance: ${named.join(', ')}${rest}.`];
}

/** Rows that lead nowhere say why. */
export function explainHomeless({ groups }: Pick<Selection, 'groups'>): string[] {
  const homeless = groups.filter(({ target }) => target === undefined).length;
  if (homeless === 0) return [];
  return homeless === groups.length
    ? ['The scenario files of these answers are not in the workspace, so no row leads to a line.']
    : [`${formatCount(homeless, 'row')} lead to no line: the scenario file is not in the workspace.`];
}

function explainGroup(group: ItemGroup): string {
  return [...new Set(group.results.map(({ item }) => formatFinding(item)))].join('; ');
}

function tabulate(groups: readonly ItemGroup[], selection: Selection): TableTwin {
  const scenario = selection.severalScenarios ? [{ title: 'Scenario' }] : [];
  const number = (value: ItemRow['stated']) => ({ text: formatTableNumber(value), number: true });
  return {
    caption: 'Stated and acted answers of each item, 0 agree to 1 disagree, largest distance first',
    columns: [
      { title: 'Value' },
      ...scenario,
      { title: 'Model' },
      { title: 'Stated', number: true },
      { title: 'Acted', number: true },
      { title: 'Distance', number: true },
      { title: 'Finding' },
    ],
    rows: groups.flatMap((group) =>
      group.results.map(({ model, item }) => ({
        key: JSON.stringify([group.key, model.name]),
        cells: [
          { text: formatName(item.value), ...(group.target && { target: group.target }) },
          ...scenario.map(() => ({ text: formatName(item.scenario) })),
          { text: formatName(model.name), series: model.series },
          number(item.stated),
          number(item.acted),
          number(item.distance),
          { text: formatFinding(item) },
        ],
      })),
    ),
  };
}
