/** Lines of a file, without holding the file. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

const CHUNK = 1 << 16;
const LINE_END = 0x0a;

/**
 * Splits at `\n` alone. Node's readline also splits at U+2028, which JSON leaves as it is inside strings,
 * so that it would cut an answer in two.
 */
export function* readLines(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    // One buffer for all of the file: its beginning has what is read and not yet given out.
    const buffer = Buffer.alloc(2 * CHUNK);
    let kept = 0;
    /** The beginning of a line that is longer than a chunk, a header of megabytes. */
    let parts: Buffer[] = [];
    // Decoded up to a line end, since a chunk may end within a character.
    const decode = (length: number) =>
      parts.length === 0
        ? buffer.toString('utf8', 0, length)
        : Buffer.concat([...parts, buffer.subarray(0, length)]).toString('utf8');
    for (let read = readInto(file, buffer, kept); read > 0; read = readInto(file, buffer, kept)) {
      const filled = kept + read;
      const end = buffer.subarray(kept, filled).lastIndexOf(LINE_END);
      if (end < 0) {
        parts.push(Buffer.from(buffer.subarray(0, filled)));
        kept = 0;
        continue;
      }
      const lines = decode(kept + end);
      parts = [];
      buffer.copyWithin(0, kept + end + 1, filled);
      kept = read - end - 1;
      yield* lines.split('\n');
    }
    const last = decode(kept);
    if (last !== '') yield last;
  } finally {
    closeSync(file);
  }
}

/** Offset just behind the last line end, in bytes; 0 where there is none. */
export async function findLastLineEnd(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const chunk = Buffer.alloc(CHUNK);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - CHUNK);
    const { bytesRead } = await handle.read(chunk, 0, end - start, start);
    const at = chunk.subarray(0, bytesRead).lastIndexOf(LINE_END);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}

function readInto(file: number, buffer: Buffer, from: number): number {
  return readSync(file, buffer, from, CHUNK, null);
}
