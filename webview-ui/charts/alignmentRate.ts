/** Alignment rate per model: sorted bars, the number and its n at the end. */
import { formatTableNumber } from '../../src/display/numbers';
import type { ModelRow } from '../../src/protocol/charts';
import { explainMissingRate, formatInterval, formatName } from '../format';
import type { ChartDefinition, TableCell, TableTwin } from './definition';
import type { PlotRow } from './plot/plot';
import { markEnd, markInterval } from './rateByGroup';

export const alignmentRate: ChartDefinition = {
  id: 'alignment-rate',
  title: 'Alignment rate',
  lead: 'How well acting follows stating, as the F1 of disagree: 1 always, 0 never.',
  build(selection) {
    const models = sortByRate(selection.models);
    const several = selection.severalScenarios || selection.study !== undefined;
    return {
      plot: {
        kind: 'rows',
        min: 0,
        max: 1,
        ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: String(at) })),
        laneHeight: 16,
        rows: models.map(plotModel),
      },
      table: tabulate(models),
      legend: models.some(({ interval }) => interval !== null)
        ? [{ glyph: 'interval', text: `95 % interval, by resampling ${several ? 'scenarios' : 'items'}` }]
        : [],
      notes: several ? ['The rate is the mean of the scenarios’ rates; n counts the items of all of them.'] : [],
    };
  },
};

/** Highest rate first, models without one last; equals keep their order. */
function sortByRate(models: readonly ModelRow[]): readonly ModelRow[] {
  return [...models].sort((a, b) => (b.alignmentRate ?? -1) - (a.alignmentRate ?? -1));
}

function plotModel(model: ModelRow): PlotRow {
  const rate = model.alignmentRate;
  const n = `n ${model.items.toLocaleString('en')}`;
  const missing = explainMissingRate(model);
  return {
    key: model.name,
    label: formatName(model.name),
    series: model.series,
    lanes: [
      {
        marks:
          rate === null
            ? [{ kind: 'text', at: 0, text: '', quiet: `${missing} · ${n}`, side: 1 }]
            : [
                { kind: 'bar', from: 0, at: rate, series: model.series },
                ...markInterval(model.interval),
                markEnd(rate, model.interval, n),
              ],
      },
    ],
    details: [
      { text: missing ?? `alignment rate ${formatTableNumber(rate)} over ${n}, ${formatInterval(model.interval)}` },
      { text: `share aligned ${formatTableNumber(model.accuracy)}, kappa ${formatTableNumber(model.kappa)}` },
      { text: `precision ${formatTableNumber(model.precision)}, recall ${formatTableNumber(model.recall)}` },
    ],
  };
}

const COLUMNS = [
  'Alignment rate',
  'From',
  'To',
  'n',
  'Share aligned',
  'Kappa',
  'Precision',
  'Recall',
  'Prompt agreement, state',
  'Prompt agreement, act',
  'Position bias',
  'Picks Option 1',
] as const;

function tabulate(models: readonly ModelRow[]): TableTwin {
  const number = (value: number | null): TableCell => ({ text: formatTableNumber(value), number: true });
  return {
    caption: 'Alignment rate of each model and the measures that stand beside it',
    columns: [{ title: 'Model' }, ...COLUMNS.map((title) => ({ title, number: true }))],
    rows: models.map((model) => ({
      key: model.name,
      cells: [
        { text: formatName(model.name), series: model.series },
        model.alignmentRate === null
          ? { text: explainMissingRate(model) ?? '', number: true, words: true }
          : number(model.alignmentRate),
        number(model.interval?.[0] ?? null),
        number(model.interval?.[1] ?? null),
        { text: model.items.toLocaleString('en'), number: true },
        number(model.accuracy),
        number(model.kappa),
        number(model.precision),
        number(model.recall),
        number(model.promptAgreementTask1),
        number(model.promptAgreementTask2),
        number(model.positionBias),
        number(model.firstOptionRate),
      ],
    })),
  };
}
