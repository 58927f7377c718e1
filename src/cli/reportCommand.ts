/** `report`: the measures of finished runs, as a table to read, as JSON, as CSV files, or as a page to pass on. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { MissingPolicy } from '../core/metrics/itemScores';
import { documentReports, type ReportDocument } from '../core/metrics/reportDocument';
import { measureRuns } from '../display/report/measuredRuns';
import {
  type ReportTable,
  tabulateDistances,
  tabulateGaps,
  tabulatePrompts,
  tabulateRankings,
  tabulateRates,
  tabulateSummary,
} from '../display/reportTables';
import { readNamedRun } from './namedRun';
import { type ReportFileOptions, wantsFiles, writeReportFiles } from './reportFiles';
import { formatTable, writeTables } from './tableOutput';

interface ReportOptions extends ReportFileOptions {
  readonly missing: MissingPolicy;
  readonly json?: boolean;
  readonly csv?: string;
}

export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('Measure finished runs: rates with intervals, gaps, distances, rankings, prompt measures.')
    .argument('<run...>', 'run files (.jsonl)')
    .addOption(
      new Option('--missing <policy>', 'items without a usable answer: leave them out, or count them as agree')
        .choices(['exclude', 'agree'])
        .default('exclude'),
    )
    .option('--json', 'print one JSON object')
    .option('--csv <dir>', 'write each table as a CSV file into a folder')
    .option('--html <file>', 'write the report as one HTML page that opens offline')
    .option('--markdown <file>', 'write a summary in Markdown')
    .option('--svg <dir>', 'write each chart as an SVG picture into a folder')
    .action((runs: string[], options: ReportOptions) => {
      const measured = measureRuns(runs.map(readNamedRun), { missing: options.missing });
      const document = documentReports(measured.runs, options.missing);
      if (options.csv !== undefined) writeTables(listTables(document), resolve(options.csv));
      writeReportFiles(measured, options);
      if (options.json) console.log(JSON.stringify(document));
      else if (options.csv === undefined && !wantsFiles(options)) console.log(formatReport(document));
    });
}

function formatReport({ models, missing }: ReportDocument): string {
  const rates = tabulateRates(models).filter(({ rows }) => rows.length > 1);
  const tables = [tabulateSummary(models), tabulateGaps(models), tabulatePrompts(models), ...rates];
  const note =
    missing === 'exclude'
      ? 'Items without a usable answer in both tasks are left out.'
      : 'Items without a usable answer are counted as agree.';
  return [...tables.map(formatTable), note].join('\n\n');
}

function listTables({ models }: ReportDocument): ReportTable[] {
  return [
    tabulateSummary(models),
    tabulateGaps(models),
    tabulatePrompts(models),
    ...tabulateRates(models),
    ...tabulateDistances(models),
    ...tabulateRankings(models),
  ];
}
