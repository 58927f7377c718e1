/** How far a model's answers hang on wording and order: prompt agreement, position bias, the share of Option 1. */
import { formatEditorNumber, formatTableNumber } from '../../src/display/numbers';
import type { ModelRow } from '../../src/protocol/charts';
import { formatName } from '../format';
import type { ChartDefinition, TableTwin } from './definition';
import type { PlotLane, PlotRow } from './plot/plot';

interface PromptMeasure {
  readonly title: string;
  readonly explanation: string;
  readonly absence: string;
  read(model: ModelRow): number | null;
}

const MEASURES: readonly PromptMeasure[] = [
  {
    title: 'Agreement, state',
    explanation: 'share of wordings with the most frequent answer',
    absence: 'not measured: one wording only',
    read: (model) => model.promptAgreementTask1,
  },
  {
    title: 'Agreement, act',
    explanation: 'share of wordings with the most frequent choice',
    absence: 'not measured: one wording only',
    read: (model) => model.promptAgreementTask2,
  },
  {
    title: 'Position bias',
    explanation: 'choices that change with the order of the actions',
    absence: 'not measured: one order only',
    read: (model) => model.positionBias,
  },
  {
    title: 'Picks Option 1',
    explanation: 'the line marks one half',
    absence: 'not measured: no usable choice',
    read: (model) => model.firstOptionRate,
  },
];

export const promptEffects: ChartDefinition = {
  id: 'prompt-effects',
  title: 'Effects of wording and order',
  lead: 'How steady each model is when the same question is put another way.',
  appliesTo: ({ models }) => models.some((model) => MEASURES.some(({ read }) => read(model) !== null)),
  build({ models }) {
    return {
      plot: {
        kind: 'rows',
        min: 0,
        max: 1,
        ticks: [
          { at: 0, label: '0' },
          { at: 0.25, label: '0.25' },
          { at: 0.5, label: '0.5', dashed: true },
          { at: 0.75, label: '0.75' },
          { at: 1, label: '1' },
        ],
        laneHeight: models.length > 1 ? 14 : 16,
        rows: models.length === 0 ? [] : MEASURES.map((measure) => plotMeasure(measure, models)),
      },
      table: tabulate(models),
      legend: [],
      notes: [
        'Agreement runs from 0.5, as if by the toss of a coin, to 1; a model that only looks at the place of an option has a position bias of 1.',
      ],
    };
  },
};

function plotMeasure(measure: PromptMeasure, models: readonly ModelRow[]): PlotRow {
  return {
    key: measure.title,
    label: measure.title,
    sublabel: measure.explanation,
    lanes: models.map((model) => plotModel(measure, model, models.length > 1)),
    details: models.map((model) => {
      const share = measure.read(model);
      const text = share === null ? measure.absence : formatTableNumber(share);
      return { text: `${formatName(model.name, 60)}: ${text}`, series: model.series };
    }),
  };
}

function plotModel(measure: PromptMeasure, model: ModelRow, several: boolean): PlotLane {
  const share = measure.read(model);
  const { series } = model;
  return {
    marks:
      share === null
        ? [{ kind: 'text', at: 0, text: '', quiet: measure.absence, side: 1 }]
        : [
            { kind: 'bar', from: 0, at: share, series },
            { kind: 'text', at: share, text: formatEditorNumber(share), side: 1 },
          ],
    ...(several && { series }),
  };
}

function tabulate(models: readonly ModelRow[]): TableTwin {
  return {
    caption: 'Prompt agreement, position bias and the share of Option 1 of each model',
    columns: [{ title: 'Model' }, ...MEASURES.map(({ title }) => ({ title, number: true }))],
    rows: models.map((model) => ({
      key: model.name,
      cells: [
        { text: formatName(model.name), series: model.series },
        ...MEASURES.map(({ read, absence }) => {
          const share = read(model);
          return share === null
            ? { text: absence, number: true, words: true }
            : { text: formatTableNumber(share), number: true };
        }),
      ],
    })),
  };
}
