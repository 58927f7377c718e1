/** A prediction as a Markdown page to read in the editor. */
import type { LikelyGap } from '../core/prediction/likelyGap';
import type { PredictionReport } from '../core/prediction/report';
import { formatCount, formatTableNumber } from './numbers';
import {
  describeLabel,
  describeLikelyGap,
  describePaired,
  describeSample,
  describeScore,
  describeSetting,
  describeUnusable,
} from './predictionSentences';
import { narrowPrediction, tabulatePrediction, tabulatePredictionGroups } from './predictionTables';
import { escapeMarkdown } from './report/reportMarkdown';
import type { ReportTable } from './reportTables';

/** More rows are read by nobody; all of them are in the file. */
const MOST_GAPS = 30;

/**
 * @param subject Whose answers are predicted.
 * @param unanswered Requests without an answer.
 */
export function writePredictionMarkdown(report: PredictionReport, subject: string, unanswered = 0): string {
  const { observer, label, settings, likelyGaps } = report;
  const groups = tabulatePredictionGroups(report).filter(({ rows }) => new Set(rows.map(([group]) => group)).size > 1);
  const paired = settings.flatMap(({ setting, againstAction }) =>
    againstAction ? [describePaired(setting, againstAction)] : [],
  );
  const notes = [...describeSample(report), ...settings.flatMap(describeUnusable)];
  const blocks = [
    '# Predicted gaps',
    `**${escapeMarkdown(observer)}** predicts of **${escapeMarkdown(subject)}** ${describeLabel(label)}. These are predictions, not measurements.`,
    ...(unanswered > 0 ? [`Not finished: ${formatCount(unanswered, 'request')} without an answer.`] : []),
    writeList(settings.map((score) => `**${describeSetting(score.setting)}**: ${describeScore(score)}`)),
    formatAlignedTable(narrowPrediction(tabulatePrediction(report))),
    'True is the positive class: TP is True predicted True, FP False predicted True, FN True predicted False, TN False predicted False. Low and high bound the bootstrap 95 % interval of F1.',
    ...(paired.length > 0 ? ['## What the extras change', writeList(paired)] : []),
    ...writeGaps(
      'Forecast',
      likelyGaps.filter(({ actedIs }) => actedIs === 'predicted'),
    ),
    ...writeGaps(
      'Likely gaps of test items',
      likelyGaps.filter(({ actedIs, status }) => actedIs === 'measured' && status === 'gap'),
    ),
    ...groups.map(narrowPrediction).map(formatAlignedTable),
    '## The sample',
    writeList(notes),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function writeGaps(title: string, gaps: readonly LikelyGap[]): string[] {
  if (gaps.length === 0) return [];
  const table = formatAlignedTable({
    name: 'likely-gaps',
    title,
    columns: (['scenario', 'value', 'prediction'] as const).map((name) => ({ name, kind: 'text' })),
    rows: gaps.slice(0, MOST_GAPS).map((gap) => [gap.scenario, gap.value, describeLikelyGap(gap)]),
  });
  const more = gaps.length - MOST_GAPS;
  return more > 0 ? [table, `And ${formatCount(more, 'item')} more in the file.`] : [table];
}

function writeList(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** Columns as wide as their widest cell: the page may be read as it is written. */
function formatAlignedTable({ title, columns, rows }: ReportTable): string {
  const cells = rows.map((row) =>
    row.map((cell, at) => {
      if (typeof cell === 'string') return escapeMarkdown(cell);
      return columns[at]?.kind === 'count' ? String(cell ?? '') : formatTableNumber(cell);
    }),
  );
  const widths = columns.map(({ name }, at) => Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0), 3));
  const isText = columns.map(({ kind }) => kind === 'text');
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, at) => (isText[at] ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, at) => (isText[at] ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [`## ${title}`, '', line(columns.map(({ name }) => name)), line(rule), ...cells.map(line)].join('\n');
}
