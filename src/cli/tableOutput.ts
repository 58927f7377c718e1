/** Tables for the terminal, and as CSV files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import Papa from 'papaparse';
import { formatCount, formatTableNumber } from '../display/numbers';
import type { Cell, ReportTable } from '../display/reportTables';
import { toOneTerminalLine } from './terminalText';
import { UsageError } from './usageError';

const LONGEST_NAME = 40;

export function formatTable({ title, columns, rows }: ReportTable): string {
  const table = new Table({
    head: columns.map(({ name }) => toOneTerminalLine(name, LONGEST_NAME)),
    colAligns: columns.map(({ kind }) => (kind === 'text' ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.map((cell, at) => formatCell(cell, columns[at]?.kind === 'count')));
  return `${title}\n${table.toString()}`;
}

function formatCell(cell: Cell, isCount: boolean): string {
  if (typeof cell === 'string') return toOneTerminalLine(cell, LONGEST_NAME);
  return isCount ? String(cell ?? '') : formatTableNumber(cell, '');
}

/**
 * Each table as a CSV file of its name in `folder`, which is made where it is missing.
 * @throws {UsageError} where that cannot be written.
 */
export function writeTables(tables: readonly ReportTable[], folder: string): void {
  writeFiles(
    tables.map(({ name, columns, rows }) => ({
      name: `${name}.csv`,
      // Values are untrusted text: a cell that starts with = or @ must not become a formula in a spreadsheet.
      text: `${Papa.unparse(
        { fields: columns.map((column) => column.name), data: rows.map((row) => [...row]) },
        { escapeFormulae: true },
      )}\n`,
    })),
    folder,
  );
  console.error(`${formatCount(tables.length, 'table')} written to ${folder}`);
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** @throws {UsageError} where they cannot be written; the message says where. */
export function writeFiles(files: readonly NamedText[], folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
  } catch (error) {
    throw new UsageError(
      `Nothing can be written to ${folder}: ${error instanceof Error ? error.message : error}. Choose another folder.`,
    );
  }
}
