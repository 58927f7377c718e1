/**
 * Text files that people append to and merge: JSON Lines, one record a line. Nothing of a reviewer's work is lost in
 * silence: a line that cannot be read is named, and where two files contradict each other, both sides are.
 */

/** A file as it was found. */
export interface ReviewFile {
  /** For messages; also decides which files are different ones. */
  readonly path: string;
  readonly text: string;
}

/** What could not be taken as it stands, or was taken with a doubt. */
export interface ReviewProblem {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly kind: 'cut' | 'foreign' | 'merge';
  /** For people, without the place: one sentence without its full stop. */
  readonly reason: string;
}

/** What kind of record a file's lines hold. */
export interface RecordFormat<T> {
  /** The record, or why it is none: one sentence without its full stop. */
  read(line: unknown): { readonly record: T } | { readonly reason: string };
  /** Records with the same key are about the same thing: the later one replaces the earlier one. */
  keyOf(record: T): string;
  /** What was decided: records of one key and different verdicts contradict each other. */
  verdictOf(record: T): unknown;
  /** When, in ISO 8601; what is no time counts as older than anything. */
  timeOf(record: T): string;
}

/** Sides of an unresolved merge. What both have left behind (its base) is on neither: it contradicts nobody. */
export type MergeSide = 'ours' | 'theirs';

export interface FoundRecord<T> {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Where the line lies in an unresolved merge. */
  readonly side?: MergeSide;
  readonly record: T;
}

/** One reviewer's records of the same thing that differ between files, or between the sides of a merge. */
export interface RecordConflict<T> {
  /** The last of each file or side, in the order of the files. */
  readonly candidates: readonly FoundRecord<T>[];
  /** The one that counts: the latest. */
  readonly taken: FoundRecord<T>;
}

export interface FoldedRecords<T> {
  /** One a key, in the order in which keys were first met. */
  readonly records: readonly T[];
  readonly problems: readonly ReviewProblem[];
  readonly conflicts: readonly RecordConflict<T>[];
  /** How many readable lines were replaced by a later one, or repeat another. */
  readonly replaced: number;
}

/** Reads files line by line and keeps the latest record of each key. Never throws. */
export function foldRecords<T>(files: readonly ReviewFile[], format: RecordFormat<T>): FoldedRecords<T> {
  const problems: ReviewProblem[] = [];
  const found: FoundRecord<T>[] = [];
  for (const file of files) readRecords(file, format, found, problems);

  const latest = new Map<string, Map<string, FoundRecord<T>>>();
  for (const one of found) {
    const key = format.keyOf(one.record);
    const bySource = latest.get(key) ?? new Map<string, FoundRecord<T>>();
    latest.set(key, bySource);
    const source = JSON.stringify([one.path, one.side]);
    const known = bySource.get(source);
    if (!known || isNotOlder(one, known, format)) bySource.set(source, one);
  }

  const records: T[] = [];
  const conflicts: RecordConflict<T>[] = [];
  for (const bySource of latest.values()) {
    const candidates = [...bySource.values()];
    const taken = candidates.reduce((best, one) => (isNotOlder(one, best, format) ? one : best));
    records.push(taken.record);
    if (isContradiction(candidates, taken, format)) conflicts.push({ candidates, taken });
  }
  return { records, problems, conflicts, replaced: found.length - records.length };
}

/** A change of mind within one file, before or after a merge, is none. */
function isContradiction<T>(
  candidates: readonly FoundRecord<T>[],
  taken: FoundRecord<T>,
  { verdictOf }: RecordFormat<T>,
): boolean {
  return candidates.some(
    (one) =>
      verdictOf(one.record) !== verdictOf(taken.record) &&
      (one.path !== taken.path || (one.side !== undefined && taken.side !== undefined)),
  );
}

function isNotOlder<T>(one: FoundRecord<T>, other: FoundRecord<T>, { timeOf }: RecordFormat<T>): boolean {
  return readTime(timeOf(one.record)) >= readTime(timeOf(other.record));
}

function readTime(at: string): number {
  const time = Date.parse(at);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

const MERGE_MARKER = /^(<{7}|\|{7}|={7}|>{7})(?: |$)/;

function readRecords<T>(
  { path, text }: ReviewFile,
  format: RecordFormat<T>,
  found: FoundRecord<T>[],
  problems: ReviewProblem[],
): void {
  const lines = text.split(/\r\n|\n|\r/);
  let part: MergePart | undefined;
  lines.forEach((raw, at) => {
    // A byte order mark also stands inside of a file that was put together from others.
    const content = raw.replace(/^\uFEFF/, '');
    const line = at + 1;
    if (content.trim() === '') return;
    const marker = MERGE_MARKER.exec(content)?.[1];
    if (marker) {
      part = nextPart(marker, part);
      if (part === 'ours') {
        problems.push({
          path,
          line,
          kind: 'merge',
          reason: 'an unresolved merge begins: what both sides hold is kept',
        });
      }
      return;
    }
    const json = parseJson(content);
    if (json === undefined) {
      const isLast = at === lines.length - 1;
      problems.push({ path, line, kind: 'cut', reason: isLast ? 'half-written, or not JSON' : 'cut or not JSON' });
      return;
    }
    const read = format.read(json.value);
    if ('reason' in read) problems.push({ path, line, kind: 'foreign', reason: read.reason });
    else found.push({ path, line, ...(part && part !== 'base' && { side: part }), record: read.record });
  });
}

type MergePart = MergeSide | 'base';

function nextPart(marker: string, part: MergePart | undefined): MergePart | undefined {
  if (marker.startsWith('<')) return 'ours';
  if (marker.startsWith('>') || part === undefined) return undefined;
  return marker.startsWith('|') ? 'base' : 'theirs';
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
