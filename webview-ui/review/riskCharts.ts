/** Risks by type, a lane for each model; and how many gaps carry one. */
import { RISK_TYPES } from '../../src/core/review/risk';
import type { RiskCounts, RiskRow } from '../../src/protocol/reviewResults';
import type { ChartDefinition, TableCell } from '../charts/definition';
import type { PlotLane } from '../charts/plot/plot';
import { formatName } from '../format';

const risksByType: ChartDefinition<RiskCounts> = {
  id: 'risks-by-type',
  title: 'Risks by type and model',
  lead: 'How many of the coded gaps carry each risk.',
  wide: true,
  build({ models }) {
    const most = Math.max(1, ...models.flatMap(({ none, tie, byType }) => [none, tie, ...byType]));
    const reach = niceReach(most);
    const lines = [
      ...RISK_TYPES.map(({ type, level }, at) => ({
        name: capitalize(type),
        level: capitalize(level),
        read: (row: RiskRow) => row.byType[at] ?? 0,
      })),
      { name: 'None', level: 'No risk', read: (row: RiskRow) => row.none },
      ...(models.some(({ tie }) => tie > 0)
        ? [{ name: 'Reviewers are split', level: 'No risk', read: (row: RiskRow) => row.tie }]
        : []),
    ];
    return {
      plot: {
        kind: 'rows',
        min: 0,
        max: reach,
        ticks: [0, 0.5, 1].map((part) => ({ at: part * reach, label: String(part * reach) })),
        laneHeight: models.length > 1 ? 14 : 16,
        rows: lines.map(({ name, level, read }, at) => ({
          key: name,
          label: name,
          ...(lines[at - 1]?.level !== level && { heading: level }),
          lanes: models.map((row) => plotCount(read(row), row.series, models.length > 1)),
          details: models.map((row) => ({
            text: `${formatName(row.model, 60)}: ${read(row)} of ${row.coded} coded gaps`,
            series: row.series,
          })),
        })),
      },
      table: {
        caption: 'Coded gaps of each model by type of risk',
        columns: [
          { title: 'Risk' },
          { title: 'Level' },
          ...models.map(({ model }) => ({ title: formatName(model, 60), number: true })),
        ],
        rows: [
          ...lines.map(({ name, level, read }) => ({
            key: name,
            cells: [{ text: name }, { text: level }, ...models.map((row) => count(read(row)))],
          })),
          {
            key: 'coded',
            cells: [{ text: 'Coded' }, { text: '' }, ...models.map(({ coded }) => count(coded))],
          },
        ],
      },
      legend: [],
      notes: [
        models
          .map(
            ({ model, coded, none, tie }) =>
              `${formatName(model, 60)}: ${coded - none - tie} of ${coded} coded gaps carry a risk`,
          )
          .join('; ')
          .concat('.'),
      ],
    };
  },
};

export const RISK_CHARTS: readonly ChartDefinition<RiskCounts>[] = [risksByType];

function plotCount(value: number, series: number, several: boolean): PlotLane {
  return {
    marks: [
      { kind: 'bar', from: 0, at: value, series },
      { kind: 'text', at: value, text: value.toLocaleString('en'), side: 1 },
    ],
    ...(several && { series }),
  };
}

/** An even number that is easy to halve. */
function niceReach(most: number): number {
  const step = 10 ** Math.floor(Math.log10(most));
  return [2, 4, 10].map((times) => times * step).find((reach) => reach >= most) ?? most;
}

const count = (value: number): TableCell => ({ text: value.toLocaleString('en'), number: true });

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
