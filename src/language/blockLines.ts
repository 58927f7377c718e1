/** One line of YAML in block style, without a parser: its dashes, its key, and what stands behind them. */
import type { TextRange } from '../core/scenario/model';
import { nameOf } from './flowCursor';

export interface LineKey {
  readonly name: string;
  readonly range: TextRange;
  /** Position of the colon. */
  readonly colon: number;
  /** What stands behind the colon, without anchor, tag, comment and white space around it. */
  readonly inline: TextRange;
  /** Its first sign; empty where nothing stands there. */
  readonly opening: string;
}

export interface BlockLine {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  readonly isBlank: boolean;
  /** A `---` or `...` line. */
  readonly isMarker: boolean;
  /** Of its first sign. */
  readonly column: number;
  /** Columns of its dashes. */
  readonly dashes: readonly number[];
  /** Of what follows the dashes; one blank behind the last where nothing does. */
  readonly contentColumn: number;
  readonly key?: LineKey;
  /** Where there is no key: what follows the dashes. */
  readonly rest: TextRange;
  /** Where a comment starts. */
  readonly comment?: number;
}

/** A key is at most 1024 characters long. */
const KEY_WINDOW = 1100;
/** No quote of ours opens and closes beyond. */
const COMMENT_WINDOW = 100_000;

export function lineAt(text: string, document: TextRange, offset: number): BlockLine {
  const start = Math.max(document.start, startOfLine(text, offset));
  return readLine(text, document, start);
}

/** The closest line above that is neither blank, a comment, nor indented further than `column`. */
export function previousLine(text: string, document: TextRange, before: number, column: number): BlockLine | undefined {
  for (let end = startOfLine(text, before) - 1; end >= document.start; ) {
    const start = Math.max(document.start, startOfLine(text, end));
    if (holdsContent(text, start, column)) return readLine(text, document, start);
    end = start - 1;
  }
  return undefined;
}

/** As `previousLine`, downwards. */
export function nextLine(text: string, document: TextRange, from: number, column: number): BlockLine | undefined {
  for (let newline = text.indexOf('\n', from); newline >= 0 && newline + 1 < document.end; ) {
    if (holdsContent(text, newline + 1, column)) return readLine(text, document, newline + 1);
    newline = text.indexOf('\n', newline + 1);
  }
  return undefined;
}

export function startOfLine(text: string, offset: number): number {
  // A negative position would count as 0.
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Cheap, since walking up a long list passes tens of thousands of lines. */
function holdsContent(text: string, start: number, column: number): boolean {
  const first = text.charCodeAt(start) === BYTE_ORDER_MARK ? start + 1 : start;
  let at = first;
  let code = text.charCodeAt(at);
  for (; code === SPACE || code === TAB; code = text.charCodeAt(++at)) if (at - first >= column) return false;
  // Not a number behind the last line.
  if (Number.isNaN(code) || code === LINE_FEED || code === CARRIAGE_RETURN || code === HASH) return false;
  return !(at === first && /^(?:---|\.\.\.)(?=\s|$)/.test(text.slice(at, at + 4)));
}

const BYTE_ORDER_MARK = 0xfeff;
const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const HASH = 35;

function readLine(text: string, document: TextRange, at: number): BlockLine {
  const start = text[at] === '\uFEFF' ? at + 1 : at;
  const newline = text.indexOf('\n', start);
  const stop = newline < 0 || newline > document.end ? document.end : newline;
  const end = stop > start && text[stop - 1] === '\r' ? stop - 1 : stop;
  const window = text.slice(start, Math.min(end, start + COMMENT_WINDOW));
  const comment = findComment(window);
  const limit = comment ?? window.length;
  const indent = /^[ \t]*/.exec(window)?.[0].length ?? 0;

  const dashes: number[] = [];
  let column = indent;
  while (column < limit && window[column] === '-' && /^\s?$/.test(window[column + 1] ?? '')) {
    dashes.push(column);
    column += 1 + blanksAt(window.slice(0, limit), column + 1);
  }
  const isEmpty = column >= limit;
  const contentColumn = isEmpty && dashes.length > 0 ? (dashes.at(-1) ?? 0) + 2 : column;
  const key = isEmpty ? undefined : readKey(window.slice(0, limit), start, column);
  return {
    start,
    end,
    isBlank: window.trim() === '',
    isMarker: /^(?:---|\.\.\.)(?=\s|$)/.test(window),
    column: indent,
    dashes,
    contentColumn,
    rest: isEmpty ? { start: start + limit, end: start + limit } : trimmed(window, start, column, limit),
    ...(key ? { key } : {}),
    ...(comment === undefined ? {} : { comment: start + comment }),
  };
}

const KEY = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'{}[\],#&*!|>@%`:][^:]*?)[ \t]*:(?=\s|$)/;

function readKey(line: string, start: number, column: number): LineKey | undefined {
  const match = KEY.exec(line.slice(column, column + KEY_WINDOW));
  if (!match) return undefined;
  const written = match[0].slice(0, -1).trimEnd();
  const colon = column + match[0].length - 1;
  const properties = /^(?:\s+[&!]\S*)*\s*/.exec(line.slice(colon + 1, colon + 1 + KEY_WINDOW))?.[0].length ?? 0;
  const inline = trimmed(line, start, colon + 1 + properties, line.length);
  return {
    name: nameOf(written),
    range: { start: start + column, end: start + column + written.length },
    colon: start + colon,
    inline,
    opening: inline.start < inline.end ? (line[inline.start - start] ?? '') : '',
  };
}

function trimmed(line: string, start: number, from: number, to: number): TextRange {
  let last = to;
  while (last > from && /\s/.test(line[last - 1] ?? '')) last--;
  return { start: start + Math.min(from, last), end: start + last };
}

function blanksAt(line: string, at: number): number {
  let count = 0;
  while (at + count < line.length && /[ \t]/.test(line[at + count] ?? '')) count++;
  return count;
}

/** A mark behind a blank, outside of quotes; quotes open only where a text starts. */
function findComment(line: string): number | undefined {
  if (!line.includes('#')) return undefined;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (quote) {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && /(?:^|[\s[{,:-])$/.test(line.slice(Math.max(0, at - 1), at)))
      quote = char;
    else if (char === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) return at;
  }
  return undefined;
}
