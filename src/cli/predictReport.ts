/** A prediction to read in a terminal: the settings, what their differences come to, and likely gaps. */
import type { PredictionReport } from '../core/prediction/report';
import { nameSubject } from '../core/runs/subject';
import { formatCount } from '../display/numbers';
import {
  describeLabel,
  describeLikelyGap,
  describePaired,
  describeSample,
  describeUnusable,
} from '../display/predictionSentences';
import { narrowPrediction, tabulatePrediction, tabulatePredictionGroups } from '../display/predictionTables';
import { formatTable } from './tableOutput';
import { toOneTerminalLine } from './terminalText';

/** More lines are read by nobody; all of them are in --json. */
const MOST_GAPS = 50;
const LONGEST_NAME = 40;

export function formatPrediction(report: PredictionReport): string {
  const { observer, target, label, settings } = report;
  const subject = nameSubject({ ...target, model: { id: target.model } });
  const head = toOneTerminalLine(`${observer} predicts of ${subject} ${describeLabel(label)}.`);
  const groups = tabulatePredictionGroups(report)
    .filter(({ rows }) => new Set(rows.map(([group]) => group)).size > 1)
    .map(narrowPrediction);
  const notes = [
    ...describeSample(report),
    ...settings.flatMap(describeUnusable),
    ...settings.flatMap(({ setting, againstAction }) =>
      againstAction ? [describePaired(setting, againstAction)] : [],
    ),
  ];
  return [
    head,
    ...[narrowPrediction(tabulatePrediction(report)), ...groups].map(formatTable),
    ...formatForecast(report),
    notes.join('\n'),
  ].join('\n\n');
}

function formatForecast({ likelyGaps }: PredictionReport): string[] {
  const forecasts = likelyGaps.filter(({ actedIs }) => actedIs === 'predicted');
  if (forecasts.length === 0) return [];
  const lines = forecasts
    .slice(0, MOST_GAPS)
    .map((gap) =>
      toOneTerminalLine(
        `  ${toOneTerminalLine(gap.scenario, LONGEST_NAME)} · ${toOneTerminalLine(gap.value, LONGEST_NAME)}: ${describeLikelyGap(gap)}`,
      ),
    );
  const more = forecasts.length - MOST_GAPS;
  return [
    [
      'Predicted for items that the run was not asked about',
      ...lines,
      ...(more > 0 ? [`  and ${formatCount(more, 'item')} more: all of them with --json`] : []),
    ].join('\n'),
  ];
}
