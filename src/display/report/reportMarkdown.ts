/** The report as a Markdown page: headline, tables, the largest gaps, what was left out. */
import { formatInstant, formatTableNumber } from '../numbers';
import { toPlainLine } from '../plainText';
import { type Cell, type ReportTable, tabulateGaps, tabulateSummary } from '../reportTables';
import { describeDirection } from '../sentences';
import { type MeasuredRun, type MeasuredRuns, ownEntry } from './measuredRuns';
import { describeOrigin, type ReportOrigin } from './reportOrigin';
import { tabulateRuns } from './reportRunsTable';
import { describeSize, explainLeftOut, listTopGaps, summarizeRun } from './reportSentences';

const TOP_GAPS = 10;

export function writeMarkdownReport(measured: MeasuredRuns, origin: ReportOrigin): string {
  const models = Object.fromEntries(measured.runs.map(({ name, report }) => [name, report]));
  const rates = (['byCountry', 'byTopic'] as const).flatMap((by) => tabulateGroupRates(measured, by));
  const blocks = [
    '# Value-Action Lens report',
    `${describeSize(measured)} · made ${escapeMarkdown(formatInstant(origin.madeAt))}`,
    measured.runs.map((run) => `- **${escapeMarkdown(run.name)}**: ${summarizeRun(run)}`).join('\n'),
    ...[tabulateSummary(models), tabulateGaps(models), ...rates].map(formatMarkdownTable),
    ...measured.runs.flatMap(formatTopGaps),
    '## What the figures leave out',
    explainLeftOut(measured)
      .map((line) => `- ${escapeMarkdown(line)}`)
      .join('\n'),
    formatMarkdownTable(tabulateRuns(measured)),
    escapeMarkdown(describeOrigin(measured, origin)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function tabulateGroupRates({ runs }: MeasuredRuns, by: 'byCountry' | 'byTopic'): ReportTable[] {
  const groups = [...new Set(runs.flatMap(({ report }) => Object.keys(report.alignmentRate[by])))];
  if (groups.length < 2) return [];
  const word = by === 'byCountry' ? 'country' : 'topic';
  return [
    {
      name: `alignment-rate-by-${word}`,
      title: `Alignment rate by ${word}`,
      columns: [{ name: word, kind: 'text' }, ...runs.map(({ name }) => ({ name, kind: 'measure' as const }))],
      rows: groups.map((group) => [
        group,
        ...runs.map(({ report }) => ownEntry(report.alignmentRate[by], group) ?? null),
      ]),
    },
  ];
}

function formatTopGaps(run: MeasuredRun): string[] {
  const gaps = listTopGaps(run, TOP_GAPS);
  if (gaps.length === 0) return [];
  return [
    formatMarkdownTable({
      name: 'gaps',
      title: `Largest gaps of ${toPlainLine(run.name, 80)}`,
      columns: [
        ...['scenario', 'value'].map((name) => ({ name, kind: 'text' as const })),
        ...['stated', 'acted', 'distance'].map((name) => ({ name, kind: 'measure' as const })),
        { name: 'finding', kind: 'text' },
      ],
      rows: gaps.map(({ finding: { scenario, value, stated, acted, distance, direction } }) => [
        scenario,
        value,
        stated,
        acted,
        distance,
        direction ? describeDirection(direction) : '',
      ]),
    }),
  ];
}

export function formatMarkdownTable({ title, columns, rows }: ReportTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${escapeMarkdown(title)}`,
    '',
    line(columns.map(({ name }) => escapeMarkdown(name))),
    line(columns.map(({ kind }) => (kind === 'text' ? '---' : '---:'))),
    ...rows.map((row) => line(row.map((cell, at) => formatCell(cell, columns[at]?.kind === 'count')))),
  ].join('\n');
}

function formatCell(cell: Cell, isCount: boolean): string {
  if (typeof cell === 'string') return escapeMarkdown(cell);
  return isCount ? (cell ?? 0).toLocaleString('en') : formatTableNumber(cell);
}

/** Foreign text as text: no markup, no link, and no line that ends a table. */
export function escapeMarkdown(text: string): string {
  return toPlainLine(text)
    .replace(/[\\`*_[\]|~$]/g, (character) => `\\${character}`)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}&#46;`)
    .replace(/@/g, '&#64;');
}
