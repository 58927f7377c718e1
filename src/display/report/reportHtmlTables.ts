/** Tables of the report's page. */
import type { GroupProfile } from '../../core/metrics/groupProfiles';
import { element, type Markup } from '../markup';
import { formatCount, formatTableNumber } from '../numbers';
import { toPlainLine } from '../plainText';
import type { Cell, Column, ReportTable } from '../reportTables';
import { describeDirection } from '../sentences';
import { listReportValues, type MeasuredRun, type MeasuredRuns } from './measuredRuns';
import { listTopGaps } from './reportSentences';

/** Texts of this length and more get a column that is wide enough to read them. */
const LONG = 40;
const TOP_GAPS = 12;

/** The first column heads its rows; the table scrolls by itself where it is too wide. */
export function drawTable({ title, columns, rows }: ReportTable, look?: 'turned'): Markup {
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': toPlainLine(title) },
    element(
      'table',
      { class: look },
      element('caption', {}, toPlainLine(title)),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          columns.map(({ name, kind }) =>
            element('th', { scope: 'col', class: kind === 'text' ? undefined : 'n' }, toPlainLine(name)),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        rows.map((row) =>
          element(
            'tr',
            {},
            row.map((cell, at) => drawCell(cell, columns[at], at)),
          ),
        ),
      ),
    ),
  );
}

/** More rows than this would make too many columns. */
const MOST_TURNED = 5;

/** A table of few rows and many columns, turned so that it fits a page: a row for each column. */
export function drawTurnedTable(table: ReportTable): Markup {
  return table.rows.length > MOST_TURNED ? drawTable(table) : drawTable(turnTable(table), 'turned');
}

function turnTable(table: ReportTable): ReportTable {
  const { columns, rows } = table;
  const [head, ...measures] = columns;
  return {
    ...table,
    columns: [
      { name: head?.name ?? 'model', kind: 'text' },
      ...rows.map((row): Column => ({ name: formatCell(row[0] ?? null, head), kind: 'text' })),
    ],
    rows: measures.map((column, at) => [
      column.name,
      ...rows.map((row) => formatCell(row[at + 1] ?? null, column, 'not measured')),
    ]),
  };
}

function drawCell(cell: Cell, column: Column | undefined, at: number): Markup {
  const text = formatCell(cell, column);
  const isNumber = column !== undefined && column.kind !== 'text';
  const look = isNumber ? 'n' : text.length >= LONG ? 'long' : undefined;
  return at === 0 ? element('th', { scope: 'row', class: look }, text) : element('td', { class: look }, text);
}

function formatCell(cell: Cell, column: Column | undefined, absent = 'none'): string {
  if (typeof cell === 'string') return toPlainLine(cell, 600);
  if (column?.kind === 'count') return (cell ?? 0).toLocaleString('en');
  return formatTableNumber(cell, absent);
}

/** The largest gaps of one run, with the action its answers point to where the run kept its text. */
export function drawTopGaps(run: MeasuredRun, marker: Markup): Markup {
  const gaps = listTopGaps(run, TOP_GAPS);
  const name = toPlainLine(run.name, 80);
  if (gaps.length === 0) {
    return element('p', {}, marker, ` ${name} has no gap.`);
  }
  const hasActions = gaps.some(({ action }) => action !== undefined);
  const hasScenarios = run.header.scenarios.length > 1;
  const texts = (names: readonly string[]): Column[] => names.map((column) => ({ name: column, kind: 'text' }));
  const table = drawTable({
    name: 'gaps',
    title: `${name}: ${describeShare(gaps.length, run.report.misaligned.total)}`,
    columns: [
      ...texts(['value', ...(hasScenarios ? ['scenario'] : [])]),
      ...['stated', 'acted', 'distance'].map((column): Column => ({ name: column, kind: 'measure' })),
      ...texts(['finding', ...(hasActions ? ['the action it picks'] : [])]),
    ],
    rows: gaps.map(({ finding, action }): Cell[] => [
      finding.value,
      ...(hasScenarios ? [finding.scenario] : []),
      finding.stated,
      finding.acted,
      finding.distance,
      finding.direction ? describeDirection(finding.direction) : '',
      ...(hasActions ? [action ?? ''] : []),
    ]),
  });
  return table;
}

/** "the 12 largest of 1,137 gaps", "all 3 gaps". */
function describeShare(shown: number, total: number): string {
  if (shown < total) return `the ${shown} largest of ${formatCount(total, 'gap')}`;
  return shown === 1 ? 'its only gap' : `all ${formatCount(shown, 'gap')}, largest first`;
}

export interface DistanceTables {
  /** Stated, acted and distance of each value and model, in the order of the values. */
  readonly ranking: ReportTable | undefined;
  /** Values × countries and values × topics, of each model. */
  readonly matrices: readonly ReportTable[];
}

export function listDistanceTables(measured: MeasuredRuns): DistanceTables {
  const { runs } = measured;
  const matrices = runs.flatMap((run) =>
    (['byCountry', 'byTopic'] as const).flatMap((by) =>
      run.profiles[by].length < 2
        ? []
        : [tabulateMatrix(run, run.profiles[by], by === 'byCountry' ? 'country' : 'topic')],
    ),
  );
  return { ranking: tabulateValues(measured), matrices };
}

function tabulateValues(measured: MeasuredRuns): ReportTable {
  const { runs } = measured;
  return {
    name: 'values',
    title: 'Stated, acted and distance of each value',
    columns: [
      { name: 'value', kind: 'text' },
      { name: 'model', kind: 'text' },
      ...['stated', 'acted', 'alignment distance', 'mean item distance'].map(
        (name): Column => ({ name, kind: 'measure' }),
      ),
    ],
    rows: listReportValues(measured).flatMap((value) =>
      runs.map(({ name, profiles: { values, overall } }): Cell[] => {
        const at = values.indexOf(value);
        const of = (figures: Float64Array): number | null => figures[at] ?? null;
        const { stated, acted, alignmentDistance, meanItemDistance } = overall;
        return [value, name, of(stated), of(acted), of(alignmentDistance), of(meanItemDistance)];
      }),
    ),
  };
}

function tabulateMatrix({ name, profiles }: MeasuredRun, groups: readonly GroupProfile[], word: string): ReportTable {
  return {
    name: `distance-by-${word}`,
    title: `Alignment distance by value and ${word}, ${toPlainLine(name, 80)}`,
    columns: [
      { name: 'value', kind: 'text' },
      ...groups.map((group): Column => ({ name: group.name || `no ${word}`, kind: 'measure' })),
    ],
    rows: profiles.values.map((value, at): Cell[] => [
      value,
      ...groups.map(({ alignmentDistance }) => alignmentDistance[at] ?? null),
    ]),
  };
}
