/** How a reviewer's files are named and where they stand. */
import path from 'node:path';
import type { RATING_FILE_SUFFIX } from '../../core/review/ratingFile';
import type { RISK_FILE_SUFFIX } from '../../core/review/risk';

export type JudgementSuffix = typeof RATING_FILE_SUFFIX | typeof RISK_FILE_SUFFIX;

const LONGEST = 60;
/** Names that Windows keeps for devices, whatever their suffix. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** `Ana María` → `Ana-María.ratings.jsonl`: a file for each reviewer, so that two reviewers never edit the same one. */
export function nameJudgementFile(reviewer: string, suffix: JudgementSuffix): string {
  const safe = Array.from(
    reviewer
      .normalize('NFC')
      .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
      .replace(/^[.-]+|[.-]+$/g, ''),
  )
    .slice(0, LONGEST)
    .join('');
  const name = safe === '' || RESERVED.test(safe) ? `reviewer-${safe}`.replace(/-$/, '') : safe;
  return `${name}${suffix}`;
}

/** The innermost folder that holds all of the files (absolute paths); undefined without files. */
export function findCommonFolder(files: readonly string[]): string | undefined {
  const [first, ...others] = files.map((file) => path.dirname(file));
  if (first === undefined) return undefined;
  return others.reduce((common, folder) => {
    let shared = common;
    while (!isInside(folder, shared)) shared = path.dirname(shared);
    return shared;
  }, first);
}

function isInside(folder: string, ancestor: string): boolean {
  const relative = path.relative(ancestor, folder);
  return relative === '' || (relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative));
}
