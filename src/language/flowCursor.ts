/** The cursor inside brackets: JSON documents, and the lists and maps in brackets of YAML. */
import type { TextRange } from '../core/scenario/model';
import type { SchemaPath } from '../core/scenario/schemaPaths';
import type { Cursor } from './cursor';

export interface FlowSource {
  readonly text: string;
  /** Of the opening bracket. */
  readonly start: number;
  readonly end: number;
  readonly offset: number;
  /** Of what the bracket opens. */
  readonly path: SchemaPath;
  readonly notation: 'flow' | 'json';
}

interface Frame {
  readonly kind: 'map' | 'list';
  readonly parent?: Frame;
  /** How the parent leads here. */
  readonly step?: string | number;
  readonly depth: number;
  readonly keys: Map<string, TextRange>;
  /** Of a map: the key whose value comes next. */
  key?: string;
}

/** Deeper than any scenario. */
const DEPTH_LIMIT = 60;

/** Undefined outside of the brackets and where they are nested too deeply. */
export function readFlowCursor(source: FlowSource): Cursor | undefined {
  const { text, end, offset } = source;
  let frame: Frame | undefined;
  let found: { frame: Frame; slot: 'key' | 'value'; key?: string; range: TextRange; closed: boolean } | undefined;
  const find = (range: TextRange, closed: boolean) => {
    if (found || !frame) return;
    const slot = frame.kind === 'map' && frame.key === undefined ? 'key' : 'value';
    found = { frame, slot, ...(frame.key === undefined ? {} : { key: frame.key }), range, closed };
  };

  for (let at = source.start; at < end; ) {
    const char = text[at] ?? '';
    if (at >= offset && at > source.start && !found && !isTokenStart(char)) find({ start: offset, end: offset }, false);
    if (isBlank(text.charCodeAt(at))) at++;
    else if (char === '#' && /\s/.test(text[at - 1] ?? ' ')) {
      const newline = text.indexOf('\n', at);
      const stop = newline < 0 ? end : newline;
      if (offset > at && offset <= stop) return undefined;
      at = stop;
    } else if (char === '{' || char === '[') {
      if (at >= offset && at > source.start) find({ start: offset, end: offset }, false);
      frame = open(frame, char === '{' ? 'map' : 'list');
      at++;
    } else if (char === '}' || char === ']') {
      if (found?.frame === frame || !frame) break;
      frame = frame.parent;
      if (frame) frame.key = undefined;
      else break;
      at++;
    } else if (char === ',') {
      if (frame) frame.key = undefined;
      at++;
    } else if (char === ':') at++;
    else {
      const range = { start: at, end: endOfToken(text, at, end) };
      const closed = frame?.kind === 'map' && frame.key === undefined && isColonAfter(text, range.end, end);
      if (offset >= range.start && offset <= range.end) find(range, closed);
      else if (offset < range.start) find({ start: offset, end: offset }, false);
      if (frame && closed) {
        const name = nameOf(text.slice(range.start, range.end));
        if (found?.range.start !== range.start) frame.keys.set(name, range);
        frame.key = name;
      } else if (frame && frame.kind === 'map') frame.key = undefined;
      at = range.end;
    }
    if (found && found.frame.kind === 'list') break;
  }
  if (!found && frame && offset >= end) find({ start: offset, end: offset }, false);
  if (!found || found.frame.depth > DEPTH_LIMIT) return undefined;
  const own = pathOf(found.frame);
  const last = found.frame.kind === 'list' ? [0] : found.key === undefined ? [] : [found.key];
  const present = new Map(found.frame.keys);
  if (found.key !== undefined) present.delete(found.key);
  return {
    path: [...source.path, ...own, ...last],
    slot: found.slot,
    range: found.range,
    present,
    notation: source.notation,
    closed: found.closed,
    column: 0,
  };
}

function open(parent: Frame | undefined, kind: Frame['kind']): Frame {
  const keys = new Map<string, TextRange>();
  if (!parent) return { kind, depth: 0, keys };
  const step = parent.kind === 'list' ? 0 : (parent.key ?? '');
  return { kind, parent, step, depth: parent.depth + 1, keys };
}

function pathOf(frame: Frame): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Frame | undefined = frame; at?.parent; at = at.parent) path.unshift(at.step ?? '');
  return path;
}

function isTokenStart(char: string): boolean {
  return !/[\s{}[\],:#]/.test(char);
}

/** Texts in quotes end at the line's end at the latest: what is still being written must not take in the rest. */
function endOfToken(text: string, start: number, end: number): number {
  const quote = text[start];
  if (quote === '"' || quote === "'") return endOfQuoted(text, start, end);
  for (let at = start + 1; at < end; at++) {
    const char = text[at] ?? '';
    if (/[,[\]{}\n]/.test(char) || (char === ':' && /[\s,[\]{}]|^$/.test(text[at + 1] ?? ''))) {
      let last = at;
      while (last > start + 1 && /\s/.test(text[last - 1] ?? '')) last--;
      return last;
    }
  }
  return end;
}

/** By code: a long file is made of little else. */
function endOfQuoted(text: string, start: number, end: number): number {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) return text.charCodeAt(at - 1) === CARRIAGE_RETURN ? at - 1 : at;
    if (code === BACKSLASH && quote === DOUBLE_QUOTE && text.charCodeAt(at + 1) !== LINE_FEED) at++;
    else if (code === quote) {
      if (quote === DOUBLE_QUOTE || text.charCodeAt(at + 1) !== quote) return at + 1;
      at++;
    }
  }
  return end;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const BACKSLASH = 92;

function isColonAfter(text: string, from: number, end: number): boolean {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at < end && text[at] === ':';
}

/** A key or a name without its quotes; escapes stay as they are, since no key of ours has any. */
export function nameOf(token: string): string {
  const quoted = /^(["'])([\s\S]*?)\1?$/.exec(token);
  return quoted ? (quoted[2] ?? '') : token;
}
