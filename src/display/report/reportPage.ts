/**
 * The report as one HTML file that opens anywhere, offline: no script, no reference to anything outside of it. Every
 * text in it goes through `element`, which escapes it.
 */
import { type Child, element, join, type Markup } from '../markup';
import { formatCount, formatEditorNumber, formatInstant } from '../numbers';
import { toPlainLine } from '../plainText';
import { type ReportTable, tabulateGaps, tabulatePrompts, tabulateRates, tabulateSummary } from '../reportTables';
import { type Chart, drawInline, drawMarker } from '../svg/chart';
import { findMost } from './distanceCharts';
import type { MeasuredRun, MeasuredRuns } from './measuredRuns';
import { chartReport, type ReportCharts } from './reportCharts';
import { drawTable, drawTopGaps, drawTurnedTable, listDistanceTables } from './reportHtmlTables';
import { describeOrigin, type ReportOrigin } from './reportOrigin';
import { tabulateRuns } from './reportRunsTable';
import { describeSize, explainLeftOut, METHOD, summarizeRun } from './reportSentences';
import { stylePage } from './reportStyle';

/** Nothing is loaded, nothing is run, nothing is sent; the page's own style is all there is. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function writeHtmlReport(measured: MeasuredRuns, origin: ReportOrigin): string {
  const title = `Value-Action Lens report: ${nameModels(measured)}`;
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('meta', { name: 'referrer', content: 'no-referrer' }),
      element('title', {}, title),
      // The sheet is code: it holds no text from a run.
      { markup: `<style>${stylePage()}</style>` },
    ),
    element(
      'body',
      {},
      element('main', {}, drawHeader(measured, origin), drawSections(measured), drawFooter(measured, origin)),
    ),
  );
  return `<!doctype html>\n${page.markup}\n`;
}

function nameModels({ runs }: MeasuredRuns): string {
  const names = runs.map(({ name }) => toPlainLine(name, 60));
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

const SECTIONS = [
  ['rates', 'Alignment rate'],
  ['gaps', 'Gaps'],
  ['distances', 'Distances'],
  ['prompts', 'Prompts and unusable answers'],
  ['method', 'Method'],
  ['runs', 'Runs'],
] as const;

function drawHeader(measured: MeasuredRuns, { madeAt }: ReportOrigin): Markup {
  return element(
    'header',
    {},
    drawEmblem(),
    element('h1', {}, 'Value-Action Lens report'),
    element('p', { class: 'lead' }, `${describeSize(measured)} · made ${toPlainLine(formatInstant(madeAt), 40)}`),
    element(
      'ul',
      { class: 'models' },
      measured.runs.map((run) =>
        element(
          'li',
          {},
          drawSeries(run),
          element('span', {}, element('b', {}, toPlainLine(run.name)), `: ${summarizeRun(run)}.`),
        ),
      ),
    ),
    element(
      'nav',
      { 'aria-label': 'Sections' },
      SECTIONS.map(([id, name]) => element('a', { href: `#${id}` }, name)),
    ),
  );
}

/** Two dots and a bar: what this is about. */
function drawEmblem(): Markup {
  return element(
    'svg',
    { class: 'val-chart emblem', width: 64, height: 16, viewBox: '0 0 64 16', 'aria-hidden': 'true' },
    element('line', { x1: 8, y1: 8, x2: 56, y2: 8, class: 'val-gap-line', 'stroke-width': 4 }),
    element('circle', { cx: 8, cy: 8, r: 5.5, class: 'val-s0-line', 'stroke-width': 2.5 }),
    element('circle', { cx: 56, cy: 8, r: 6.5, class: 'val-s0' }),
  );
}

function drawSeries({ series }: MeasuredRun): Markup {
  const size = { width: 12, height: 12, viewBox: '-6 -6 12 12' };
  return element('svg', { ...size, class: 'val-chart', 'aria-hidden': 'true' }, drawMarker(0, 0, series, 4.2));
}

