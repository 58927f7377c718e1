/**
 * A prediction as plain tables, for the terminal, for Markdown and for CSV alike. True is the positive class: TP is True
 * that was predicted True, FP False that was predicted True, FN True predicted False, TN False predicted False.
 */
import type { PredictionReport } from '../core/prediction/report';
import type { GroupScore, PredictionScore } from '../core/prediction/score';
import { describeSetting } from './predictionSentences';
import type { Cell, Column, ReportTable } from './reportTables';

const text = (name: string): Column => ({ name, kind: 'text' });
const count = (name: string): Column => ({ name, kind: 'count' });
const measure = (name: string): Column => ({ name, kind: 'measure' });

const SCORE_COLUMNS: readonly Column[] = [
  ...['F1', 'low', 'high', 'always True', 'precision', 'recall'].map(measure),
  ...['TP', 'FP', 'FN', 'TN'].map(count),
  ...['unparsed', 'refused', 'no reply'].map(count),
];

/** A row a setting. */
export function tabulatePrediction({ settings }: PredictionReport): ReportTable {
  return {
    name: 'prediction',
    title: 'Predicting True, by what is shown of an action',
    columns: [text('shown'), ...SCORE_COLUMNS, measure('p against action')],
    rows: settings.map((score) => [
      describeSetting(score.setting),
      ...listScore(score),
      score.againstAction?.p ?? null,
    ]),
  };
}

const SAID_IN_WORDS = ['unparsed', 'refused', 'no reply', 'p against action'];

/** What fits a page or a terminal: what is left out is said in words beside it. */
export function narrowPrediction({ columns, rows, ...named }: ReportTable): ReportTable {
  const kept = columns.map(({ name }) => !SAID_IN_WORDS.includes(name));
  const keep = <T>(cells: readonly T[]) => cells.filter((_, at) => kept[at]);
  return { ...named, columns: keep(columns), rows: rows.map(keep) };
}

/** One table each for countries and topics: a row a group and setting. */
export function tabulatePredictionGroups({ settings }: PredictionReport): ReportTable[] {
  const tabulate = (word: string, groupsOf: (at: number) => readonly GroupScore[]): ReportTable => ({
    name: `prediction-by-${word}`,
    title: `By ${word}`,
    columns: [text(word), text('shown'), ...SCORE_COLUMNS],
    rows: (groupsOf(0) ?? []).flatMap(({ group }, row) =>
      settings.flatMap(({ setting }, at): Cell[][] => {
        const score = groupsOf(at)[row];
        return score ? [[group, describeSetting(setting), ...listScore(score)]] : [];
      }),
    ),
  });
  return [
    tabulate('country', (at) => settings[at]?.byCountry ?? []),
    tabulate('topic', (at) => settings[at]?.byTopic ?? []),
  ];
}

function listScore({ f1, interval, baseline, precision, recall, confusion, ...counts }: PredictionScore): Cell[] {
  const { truePositive, falsePositive, falseNegative, trueNegative } = confusion;
  return [
    ...[f1, interval?.[0] ?? null, interval?.[1] ?? null, baseline, precision, recall],
    ...[truePositive, falsePositive, falseNegative, trueNegative],
    ...[counts.unparsed, counts.refused, counts.unanswered],
  ];
}
