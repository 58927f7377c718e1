/** `report`: the measures of finished runs, as a table to read, as JSON, or as CSV files. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { MissingPolicy } from '../core/metrics/itemScores';
import { type ReportDocument, reportRuns } from '../core/metrics/reportDocument';
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
import { formatTable, writeTables } from './tableOutput';

interface ReportOptions {
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
    .addOption(new Option('--json', 'print one JSON object').conflicts('csv'))
    .option('--csv <dir>', 'write each table as a CSV file into a folder')
    .action((runs: string[], options: ReportOptions) => {
      const document = reportRuns(runs.map(readNamedRun), { missing: options.missing });
      if (options.json) console.log(JSON.stringify(document));
      else if (options.csv !== undefined) writeTables(listTables(document), resolve(options.csv));
      else console.log(formatReport(document));
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
