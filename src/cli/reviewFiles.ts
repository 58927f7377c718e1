/** Rating and risk files below a folder. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { RATING_FILE_SUFFIX } from '../core/review/ratingFile';
import type { ReviewFile } from '../core/review/recordFile';
import { RISK_FILE_SUFFIX } from '../core/review/risk';
import { UsageError } from './usageError';

export interface ReviewFiles {
  /** In order of path. */
  readonly ratings: readonly ReviewFile[];
  readonly risks: readonly ReviewFile[];
  /** What was passed by, in whole sentences. */
  readonly passedBy: readonly string[];
}

/** Large, and never a reviewer's. */
const FOREIGN_FOLDERS = new Set(['.git', 'node_modules']);

/** @throws {UsageError} where there is no such folder, or it holds neither kind of file. */
export function readReviewFiles(folder: string): ReviewFiles {
  const root = openFolder(folder);
  const passedBy: string[] = [];
  const paths = listFiles(folder, root, passedBy).sort();
  const read = (suffix: string) =>
    paths.filter((path) => path.endsWith(suffix)).flatMap((path) => readFile(path, passedBy));
  const files = { ratings: read(RATING_FILE_SUFFIX), risks: read(RISK_FILE_SUFFIX), passedBy };
  if (files.ratings.length + files.risks.length > 0) return files;
  throw new UsageError(
    [
      ...passedBy,
      `${folder} holds no *${RATING_FILE_SUFFIX} and no *${RISK_FILE_SUFFIX} that can be read. Name the folder that reviewers' files are in.`,
    ].join('\n'),
  );
}

function openFolder(folder: string): string {
  try {
    if (!statSync(folder).isDirectory()) {
      throw new UsageError(`${folder} is a file. Name the folder it is in: all reviewers' files are read together.`);
    }
    return realpathSync(folder);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${folder} cannot be opened: ${explain(error)}. Check the path.`);
  }
}

/** Links are not followed: what they lead to inside the folder is found there, and what lies outside is not asked for. */
function listFiles(folder: string, root: string, passedBy: string[]): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return FOREIGN_FOLDERS.has(entry.name) ? [] : listFiles(path, root, passedBy);
      if (entry.isSymbolicLink()) {
        if (hidesReviews(path, root)) passedBy.push(`${path}: left out: a link that does not stay in the folder.`);
        return [];
      }
      return entry.isFile() && isReviewFile(entry.name) ? [path] : [];
    });
  } catch (error) {
    passedBy.push(`${folder}: left out: ${explain(error)}.`);
    return [];
  }
}

function isReviewFile(name: string): boolean {
  return name.endsWith(RATING_FILE_SUFFIX) || name.endsWith(RISK_FILE_SUFFIX);
}

/** Whether a link leads to a folder or a reviewer's file elsewhere. */
function hidesReviews(link: string, root: string): boolean {
  try {
    const target = realpathSync(link);
    const fromRoot = relative(root, target);
    const isOutside = fromRoot === '..' || fromRoot.startsWith(`..${sep}`) || isAbsolute(fromRoot);
    return isOutside && (isReviewFile(link) || statSync(target).isDirectory());
  } catch {
    // It leads nowhere.
    return isReviewFile(link);
  }
}

function readFile(path: string, passedBy: string[]): ReviewFile[] {
  try {
    return [{ path, text: readFileSync(path, 'utf8') }];
  } catch (error) {
    passedBy.push(`${path}: left out: ${explain(error)}.`);
    return [];
  }
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such folder or file';
  if (code === 'EACCES') return 'it may not be read';
  return message;
}
