/** Reads scenario files named on the command line, and says what is wrong in them. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { ScenarioSelection } from '../core/runs/plan';
import type { Problem } from '../core/scenario/model';
import { parseScenarioFile } from '../core/scenario/parse';
import { findRunDirectory, hasRunDirectory } from '../engine/runDirectory';
import { toOneTerminalLine } from './terminalText';
import { UsageError } from './usageError';

export interface ScenarioInput {
  /** The workspace folder: where runs are kept, and what paths in a run are relative to. */
  readonly folder: string;
  readonly selection: readonly ScenarioSelection[];
  /** One line each: `file:line:column severity code message`. */
  readonly problems: readonly string[];
}

/** @throws {UsageError} where a file cannot be read, or none holds a scenario with an item. */
export function readScenarioFiles(files: readonly string[], workingFolder: string): ScenarioInput {
  const folder = chooseFolder(files[0] ?? '.', workingFolder);
  const problems: string[] = [];
  const selection = files.flatMap((file): ScenarioSelection[] => {
    const path = resolve(workingFolder, file);
    const text = readText(path, file);
    const parsed = parseScenarioFile(text);
    const serious = parsed.problems.filter(({ severity }) => severity !== 'hint');
    problems.push(...serious.map((problem) => formatProblem(file, text, problem)));
    const fromFolder = relative(folder, path).split(sep).join('/');
    return parsed.scenarios.filter(({ items }) => items.length > 0).map((scenario) => ({ file: fromFolder, scenario }));
  });
  if (selection.length === 0) {
    const where = files.length === 1 ? `${files[0]} holds` : 'The files hold';
    const next = 'Give each scenario a country, a topic and items with two actions each';
    throw new UsageError([...problems, `${where} no scenario that can be run. ${next}.`].join('\n'));
  }
  return { folder, selection, problems };
}

/** Runs of a workspace lie together: in its folder where it has some, else where the command was given. */
export function chooseFolder(file: string, workingFolder: string): string {
  const beside = dirname(resolve(workingFolder, file));
  const found = findRunDirectory(beside);
  if (hasRunDirectory(found)) return found;
  const isInside = !relative(workingFolder, beside).startsWith('..');
  return isInside ? resolve(workingFolder) : beside;
}

function readText(path: string, file: string): string {
  try {
    if (statSync(path).isDirectory()) throw new UsageError(`${file} is a folder. Name the scenario files in it.`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const said = isMissing ? 'There is no such file' : error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} cannot be read. ${said}. Check the path.`);
  }
}

/** 1-based line and column, as editors and terminals link them. */
export function formatProblem(file: string, text: string, { range, severity, code, message }: Problem): string {
  const before = text.slice(0, range.start);
  const line = before.split('\n').length;
  const column = range.start - before.lastIndexOf('\n');
  return toOneTerminalLine(`${file}:${line}:${column} ${severity} ${code} ${message}`);
}
