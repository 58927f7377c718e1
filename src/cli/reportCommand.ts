/** `report`: the measures of finished runs, as a table to read, as JSON, or as CSV files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { type Command, Option } from 'commander';
import Papa from 'papaparse';
import type { MissingPolicy } from '../core/metrics/itemScores';
import { type ReportDocument, reportRuns } from '../core/metrics/reportDocument';
import { tabulate } from '../core/metrics/table';
import { RunFileError } from '../core/runs/runFile';
import { formatCount, formatTableNumber } from '../display/numbers';
import {
  type Cell,
  type ReportTable,
  tabulateDistances,
  tabulateGaps,
  tabulatePrompts,
  tabulateRankings,
  tabulateRates,
  tabulateSummary,
} from '../display/reportTables';
import { readRun } from '../engine/runFiles';
import { toOneTerminalLine } from './terminalText';
import { UsageError } from './usageError';

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
      else if (options.csv !== undefined) writeTables(document, resolve(options.csv));
      else console.log(formatReport(document));
    });
}

/** What a run file holds that cannot be counted is said on standard error, and the rest is measured. */
function readNamedRun(path: string) {
  try {
    const run = readRun(path);
    for (const { line, reason } of run.skipped) console.error(`${path}:${line}: left out: ${reason}.`);
    const { foreign } = tabulate(run);
    if (foreign > 0) {
      console.error(
        `${path}: left out: ${formatCount(foreign, 'answer')} about values or scenarios that the run does not have.`,
      );
    }
    return run;
  } catch (error) {
    if (error instanceof RunFileError) throw new UsageError(error.message);
    throw error;
  }
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

function formatTable({ title, columns, rows }: ReportTable): string {
  const table = new Table({
    head: columns.map(({ name }) => toOneTerminalLine(name, LONGEST_NAME)),
    colAligns: columns.map(({ kind }) => (kind === 'text' ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.map((cell, at) => formatCell(cell, columns[at]?.kind === 'count')));
  return `${title}\n${table.toString()}`;
}

const LONGEST_NAME = 40;

function formatCell(cell: Cell, isCount: boolean): string {
  if (typeof cell === 'string') return toOneTerminalLine(cell, LONGEST_NAME);
  return isCount ? String(cell ?? '') : formatTableNumber(cell, '');
}

function writeTables({ models }: ReportDocument, folder: string): void {
  const tables = [
    tabulateSummary(models),
    tabulateGaps(models),
    tabulatePrompts(models),
    ...tabulateRates(models),
    ...tabulateDistances(models),
    ...tabulateRankings(models),
  ];
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, columns, rows } of tables) {
      // Values are untrusted text: a cell that starts with = or @ must not become a formula in a spreadsheet.
      const csv = Papa.unparse(
        { fields: columns.map(({ name }) => name), data: rows.map((row) => [...row]) },
        { escapeFormulae: true },
      );
      writeFileSync(join(folder, `${name}.csv`), `${csv}\n`);
    }
  } catch (error) {
    throw new UsageError(
      `The tables cannot be written to ${folder}: ${error instanceof Error ? error.message : error}. Choose another folder.`,
    );
  }
  console.error(`${formatCount(tables.length, 'table')} written to ${folder}`);
}
