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
    const chunk = Buffer.alloc(CHUNK);
    // What has no line end yet. Decoded only with it, since a chunk may end within a character.
    let rest: Buffer[] = [];
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const bytes = chunk.subarray(0, read);
      const end = bytes.lastIndexOf(LINE_END);
      if (end < 0) {
        rest.push(Buffer.from(bytes));
        continue;
      }
      const lines = Buffer.concat([...rest, bytes.subarray(0, end)]).toString('utf8');
      rest = [Buffer.from(bytes.subarray(end + 1))];
      yield* lines.split('\n');
    }
    const last = Buffer.concat(rest).toString('utf8');
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
