/** The cursor in block style, told by the indentation of the lines around it. */
import type { TextRange } from '../core/scenario/model';
import { kindAt } from '../core/scenario/schemaPaths';
import { type BlockLine, type LineKey, lineAt, nextLine, previousLine } from './blockLines';
import type { Cursor } from './cursor';
import { readFlowCursor } from './flowCursor';

/** Deeper than any scenario. */
const DEPTH_LIMIT = 60;
/** A longer line is no line of a scenario. */
const LINE_LIMIT = 100_000;

interface Surroundings {
  /** From the root down: the keys and dashes that the line is indented below. */
  readonly chain: readonly Step[];
  readonly present: Map<string, TextRange>;
  /** Of the list's dashes or the map's keys on this level; undefined where the line is the first of its level. */
  readonly level?: 'key' | 'dash';
}

/** A key, or a dash. */
interface Step {
  readonly column: number;
  readonly key?: LineKey;
}

export function readBlockCursor(text: string, document: TextRange, offset: number): Cursor | undefined {
  const line = lineAt(text, document, offset);
  if (line.end - line.start > LINE_LIMIT || line.isMarker) return undefined;
  if (line.isBlank) return readOnBlank(text, document, offset, line);
  if (line.comment !== undefined && offset > line.comment) {
    // A mark in a block text is no comment.
    const around = look(text, document, line, line.column, 'key');
    return around && isBlockText(lastKey(around.chain)) ? textCursor(around, line, offset) : undefined;
  }
  const around = look(text, document, line, line.column, line.dashes.length > 0 ? 'dash' : 'key');
  if (!around) return undefined;
  const owner = findText(around.chain);
  if (owner) return readWithin(text, document, offset, around, owner, line);
  return readOnLine(text, document, offset, line, around);
}

