/**
 * Tells in which map an offset is, and whether a key, a value or a list entry stands there. It reads the text around
 * the offset alone, so it holds for half-written lines and costs the same in any file.
 */
import type { TextRange } from '../core/scenario/model';
import { isFlow } from '../core/scenario/pieces';
import { readBlockCursor } from './blockCursor';
import { startOfLine } from './blockLines';
import type { Cursor } from './cursor';
import { readFlowCursor } from './flowCursor';

/** Undefined in a comment, on a line too long to be read at once, and where nothing can be made out. Never throws. */
export function findCursor(text: string, offset: number): Cursor | undefined {
  if (!(offset >= 0 && offset <= text.length)) return undefined;
  const document = documentAt(text, offset);
  if (!isFlowAt(text, document)) return readBlockCursor(text, document, offset);
  const start = text.slice(document.start, offset).search(/[{[]/);
  if (start < 0) return undefined;
  return readFlowCursor({ text, start: document.start + start, end: document.end, offset, path: [], notation: 'json' });
}

/** From its `---` line, or the start of the file, to the next one. */
export function documentAt(text: string, offset: number): TextRange {
  return { start: startBefore(text, offset), end: startAfter(text, offset) };
}

/** Whether a document is JSON, or YAML in brackets. */
export function isFlowAt(text: string, { start, end }: TextRange): boolean {
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
