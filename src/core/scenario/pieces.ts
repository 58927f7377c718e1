/** Cuts a text by its lines alone, which works however broken the YAML within is. */
import type { TextRange } from './model';

/** The documents of a file; each starts at its `---` line, the first at the start of the text. */
export function splitDocuments(text: string): TextRange[] {
  const starts = [0];
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 4)) {
    const behind = text[at + 4];
    if (behind === undefined || /\s/.test(behind)) starts.push(at + 1);
  }
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? text.length }));
}

/** JSON, or YAML that looks like it. */
export function isFlow(document: string): boolean {
  return /^\uFEFF?(?:---)?(?:\s|#[^\n]*\n)*[{[]/.test(document);
}

/** A document cut into its items and the rest. Positions count in the document. */
export interface ItemPieces {
  /** Where `items` stands. */
  readonly key: TextRange;
  /** Each from the start of its line in block style; at least one, in order. */
  readonly items: readonly TextRange[];
  /** What lies between, the items and all that stands among them; the rest is the head. */
  readonly gap: TextRange;
  /** Whether the items stand in brackets. */
  readonly flow: boolean;
}

/** Many times the published dataset in a single document; what is beyond is no list of items. */
export const ITEM_LIMIT = 50_000;

const DASH = 45;
const SPACE = 32;
const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const HASH = 35;

/** Finds the items of a document in block style; undefined where there are none. */
export function splitItems(text: string): ItemPieces | undefined {
  const found = /^items[^\S\n]*:[^\S\n]*(?:#[^\n]*)?\r?$/m.exec(text);
  if (!found) return undefined;
  const starts: number[] = [];
  let indent = -1;
  let end = text.length;
  for (let line = found.index + found[0].length + 1; line < text.length; ) {
    const newline = text.indexOf('\n', line);
    const next = newline < 0 ? text.length : newline + 1;
    const first = contentOf(text, line, next);
    if (first >= 0) {
      const depth = first - line;
      const dash = isDash(text, first);
      if (indent < 0) {
        if (!dash) return undefined;
        indent = depth;
      }
      if (dash && depth === indent) starts.push(line);
      else if (depth === 0 && !dash && !continuesItem(text, line, indent)) {
        end = line;
        break;
      }
    }
    line = next;
  }
  const [start] = starts;
  if (start === undefined || starts.length > ITEM_LIMIT) return undefined;
  return {
    key: { start: found.index, end: found.index + 'items'.length },
    items: starts.map((at, index) => ({ start: at, end: starts[index + 1] ?? end })),
    gap: { start, end },
    flow: false,
  };
}

/** Where a line's content starts; -1 for a blank line or a comment. A tab counts as content: it is a mistake. */
function contentOf(text: string, line: number, next: number): number {
  let at = line;
  while (at < next && text.charCodeAt(at) === SPACE) at++;
  let sign = at;
  while (sign < next && isWhite(text.charCodeAt(sign))) sign++;
  return sign === next || text.charCodeAt(sign) === HASH ? -1 : at;
}

/** A tab is a mistake within an item, not its end; a bracket that ends an item may stand below its dash. */
function continuesItem(text: string, line: number, indent: number): boolean {
  return text.charCodeAt(line) === TAB || (indent === 0 && /[\]}]/.test(text[line] ?? ''));
}

function isDash(text: string, at: number): boolean {
  return text.charCodeAt(at) === DASH && (at + 1 === text.length || isWhite(text.charCodeAt(at + 1)));
}

function isWhite(code: number): boolean {
  return code === SPACE || code === TAB || code === LINE_FEED || code === CARRIAGE_RETURN;
}

/** Blanks every line with an odd number of quotes, and says where each opened. */
export function withoutOpenQuotes(text: string): { text: string; open: TextRange[] } {
  const open: TextRange[] = [];
  const kept: string[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(start, next);
    const last = lastOpenQuote(line);
    if (last < 0) kept.push(line);
    else {
      open.push({ start: start + last, end: start + line.trimEnd().length });
      kept.push(line.replace(/[^\r\n]/g, ' '));
    }
    start = next;
  }
  return { text: kept.join(''), open };
}

/** Of a line with an odd number of quotes the last one; -1 where they pair. */
function lastOpenQuote(line: string): number {
  let last = -1;
  let odd = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '"') [last, odd] = [at, !odd];
  }
  return odd ? last : -1;
}
