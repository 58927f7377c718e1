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
    let buffer = Buffer.alloc(2 * CHUNK);
    let kept = 0;
    for (;;) {
      if (kept + CHUNK > buffer.length) buffer = resize(buffer, 2 * buffer.length, kept);
      const read = readSync(file, buffer, kept, CHUNK, null);
      if (read === 0) break;
      const end = buffer.subarray(kept, kept + read).lastIndexOf(LINE_END);
      const filled = kept + read;
      if (end < 0) {
        kept = filled;
        continue;
      }
      // Decoded up to a line end, since a chunk may end within a character.
      const lines = buffer.toString('utf8', 0, kept + end);
      buffer.copyWithin(0, kept + end + 1, filled);
      kept = filled - (kept + end + 1);
      if (buffer.length > 2 * CHUNK) buffer = resize(buffer, 2 * CHUNK, kept);
      yield* lines.split('\n');
    }
    const last = buffer.toString('utf8', 0, kept);
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

function resize(buffer: Buffer<ArrayBuffer>, length: number, kept: number): Buffer<ArrayBuffer> {
  const other = Buffer.alloc(length);
  buffer.copy(other, 0, 0, kept);
  return other;
}