function drawSections(measured: MeasuredRuns): Child[] {
  const charts = chartReport(measured);
  const models = Object.fromEntries(measured.runs.map(({ name, report }) => [name, report]));
  const [byCountry, byTopic, byScenario] = tabulateRates(models);
  return [
    section(
      'rates',
      'How well acting follows stating, as the F1 of disagree: 1 always, 0 never. The thin line is the 95 % interval.',
      figure(charts.rates, tabulateSummary(models)),
      subsection('By country', charts.byCountry, byCountry),
      subsection('By topic', charts.byTopic, byTopic),
      subsection('By scenario', charts.byScenario, byScenario),
      charts.byScenario === undefined && byScenario && byScenario.rows.length > 1 ? fold(byScenario) : undefined,
    ),
    section(
      'gaps',
      'Items acted on against what is stated. To the left stated disagree and acted agree, to the right stated agree and acted disagree.',
      figure(charts.directions, tabulateGaps(models)),
      measured.runs.map((run) => drawTopGaps(run, drawSeries(run))),
    ),
    section('distances', explainDistances(measured), drawDistances(measured, charts)),
    section(
      'prompts',
      'How far answers hang on the wording and on which action stands first, and the answers that could not be used.',
      drawTurnedTable(tabulatePrompts(models)),
      element(
        'ul',
        { class: 'fine' },
        explainLeftOut(measured).map((line) => element('li', {}, line)),
      ),
    ),
    section(
      'method',
      undefined,
      element(
        'dl',
        {},
        METHOD.map(([term, meaning]) => join([element('dt', {}, term), element('dd', {}, meaning)])),
      ),
    ),
    section('runs', undefined, drawTurnedTable(tabulateRuns(measured))),
  ];
}

function section(id: (typeof SECTIONS)[number][0], lead: string | undefined, ...children: readonly Child[]): Markup {
  const name = SECTIONS.find(([known]) => known === id)?.[1] ?? '';
  return element(
    'section',
    { 'aria-labelledby': id },
    element('h2', { id }, name),
    lead === undefined ? undefined : element('p', { class: 'lead' }, lead),
    children,
  );
}

/** A chart and the same figures as a table, folded. */
function figure(chart: Chart | undefined, table: ReportTable | undefined): Child {
  return [chart ? element('figure', {}, drawInline(chart)) : undefined, table ? fold(table) : undefined];
}

function subsection(heading: string, chart: Chart | undefined, table: ReportTable | undefined): Child {
  return chart ? [element('h3', {}, heading), figure(chart, table)] : undefined;
}

function fold(table: ReportTable): Markup {
  const size = formatCount(table.rows.length, 'row');
  return element('details', {}, element('summary', {}, `${table.title} as a table (${size})`), drawTable(table));
}

function explainDistances({ runs }: MeasuredRuns): string {
  return runs.some(({ header }) => header.scenarios.length > 1)
    ? 'How far acted is from stated, for each value on average over the scenarios. Hollow: stated. Filled: acted. A strong bar is a gap of the averages.'
    : 'How far acted is from stated, for each value. Hollow: stated. Filled: acted. A strong bar is a gap.';
}

function drawDistances(measured: MeasuredRuns, charts: ReportCharts): Child[] {
  const tables = listDistanceTables(measured);
  const maps = (heading: string, drawn: readonly Chart[], by: 'byCountry' | 'byTopic'): Child =>
    drawn.length === 0
      ? undefined
      : [
          element('h3', {}, heading),
          element(
            'p',
            { class: 'fine' },
            `The strongest colour stands for a distance of ${formatEditorNumber(findMost(measured, by))}, on the maps of all models.`,
          ),
          drawn.map((chart, at) => foldChart(chart, at === 0 && by === 'byCountry')),
        ];
  const { ranking, statedActed } = charts;
  return [
    ranking ? [element('h3', {}, ranking.title), element('figure', {}, drawInline(ranking))] : undefined,
    tables.ranking ? fold(tables.ranking) : undefined,
    statedActed
      ? [
          element('h3', {}, statedActed.title),
          element('p', { class: 'fine' }, statedActed.description),
          element('figure', {}, drawInline(statedActed)),
        ]
      : undefined,
    maps('By value and country', charts.distanceByCountry, 'byCountry'),
    maps('By value and topic', charts.distanceByTopic, 'byTopic'),
    tables.matrices.map(fold),
  ];
}

function foldChart(chart: Chart, isOpen: boolean): Markup {
  return element(
    'details',
    { open: isOpen ? '' : undefined },
    element('summary', {}, chart.title),
    element('figure', {}, drawInline(chart)),
  );
}

function drawFooter(measured: MeasuredRuns, origin: ReportOrigin): Markup {
  return element('footer', {}, describeOrigin(measured, origin));
}
