/** Cuts a text by its lines alone, which works however broken the YAML within is. */
import type { TextRange } from './model';

export interface TextPiece extends TextRange {
  readonly text: string;
}

/** The documents of a file; each starts at its `---` line, the first at the start of the text. */
export function splitDocuments(text: string): TextPiece[] {
  const starts = [0];
  for (const { index } of text.matchAll(/^---(?=\s|$)/gm)) if (index > 0) starts.push(index);
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? text.length;
    return { start, end, text: text.slice(start, end) };
  });
}

/** JSON, or YAML that looks like it. */
export function isFlow(document: string): boolean {
  return /^\uFEFF?(?:---)?(?:\s|#[^\n]*\n)*[{[]/.test(document);
}

export interface ItemPieces {
  /** The document with its items blanked out, every position kept. */
  readonly head: string;
  /** Where `items` stands. */
  readonly key: TextRange;
  /** Each with its own dash; positions in the file. */
  readonly items: readonly TextPiece[];
}

/** Finds the items of a document in block style; undefined where there are none. */
export function splitItems(piece: TextPiece): ItemPieces | undefined {
  const key = /^items[^\S\n]*:[^\S\n]*(?:#[^\n]*)?\r?$/m.exec(piece.text);
  if (!key) return undefined;
  const lines = linesFrom(piece.text, key.index + key[0].length + 1);
  const first = lines.find(({ text }) => !isFiller(text));
  const indent = first && /^( *)-(?:\s|$)/.exec(first.text)?.[1]?.length;
  if (indent === undefined) return undefined;

  const starts: number[] = [];
  let end = piece.text.length;
  for (const line of lines) {
    if (isFiller(line.text)) continue;
    const depth = depthOf(line.text);
    const dash = depth === indent && /^-(?:\s|$)/.test(line.text.slice(indent));
    if (dash) starts.push(line.start);
    else if (depth < indent || (depth === 0 && indent === 0 && /^\S/.test(line.text))) {
      end = line.start;
      break;
    }
  }
  const items = starts.map((start, at) => {
    const stop = starts[at + 1] ?? end;
    return { start: start + piece.start, end: stop + piece.start, text: piece.text.slice(start, stop) };
  });
  const from = starts[0] ?? end;
  const blank = piece.text.slice(from, end).replace(/[^\r\n]/g, ' ');
  const start = piece.start + key.index;
  return { head: piece.text.slice(0, from) + blank + piece.text.slice(end), key: { start, end: start + 5 }, items };
}

/** Blanks every line with an odd number of quotes, and says where each opened. */
export function withoutOpenQuotes(text: string): { text: string; open: TextRange[] } {
  const open: TextRange[] = [];
  let kept = '';
  for (const line of linesFrom(text, 0)) {
    const quotes = Array.from(line.text.matchAll(/\\.|"/g)).filter(({ 0: found }) => found === '"');
    const last = quotes.at(-1);
    const closing = text.slice(line.start + line.text.length, line.next);
    if (quotes.length % 2 === 0 || !last) kept += line.text + closing;
    else {
      open.push({ start: line.start + last.index, end: line.start + line.text.trimEnd().length });
      kept += line.text.replace(/[^\r]/g, ' ') + closing;
    }
  }
  return { text: kept, open };
}

interface Line {
  readonly start: number;
  readonly next: number;
  readonly text: string;
}

function linesFrom(text: string, from: number): Line[] {
  const lines: Line[] = [];
  for (let start = from; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    lines.push({ start, next, text: text.slice(start, newline < 0 ? undefined : newline) });
    start = next;
  }
  return lines;
}

/** In spaces; a tab is a mistake within an item, not its end. */
function depthOf(line: string): number {
  const spaces = /^ */.exec(line)?.[0].length ?? 0;
  return line[spaces] === '\t' ? Number.POSITIVE_INFINITY : spaces;
}

/** Blank, or nothing but a comment. */
function isFiller(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line);
}
