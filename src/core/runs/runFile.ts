/** The text of a run file: JSON Lines, a header and then observations. Other assignments keep theirs in the same way. */
import type * as z from 'zod';
import type { Observed } from './assignment';
import { type Observation, observationSchema, type Run, type RunHeader, runHeaderSchema } from './record';

/** A run file that cannot be read at all; the message says why and what to do. */
export class RunFileError extends Error {
  override readonly name = 'RunFileError';
}

export interface ReadRun extends Run {
  /** Lines that are no observation, by 1-based number; a half-written last line is the usual one. */
  readonly skipped: readonly { line: number; reason: string }[];
}

/** What the lines of a journal hold. */
export interface LineFormat<Header, O extends Observed> {
  readonly header: z.ZodType<Header>;
  readonly observation: z.ZodType<O>;
  /** For people: that the first line is no such header, and what to choose instead. */
  readonly refusal: string;
}

export const RUN_LINES: LineFormat<RunHeader, Observation> = {
  header: runHeaderSchema,
  observation: observationSchema,
  refusal:
    'The first line is not the header of a Value-Action Lens run. Choose a .jsonl file that "run" or "import recorded" wrote.',
};

export function formatRunLine(record: RunHeader | Observation): string {
  return formatLine(record);
}

export function formatLine(record: object): string {
  return `${JSON.stringify(record)}\n`;
}

/** What a line holds that is no observation, and where: 1-based. */
export type SkippedLine = ReadRun['skipped'][number];

/**
 * Reads lines in order. A line that is cut or foreign is skipped and named, never guessed at.
 * @throws {RunFileError} where the first line is not the header of a run.
 */
export function readRunLines(lines: Iterable<string>): ReadRun {
  const observations: Observation[] = [];
  const skipped: SkippedLine[] = [];
  const header = visitRunLines(lines, {
    observation: (observation) => observations.push(observation),
    skipped: (line) => skipped.push(line),
  });
  return { header, observations, skipped };
}

/** @throws {RunFileError} where the line is not the header of a run. */
export function parseRunHeader(line: string): RunHeader {
  return checkRunHeader(parseLine(line));
}

/** The same of a line that was parsed. */
export function checkRunHeader(record: unknown): RunHeader {
  return readHeader(record, RUN_LINES);
}

export interface LineVisitor<O, Header = unknown> {
  /** Before anything else. */
  header?(header: Header): void;
  observation(observation: O): void;
  skipped?(line: SkippedLine): void;
}

/**
 * The same line by line, for what must not hold a large run in memory. Returns the header.
 * @throws {RunFileError} where the first line is not the header of a run.
 */
export function visitRunLines(lines: Iterable<string>, visitor: LineVisitor<Observation>): RunHeader {
  return visitLines<RunHeader, Observation>(lines, RUN_LINES, visitor);
}

/**
 * What stands behind the header, an observation at each step: between two of them its caller can do something else.
 * @param before how many lines of the file came before these
 */
export function* walkObservations(
  lines: Iterable<string>,
  before: number,
  visitor: LineVisitor<Observation>,
): Generator<void, void> {
  let number = before;
  for (const line of lines) {
    yield;
    number++;
    if (line.trim() !== '') visitLine(line, number, RUN_LINES.observation, visitor);
  }
}

/**
 * The same for any assignment.
 * @throws {RunFileError} where the first line is not such a header.
 */
export function visitLines<Header, O extends Observed>(
  lines: Iterable<string>,
  format: LineFormat<Header, O>,
  visitor: LineVisitor<O, Header>,
): Header {
  let header: Header | undefined;
  let number = 0;
  for (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    if (header) {
      visitLine(line, number, format.observation, visitor);
      continue;
    }
    header = readHeader(parseLine(line), format);
    visitor.header?.(header);
  }
  if (!header)
    throw new RunFileError('The file is empty: it holds nothing to go on with. Delete it, or choose another.');
  return header;
}

function visitLine<O>(line: string, number: number, format: z.ZodType<O>, visitor: LineVisitor<O>): void {
  const record = parseLine(line);
  const observation = format.safeParse(record);
  if (observation.success) visitor.observation(observation.data);
  else {
    const reason = record === undefined ? 'cut or not JSON' : 'not an observation of this version';
    visitor.skipped?.({ line: number, reason });
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readHeader<Header, O extends Observed>(record: unknown, format: LineFormat<Header, O>): Header {
  const header = format.header.safeParse(record);
  if (header.success) return header.data;
  throw new RunFileError(format.refusal);
}
