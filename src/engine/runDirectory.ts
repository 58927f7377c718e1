/** Where runs live: `.value-action-lens/runs/` of a folder, the same for the editor and the command line. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { explainWriteError } from './writeErrors';

const DATA_FOLDER = '.value-action-lens';
const SUFFIX = '.jsonl';

/** The nearest folder, from `start` upwards, that has runs; `start` itself where none has. */
export function findRunDirectory(start: string): string {
  const from = resolve(start);
  for (let folder = from; ; folder = dirname(folder)) {
    if (hasRunDirectory(folder)) return folder;
    if (dirname(folder) === folder) return from;
  }
}

/** Whether a folder has runs, or had some. */
export function hasRunDirectory(folder: string): boolean {
  return isFolder(join(folder, DATA_FOLDER));
}

/** The folder of the run files of a workspace folder. */
export function runDirectoryOf(folder: string): string {
  return join(folder, DATA_FOLDER, 'runs');
}

/** What is known of a run's batches: `RUN.batch.json` beside `RUN.jsonl`. */
export function batchFileOf(runPath: string): string {
  return `${runPath.replace(/\.jsonl$/, '')}.batch.json`;
}

/** The folder of what observers predicted. */
export function predictionDirectoryOf(folder: string): string {
  return join(folder, DATA_FOLDER, 'predictions');
}

/**
 * A new name for a run file: readable, sorted by time, unique.
 * `2026-01-31T09-30-00-ollama-llama3.2-1f3a.jsonl`
 * @param startedAt ISO 8601.
 * @throws {JournalError} where the folder cannot be made.
 */
export function newRunPath(folder: string, startedAt: string, modelId: string): string {
  return join(prepareDirectory(folder, runDirectoryOf(folder)), nameJournal(startedAt, modelId));
}

/** The same for a file of predictions. @param observerId Of the model that predicts. */
export function newPredictionPath(folder: string, startedAt: string, observerId: string): string {
  const directory = prepareDirectory(folder, predictionDirectoryOf(folder));
  return join(directory, nameJournal(startedAt, observerId, 'prediction'));
}

/** The folder of what models proposed in the editor. */
export function proposalDirectoryOf(folder: string): string {
  return join(folder, DATA_FOLDER, 'proposals');
}

/** The same for a file of proposals. */
export function newProposalPath(folder: string, startedAt: string, modelId: string): string {
  const directory = prepareDirectory(folder, proposalDirectoryOf(folder));
  return join(directory, nameJournal(startedAt, modelId, 'proposals'));
}

/** The name alone, for a journal that lies elsewhere. @param kind What is in it, where that is no run. */
export function nameJournal(startedAt: string, modelId: string, kind?: string): string {
  const time = startedAt.slice(0, 19).replaceAll(':', '-');
  const name = `${time}-${toFileName(modelId)}-${randomBytes(2).toString('hex')}`;
  return `${name}${kind === undefined ? '' : `.${kind}`}${SUFFIX}`;
}

/** Model ids come from settings and endpoints: only harmless characters pass, and no leading dot. */
function toFileName(modelId: string): string {
  const safe = modelId
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+|[.-]+$/g, '');
  return safe.slice(0, 80) || 'model';
}

function prepareDirectory(folder: string, directory: string): string {
  const data = join(folder, DATA_FOLDER);
  try {
    const isNew = !existsSync(data);
    mkdirSync(directory, { recursive: true });
    // Answers of models are bulky and may be confidential, so they stay out of version control until somebody decides
    // otherwise: this file ignores its own folder, and the user's .gitignore stays untouched.
    if (isNew) writeFileSync(join(data, '.gitignore'), '*\n');
  } catch (error) {
    throw explainWriteError(directory, error);
  }
  return directory;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
