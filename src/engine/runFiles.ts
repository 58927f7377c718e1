/** Run files, read back. */

import type { Observed } from '../core/runs/assignment';
import type { Observation, RunHeader } from '../core/runs/record';
import {
  type LineFormat,
  type LineVisitor,
  type ReadRun,
  RunFileError,
  readRunLines,
  visitLines,
  visitRunLines,
  walkObservations,
} from '../core/runs/runFile';
import { KnownTexts } from './knownTexts';
import { measureHeader, readLines } from './lines';

/** @throws {RunFileError} where the file is gone, unreadable or no run; the message names it. */
export function readRun(path: string): ReadRun {
  return naming(path, () => readRunLines(readLines(path)));
}

/**
 * The same, one observation after the other, none of them kept. Returns the header.
 * @throws {RunFileError} as `readRun`.
 */
export function visitRun(path: string, visitor: LineVisitor<Observation>): RunHeader {
  return naming(path, () => visitRunLines(readLines(path), visitor));
}

/**
 * The observations alone, for who has read the header, in a process that others wait for: it lets them in whenever it
 * has read for `sliceMs` milliseconds.
 * @throws {RunFileError} where the file is gone or unreadable; the message names it.
 */
export async function visitObservationsInSlices(
  path: string,
  visitor: LineVisitor<Observation>,
  sliceMs: number,
): Promise<void> {
  try {
    const { bytes, lines } = measureHeader(path);
    const steps = walkObservations(readLines(path, bytes), lines, visitor);
    let sliceEnd = performance.now() + sliceMs;
    while (!steps.next().done) {
      if (performance.now() < sliceEnd) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceEnd = performance.now() + sliceMs;
    }
  } catch (error) {
    throw nameFile(path, error);
  }
}

/**
 * The same for the journal of any assignment.
 * @throws {RunFileError} as `readRun`.
 */
export function visitJournal<Header, O extends Observed>(
  path: string,
  format: LineFormat<Header, O>,
  visitor: LineVisitor<O, Header>,
): Header {
  return naming(path, () => visitLines(readLines(path), format, visitor));
}

/**
 * The header alone, from the first line: what a list of runs needs.
 * @param texts for who reads several: holds what they have in common once
 * @throws {RunFileError} as `readRun`.
 */
export function readRunHeader(path: string, texts = new KnownTexts()): RunHeader {
  return naming(path, () => {
    const [line] = firstOf(readLines(path));
    return line === undefined ? readRunLines([]).header : texts.readHeader(line);
  });
}

function* firstOf(lines: Generator<string>): Generator<string> {
  for (const line of lines) {
    if (line.trim() === '') continue;
    yield line;
    return;
  }
}

function naming<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw nameFile(path, error);
  }
}

function nameFile(path: string, error: unknown): RunFileError {
  if (error instanceof RunFileError) return new RunFileError(`${path}: ${error.message}`);
  const code = (error as NodeJS.ErrnoException).code;
  const said =
    code === 'ENOENT'
      ? 'There is no such file; it may have been moved or deleted.'
      : error instanceof Error
        ? error.message
        : String(error);
  return new RunFileError(`${path}: ${said}`);
}
