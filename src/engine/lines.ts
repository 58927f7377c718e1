/** Lines of a file, without holding the file. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

const CHUNK = 1 << 16;
const LINE_END = 0x0a;

/**
 * Splits at `\n` alone. Node's readline also splits at U+2028, which JSON leaves as it is inside strings,
 * so that it would cut an answer in two.
 * @param from offset of the first line that is wanted, in bytes
 */
export function* readLines(path: string, from = 0): Generator<string> {
  const file = openSync(path, 'r');
  let position = from;
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
    for (;;) {
      const read = readSync(file, buffer, kept, CHUNK, position);
      if (read === 0) break;
      position += read;
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

const BLANK = 0x20;

export interface Beginning {
  readonly bytes: number;
  readonly lines: number;
}

/** How far the first line goes that is not blank: a header of megabytes can be passed over without being decoded. */
export function measureHeader(path: string): Beginning {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK);
    let bytes = 0;
    let lines = 0;
    let isBlank = true;
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      for (let at = 0; at < read; at++) {
        const end = chunk.subarray(0, read).indexOf(LINE_END, at);
        const line = chunk.subarray(at, end < 0 ? read : end);
        isBlank &&= line.every((byte) => byte <= BLANK);
        if (end < 0) break;
        lines++;
        if (!isBlank) return { bytes: bytes + end + 1, lines };
        at = end;
      }
      bytes += read;
    }
    return { bytes, lines };
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
