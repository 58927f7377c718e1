/** Cuts a JSON document into its items, so that a change in one does not mean to read them all again. */
import type { TextRange } from './model';
import { ITEM_LIMIT, type ItemPieces } from './pieces';

const MARKS = /["{}[\],:]|[^\s"{}[\],:\w.+\-\uFEFF]/g;

/**
 * Undefined where there are no items, and for YAML in brackets that is no plain JSON: there quotes and commas can mean
 * something else.
 */
export function splitFlowItems(text: string): ItemPieces | undefined {
  const open = /^\uFEFF?(?:---)?\s*\{/.exec(text);
  if (!open) return undefined;
  const found = findList(text, open[0].length);
  if (!found) return undefined;
  const items: TextRange[] = [];
  let start = found.start;
  const end = scan(text, found.start, (at, mark) => {
    if (mark === ',') {
      items.push({ start, end: at });
      start = at + 1;
    }
    return mark === ']';
  });
  if (end === undefined) return undefined;
  items.push({ start, end });
  // "[a, , b]" and "[a, ]" are for the parser to judge.
  if (items.length > ITEM_LIMIT || items.some((item) => isBlank(text, item))) return undefined;
  return { key: found.key, items, gap: { start: found.start, end }, flow: true };
}

/** The key `items` of the outermost map, and where its list starts. */
function findList(text: string, from: number): { key: TextRange; start: number } | undefined {
  let key: TextRange | undefined;
  let start: number | undefined;
  scan(
    text,
    from,
    (at, mark) => {
      if (mark === '[' && key && isBlank(text, { start: text.indexOf(':', key.end) + 1, end: at })) {
        start = at + 1;
        return true;
      }
      if (mark === ',') key = undefined;
      return mark === '}';
    },
    (string, next) => {
      if (text.slice(string.start + 1, string.end - 1) === 'items' && next === ':') key = string;
    },
  );
  return key && start !== undefined ? { key, start } : undefined;
}

/**
 * Visits the marks of the level it starts in, and goes round everything below.
 *
 * @param visit called for `,`, closing and opening brackets of this level; true to stop there
 * @param meet called for each text of this level, with the mark behind it
 * @returns where `visit` stopped; undefined where it did not, or where the text is no JSON
 */
function scan(
  text: string,
  from: number,
  visit: (at: number, mark: string) => boolean,
  meet?: (string: TextRange, next: string | undefined) => void,
): number | undefined {
  let depth = 0;
  MARKS.lastIndex = from;
  for (let found = MARKS.exec(text); found; found = MARKS.exec(text)) {
    const mark = found[0];
    const at = found.index;
    if (mark === '"') {
      const end = endOfString(text, at);
      if (end === undefined) return undefined;
      if (depth === 0 && meet) meet({ start: at, end }, /^\s*(\S)/.exec(text.slice(end, end + 40))?.[1]);
      MARKS.lastIndex = end;
    } else if (mark === '{' || mark === '[') {
      if (depth === 0 && visit(at, mark)) return at;
      depth++;
    } else if (mark === '}' || mark === ']') {
      if (depth === 0) return visit(at, mark) ? at : undefined;
      depth--;
    } else if (mark === ',') {
      if (depth === 0 && visit(at, mark)) return at;
    } else if (mark !== ':') return undefined;
  }
  return undefined;
}

/** Behind the closing quote; a text without one on its line is no JSON. */
function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '"') return at + 1;
    if (char === '\n') return undefined;
    if (char === '\\') at++;
  }
  return undefined;
}

function isBlank(text: string, { start, end }: TextRange): boolean {
  return text.slice(start, end).trim() === '';
}
