/** `--accept`: complete scenario files in a folder of their own. Nothing outside of it is written, nothing in it lost. */
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { nameScenarioFile } from '../core/dataset/viaScenarios';
import { draftAsked, takeProposals, type UnplacedProposal } from '../core/generation/accept';
import type { OfferedProposal } from '../core/generation/collect';
import type { AskedScenario, GenerationHeader } from '../core/generation/record';

export interface AcceptedFile {
  readonly path: string;
  /** Actions that stand in it now. */
  readonly actions: number;
}

export interface AcceptedFiles {
  readonly files: readonly AcceptedFile[];
  readonly unplaced: readonly UnplacedProposal[];
  /** Files that could not be written, and why. */
  readonly problems: readonly string[];
}

/** One scenario file that is to be written. */
interface Target {
  readonly path: string;
  /** The file it is made from; undefined for a scenario that has none yet. */
  readonly source?: string;
  readonly scenarios: AskedScenario[];
}

export interface FilePlaces {
  /** What the paths of scenario files start from. */
  readonly folder: string;
  /** Where to write; a file that an earlier call left there is gone on with. */
  readonly out: string;
  /** Paths, from the folder, that stand on the command line: these may lie beside it. */
  readonly named: ReadonlySet<string>;
}

export function writeAcceptedFiles(
  header: GenerationHeader,
  offered: readonly OfferedProposal[],
  places: FilePlaces,
): AcceptedFiles {
  const files: AcceptedFile[] = [];
  const unplaced: UnplacedProposal[] = [];
  const problems: string[] = [];
  for (const target of listTargets(header, places, problems)) {
    const mine = offered.filter(({ scenario }) => target.scenarios.includes(scenario));
    const clean = mine.filter(({ isClean }) => isClean);
    try {
      const before = readBase(target, mine);
      const taken = takeProposals(before, clean);
      unplaced.push(...taken.unplaced);
      const actions = taken.placed.length + taken.there.length;
      if (actions === 0 && target.source !== undefined) continue;
      writeInside(places.out, target.path, taken.text);
      files.push({ path: target.path, actions });
    } catch (error) {
      problems.push(`${target.path}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { files, unplaced, problems };
}

/** A scenario file that `--accept` would write over: to be refused before anything is asked. */
export function findOwnSource(header: GenerationHeader, places: FilePlaces): string | undefined {
  return listTargets(header, places, []).find(({ source, path }) => source === path)?.path;
}

/** A file of proposals may come from anybody, so no path in it leads out of a folder. */
function listTargets(
  { scenarios }: GenerationHeader,
  { folder, out, named }: FilePlaces,
  problems: string[],
): Target[] {
  const targets = new Map<string, Target>();
  const taken = new Set<string>();
  for (const scenario of scenarios) {
    const { file } = scenario;
    const key = file === '' ? JSON.stringify([scenario.key]) : file;
    const known = targets.get(key);
    if (known) {
      known.scenarios.push(scenario);
      continue;
    }
    const source = file === '' ? undefined : resolve(folder, file);
    if (source !== undefined && !named.has(file) && !isInside(file)) {
      problems.push(`${JSON.stringify(file)} leads out of this folder, and is not read. Name the file to take it in.`);
      continue;
    }
    // A file named on the command line may lie beside the folder; its copy lies in it.
    const name = file === '' ? nameScenarioFile(scenario) : isInside(file) ? file : basename(file);
    targets.set(key, { path: join(out, makeUnique(name, taken)), source, scenarios: [scenario] });
  }
  return [...targets.values()];
}

function isInside(path: string): boolean {
  return !isAbsolute(path) && !path.split(/[/\\]/).includes('..');
}

function makeUnique(name: string, taken: Set<string>): string {
  let unique = name;
  for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = name.replace(/(?=\.scenario\.)/, ` (${n})`);
  taken.add(unique.toLowerCase());
  return unique;
}

function readBase({ path, source, scenarios }: Target, offered: readonly OfferedProposal[]): string {
  if (source === path)
    throw new Error('is the scenario file itself, and nothing is written over it. Choose another --out.');
  if (existsSync(path)) return readFileSync(path, 'utf8');
  if (source !== undefined && !existsSync(source)) {
    throw new Error(
      `is made from ${source}, which is not there. Give the command in the folder of the scenario files.`,
    );
  }
  if (source !== undefined) return readFileSync(source, 'utf8');
  return scenarios.map((scenario) => draftAsked(scenario, offered)).join('---\n');
}

/** As a whole or not at all. @throws where the path leads out of the folder, by a link too. */
function writeInside(out: string, path: string, text: string): void {
  mkdirSync(out, { recursive: true });
  let above = dirname(path);
  while (!existsSync(above)) above = dirname(above);
  const fromRoot = relative(realpathSync(out), realpathSync(above));
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (isLink || fromRoot === '..' || fromRoot.startsWith(`..${sep}`) || isAbsolute(fromRoot)) {
    throw new Error('leads out of the folder by a link, and is not written. Choose another --out.');
  }
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const aside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(aside, text, { flag: 'wx' });
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}
