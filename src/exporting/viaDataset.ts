/** Scenario files on disk → the released dataset's CSV on disk. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { exportScenario, formatViaHead, formatViaRow, type ViaCells } from '../core/dataset/viaExport';
import type { Problem } from '../core/scenario/model';
import { parseScenarioFile } from '../core/scenario/parse';
import { COUNTRIES, TOPICS } from '../core/study';

/** Nothing was written; the message says why and what to do. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}

export interface ViaExport {
  readonly rows: number;
  readonly scenarios: number;
  readonly files: number;
  /** Sides without an action and without a note of a refusal: they have no row. */
  readonly missing: number;
  /** Rows whose value an import would not know, since it is none of the 56. */
  readonly ownValues: readonly string[];
  /** Rows of an item that another file has as well: an import takes the first. */
  readonly repeated: number;
}

interface ScenarioRows {
  readonly country: string;
  readonly topic: string;
  readonly rows: readonly ViaCells[];
}

/**
 * Scenarios stand in the order of the study, then in that of their files. The CSV is replaced as a whole or not at all.
 * @param out `.csv` or `.csv.gz`.
 * @param onProblem Called for everything wrong in a file; what could be read of it is exported.
 * @throws {ExportError} where the folder holds no action, or the CSV cannot be written.
 */
export function exportViaDataset(
  folder: string,
  out: string,
  onProblem: (file: string, text: string, problem: Problem) => void,
): ViaExport {
  if (!/\.csv(?:\.gz)?$/i.test(out)) throw new ExportError(`${out} is no name of a CSV. End it in .csv or .csv.gz.`);
  const files = listScenarioFiles(folder);
  const scenarios: ScenarioRows[] = [];
  const ownValues = new Set<string>();
  const seen = new Set<string>();
  let missing = 0;
  let repeated = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const parsed = parseScenarioFile(text);
    for (const problem of parsed.problems) onProblem(file, text, problem);
    for (const scenario of parsed.scenarios) {
      const { country, topic } = scenario;
      const exported = exportScenario(scenario);
      scenarios.push({ country, topic, rows: exported.rows });
      missing += exported.missing;
      for (const value of exported.ownValues) ownValues.add(value);
      for (const { value, polarity } of exported.rows) {
        const id = JSON.stringify([country, topic, value, polarity]);
        if (seen.has(id)) repeated++;
        seen.add(id);
      }
    }
  }
  if (scenarios.every(({ rows }) => rows.length === 0)) {
    throw new ExportError(
      `${folder} holds no scenario file with an action (*.scenario.yaml or .json). Choose another folder.`,
    );
  }
  const lines = [formatViaHead()];
  for (const { rows } of scenarios.toSorted(compareByStudy)) {
    for (const row of rows) lines.push(formatViaRow(lines.length - 1, row));
  }
  write(out, lines.join(''));
  const counts = { rows: lines.length - 1, scenarios: scenarios.length, files: files.length };
  return { ...counts, missing, ownValues: [...ownValues], repeated };
}

/** In this folder and below; what is hidden, or reached by a link alone, is none of the dataset. */
function listScenarioFiles(folder: string): string[] {
  const files: string[] = [];
  const look = (at: string) => {
    const entries = readdirSync(at, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) look(path);
      else if (entry.isFile() && /\.scenario\.(?:ya?ml|json)$/i.test(entry.name)) files.push(path);
    }
  };
  try {
    look(folder);
  } catch (error) {
    throw new ExportError(`${folder} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  return files;
}

function compareByStudy(a: ScenarioRows, b: ScenarioRows): number {
  return rank(COUNTRIES, a.country) - rank(COUNTRIES, b.country) || rank(TOPICS, a.topic) - rank(TOPICS, b.topic);
}

function rank(names: readonly string[], name: string): number {
  const at = names.indexOf(name);
  return at < 0 ? names.length : at;
}

function write(out: string, text: string): void {
  try {
    mkdirSync(dirname(out), { recursive: true });
    writeWhole(out, /\.gz$/i.test(out) ? gzipSync(text) : text);
  } catch (error) {
    throw new ExportError(
      `${out} cannot be written: ${error instanceof Error ? error.message : error}. Choose another place.`,
    );
  }
}

function writeWhole(out: string, content: string | Buffer): void {
  const aside = `${out}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(aside, content, { flag: 'wx' });
    renameSync(aside, out);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}