/** A line of which some is written. */
function readOnLine(
  text: string,
  document: TextRange,
  offset: number,
  line: BlockLine,
  around: Surroundings,
): Cursor | undefined {
  const dashes = line.dashes.filter((column) => line.start + column < offset);
  const base = [...pathOf(around.chain), ...dashes.map(() => 0)];
  if (dashes.length < line.dashes.length || offset < line.start + line.column) return undefined;
  const { key } = line;
  const column = line.contentColumn;
  const below = (): Map<string, TextRange> => {
    const present = line.dashes.length > 0 ? new Map<string, TextRange>() : new Map(around.present);
    collectBelow(text, document, line, column, present);
    return present;
  };
  if (key && offset > key.colon) {
    if (isFlowText(key) && offset > key.inline.start) {
      const { start } = key.inline;
      return readFlowCursor({ text, start, end: document.end, offset, path: [...base, key.name], notation: 'flow' });
    }
    const range = valueRange(key.inline, offset);
    return { ...block([...base, key.name], 'value', range, column), present: below() };
  }
  if (key) return { ...block(base, 'key', key.range, column), present: below(), closed: true };
  const { rest } = line;
  if (rest.start < rest.end && /[{[]/.test(text[rest.start] ?? '') && offset > rest.start) {
    return readFlowCursor({ text, start: rest.start, end: document.end, offset, path: base, notation: 'flow' });
  }
  const range = valueRange(rest, offset);
  const kind = kindAt(base);
  if (kind === 'text') return { ...block(base, 'value', range, column), present: new Map() };
  if (kind === 'list')
    return { ...block(base, 'entry', range, around.chain.length ? line.column : 0), present: new Map() };
  return { ...block(base, 'key', range, column), present: below() };
}

function readOnBlank(text: string, document: TextRange, offset: number, line: BlockLine): Cursor | undefined {
  let column = alignBelow(text, document, line, offset - line.start);
  let around = look(text, document, line, column, 'key');
  for (let turn = 0; around && turn < DEPTH_LIMIT; turn++) {
    const owner = findText(around.chain);
    if (owner?.key && (isBlockText(owner.key) || isFlowText(owner.key))) {
      return readWithin(text, document, offset, around, owner, line);
    }
    // Below a finished text nothing is indented further: what comes next stands in line with its key.
    const aligned = owner?.column ?? alignToParent(around, column);
    if (aligned === column) break;
    column = aligned;
    around = look(text, document, line, column, 'key');
  }
  if (!around) return undefined;
  const path = pathOf(around.chain);
  const inList = kindAt(path) === 'list';
  const present = new Map(around.present);
  if (!inList) collectBelow(text, document, line, column, present);
  const range = { start: offset, end: offset };
  return { ...block(path, inList ? 'entry' : 'key', range, column), present, lineStart: line.start };
}

/** Inside of a text of several lines, or of brackets that opened on a line above. */
function readWithin(
  text: string,
  document: TextRange,
  offset: number,
  around: Surroundings,
  owner: Step,
  line: BlockLine,
): Cursor | undefined {
  const chain = around.chain.slice(0, around.chain.indexOf(owner) + 1);
  if (owner.key && isFlowText(owner.key)) {
    const { start } = owner.key.inline;
    return readFlowCursor({ text, start, end: document.end, offset, path: pathOf(chain), notation: 'flow' });
  }
  return textCursor({ ...around, chain }, line, offset);
}

function textCursor(around: Surroundings, line: BlockLine, offset: number): Cursor {
  const range = { start: Math.min(offset, line.start + line.column), end: Math.max(offset, line.end) };
  return { ...block(pathOf(around.chain), 'value', range, 0), present: new Map() };
}

/**
 * Walks up the lines to the root.
 * @param column of the line's first sign, a dash included
 * @param sign what the line starts with; the dashes of a list may stand right below the list's key
 */
function look(
  text: string,
  document: TextRange,
  from: BlockLine,
  column: number,
  sign: 'key' | 'dash',
): Surroundings | undefined {
  const chain: Step[] = [];
  const present = new Map<string, TextRange>();
  let level: 'key' | 'dash' | undefined;
  let limit = column;
  let under = sign;
  for (
    let line = previousLine(text, document, from.start, limit);
    line && (limit > 0 || under === 'dash' || chain.length === 0);
    line = previousLine(text, document, line.start, limit)
  ) {
    const { key } = line;
    const keyColumn = line.contentColumn;
    if (key && chain.length === 0 && keyColumn === column && under === 'key') {
      if (!present.has(key.name)) present.set(key.name, key.range);
      level ??= 'key';
    }
    if (key && (keyColumn < limit || (keyColumn === limit && under === 'dash' && line.dashes.length === 0))) {
      chain.push({ column: keyColumn, key });
      [limit, under] = [keyColumn, 'key'];
    }
    for (const dash of [...line.dashes].reverse()) {
      if (dash === limit && chain.length === 0 && level === undefined) level = 'dash';
      // On a blank line below the dashes of a list the next dash can stand.
      if (dash === limit && chain.length === 0 && level === 'dash') under = 'dash';
      if (dash >= limit) continue;
      chain.push({ column: dash });
      [limit, under] = [dash, 'dash'];
    }
    if (chain.length > DEPTH_LIMIT) return undefined;
  }
  return { chain: chain.reverse(), present, ...(level ? { level } : {}) };
}

/** A line cannot be indented less than the next one and yet not open a block. */
function alignBelow(text: string, document: TextRange, from: BlockLine, column: number): number {
  const next = nextLine(text, document, from.end, Number.POSITIVE_INFINITY);
  return next ? Math.max(column, next.column) : column;
}

/** The first line of a level behind a dash stands two columns further in. */
function alignToParent({ chain, level }: Surroundings, column: number): number {
  const parent = chain.at(-1);
  if (level !== undefined || !parent) return parent ? column : 0;
  return parent.key ? column : Math.max(column, parent.column + 2);
}

function collectBelow(
  text: string,
  document: TextRange,
  from: BlockLine,
  column: number,
  present: Map<string, TextRange>,
): void {
  for (let line = nextLine(text, document, from.end, column); line; line = nextLine(text, document, line.end, column)) {
    if (line.column < column) return;
    if (line.dashes.length === 0 && line.key && !present.has(line.key.name)) present.set(line.key.name, line.key.range);
  }
}

/** The first key from the root down that has a text behind it: all that is indented below it belongs to it. */
function findText(chain: readonly Step[]): Step | undefined {
  return chain.find(({ key }) => key && key.inline.start < key.inline.end);
}

function lastKey(chain: readonly Step[]): LineKey | undefined {
  return findText(chain)?.key;
}

function isBlockText(key: LineKey | undefined): boolean {
  return key !== undefined && /^[|>]/.test(key.opening);
}

function isFlowText(key: LineKey): boolean {
  return /^[{[]/.test(key.opening);
}

function pathOf(chain: readonly Step[]): (string | number)[] {
  return chain.map(({ key }) => key?.name ?? 0);
}

function valueRange({ start, end }: TextRange, offset: number): TextRange {
  if (start === end) return { start: offset, end: offset };
  return { start: Math.min(start, offset), end: Math.max(end, offset) };
}

function block(path: Cursor['path'], slot: Cursor['slot'], range: TextRange, column: number): Omit<Cursor, 'present'> {
  return { path, slot, range, notation: 'block', closed: false, column };
}
