/**
 * Tells in which map an offset is, and whether a key, a value or a list entry stands there. It reads the text around
 * the offset alone, so it holds for half-written lines and costs the same in any file.
 */
import type { TextRange } from '../core/scenario/model';
import { isFlow } from '../core/scenario/pieces';
import { readBlockCursor } from './blockCursor';
import { startOfLine } from './blockLines';
import type { Cursor } from './cursor';
import { type Excerpt, makeExcerpt } from './excerpt';
import { readFlowCursor } from './flowCursor';
import type { PlaceSource } from './model';

/** Undefined in a comment, on a line too long to be read at once, and where nothing can be made out. Never throws. */
export function findCursor(source: PlaceSource, offset: number): Cursor | undefined {
  const { text } = source;
  if (!(offset >= 0 && offset <= text.length)) return undefined;
  const cut = source.cutAt?.(offset);
  const excerpt = cut && makeExcerpt(text, cut, offset);
  if (!excerpt) return readCursor(text, cut?.place ?? documentAround(text, offset), offset);
  const cursor = readCursor(excerpt.text, { start: 0, end: excerpt.text.length }, excerpt.offset);
  return cursor && moveCursor(cursor, excerpt);
}

function readCursor(text: string, document: TextRange, offset: number): Cursor | undefined {
  if (!isFlowAt(text, document)) return readBlockCursor(text, document, offset);
  const start = text.slice(document.start, offset).search(/[{[]/);
  if (start < 0) return undefined;
  return readFlowCursor({ text, start: document.start + start, end: document.end, offset, path: [], notation: 'json' });
}

function moveCursor(cursor: Cursor, { toFile }: Excerpt): Cursor {
  const { range, present, lineStart } = cursor;
  return {
    ...cursor,
    range: toFile(range),
    present: new Map(Array.from(present, ([key, place]) => [key, toFile(place)])),
    // A blank line holds the offset, so its end is no more than that away.
    ...(lineStart !== undefined && { lineStart: toFile(range).start - (range.start - lineStart) }),
  };
}

/** From its `---` line, or the start of the file, to the next one. */
export function documentAt(source: PlaceSource, offset: number): TextRange {
  return source.cutAt?.(offset)?.place ?? documentAround(source.text, offset);
}

function documentAround(text: string, offset: number): TextRange {
  return { start: startBefore(text, offset), end: startAfter(text, offset) };
}

/** Whether a document is JSON, or YAML in brackets. */
function isFlowAt(text: string, { start, end }: TextRange): boolean {
  // The bracket is what comes first, but for comments; nobody writes more of them than this above JSON.
  return isFlow(text.slice(start, Math.min(end, start + 20_000)));
}

function startBefore(text: string, offset: number): number {
  let line = startOfLine(text, offset);
  while (line > 0 && !startsDocument(text, line)) line = line < 2 ? 0 : text.lastIndexOf('\n---', line - 2) + 1;
  return line;
}

function startAfter(text: string, offset: number): number {
  for (let at = text.indexOf('\n---', offset); at >= 0; at = text.indexOf('\n---', at + 1)) {
    if (startsDocument(text, at + 1)) return at + 1;
  }
  return text.length;
}

function startsDocument(text: string, lineStart: number): boolean {
  return /^---(?=\s|$)/.test(text.slice(lineStart, lineStart + 4));
}
