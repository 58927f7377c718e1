/** A report as files to pass on: one HTML page, Markdown, and each chart as a picture. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { version } from '../../package.json';
import { REPORT_SCHEMA } from '../core/metrics/reportDocument';
import { RUN_SCHEMA } from '../core/runs/record';
import { formatCount } from '../display/numbers';
import type { MeasuredRuns } from '../display/report/measuredRuns';
import { chartReport, listCharts } from '../display/report/reportCharts';
import { writeMarkdownReport } from '../display/report/reportMarkdown';
import type { ReportOrigin } from '../display/report/reportOrigin';
import { writeHtmlReport } from '../display/report/reportPage';
import { drawFile } from '../display/svg/chart';
import { writeFiles } from './tableOutput';
import { UsageError } from './usageError';

export interface ReportFileOptions {
  readonly html?: string;
  readonly markdown?: string;
  /** A folder. */
  readonly svg?: string;
}

export function wantsFiles({ html, markdown, svg }: ReportFileOptions): boolean {
  return html !== undefined || markdown !== undefined || svg !== undefined;
}

/** @throws {UsageError} where one cannot be written. */
export function writeReportFiles(measured: MeasuredRuns, { html, markdown, svg }: ReportFileOptions): void {
  const origin: ReportOrigin = {
    version,
    runSchema: RUN_SCHEMA,
    reportSchema: REPORT_SCHEMA,
    madeAt: new Date().toISOString(),
  };
  if (html !== undefined) writePage(html, writeHtmlReport(measured, origin));
  if (markdown !== undefined) writePage(markdown, writeMarkdownReport(measured, origin));
  if (svg === undefined) return;
  const charts = listCharts(chartReport(measured));
  writeFiles(
    charts.map((chart) => ({ name: `${chart.id}.svg`, text: drawFile(chart) })),
    resolve(svg),
  );
  console.error(`${formatCount(charts.length, 'chart')} written to ${resolve(svg)}`);
}

function writePage(name: string, text: string): void {
  const path = resolve(name);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(
      `${path} cannot be written: ${error instanceof Error ? error.message : error}. Choose another file.`,
    );
  }
  console.error(`The report is in ${path}`);
}
