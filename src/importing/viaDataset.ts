/** The released VIA dataset on disk → scenario files on disk. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImportError, readViaCsv, type SkippedRow } from '../core/dataset/viaCsv';
import { assembleScenarios, nameScenarioFile, type ViaImport } from '../core/dataset/viaScenarios';
import { formatScenarios } from '../core/scenario/format';
import { formatCount } from '../display/numbers';
import { readImportedText } from './importedText';

export interface ImportedDataset {
  /** Absolute or as `folder` was given. */
  readonly files: readonly string[];
  readonly counts: ViaImport['counts'];
  /** Every row that is in no file, and why. */
  readonly skipped: readonly SkippedRow[];
}

/**
 * Writes one file for each country and topic. Nothing is overwritten: where one of the files exists, none is written.
 * @throws {ImportError} where the dataset cannot be used, or the folder holds one of the files.
 */
export function importViaDataset(csv: string, folder: string): ImportedDataset {
  const { rows, skipped: unreadable } = readViaCsv(readImportedText(csv));
  const { scenarios, counts, skipped } = assembleScenarios(rows);
  if (scenarios.length === 0) throw new ImportError(`${csv} holds no usable row. Expected the released VIA dataset.`);
  const files = scenarios.map((scenario) => join(folder, nameScenarioFile(scenario)));
  const existing = files.find((file) => existsSync(file));
  if (existing) throw new ImportError(`${existing} exists already and is not overwritten. Choose an empty folder.`);
  mkdirSync(folder, { recursive: true });
  // "wx": two countries whose names differ only in what a file name cannot hold must not overwrite each other.
  scenarios.forEach((scenario, at) => {
    writeFileSync(files[at] as string, formatScenarios([scenario]), { flag: 'wx' });
  });
  return { files, counts, skipped: [...unreadable, ...skipped] };
}

/** "132 scenario files: 7,331 complete items, 61 incomplete (…), …". */
export function describeImport({ files, counts, skipped }: ImportedDataset): string {
  return [
    `${formatCount(files.length, 'scenario file')}: ${formatCount(counts.complete, 'complete item')}`,
    `${counts.incomplete} incomplete (${counts.refused} refused by the generator)`,
    `${formatCount(counts.recovered, 'action')} recovered from a cut text`,
    `${formatCount(skipped.length, 'row')} left out`,
  ].join(', ');
}
