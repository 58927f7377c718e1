/** Finds the JSON objects in what a model wrote, whole or broken, and the words around them. */
import { jsonrepair } from 'jsonrepair';

export interface FoundObject {
  readonly content: unknown;
  /** The text the object was read from. */
  readonly text: string;
  /** Not strict JSON; what is here was saved from it. */
  readonly repaired: boolean;
}

export interface FoundObjects {
  readonly objects: readonly FoundObject[];
  /** Everything outside the objects. */
  readonly prose: string;
}

/** Repairing is recursive and slow on garbage; no real answer is near this long (UTF-16 units). */
const REPAIR_LIMIT = 500_000;
/** A cut pair is no longer than this (UTF-16 units). */
const TAIL = 1000;
/** More objects than this are no answer. */
const OBJECT_LIMIT = 1000;

/** Never throws. */
export function findObjects(text: string): FoundObjects {
  const start = text.indexOf('{');
  if (start < 0) return { objects: [], prose: text };
  const end = text.lastIndexOf('}') + 1;
  const widest = text.slice(start, end > start ? end : undefined);
  const strict = parseStrict(widest);
  if (strict !== undefined) {
    const prose = `${text.slice(0, start)}\n${text.slice(start + widest.length)}`;
    return { objects: [{ content: strict, text: widest, repaired: false }], prose };
  }
  return findEach(text, start);
}

function findEach(text: string, start: number): FoundObjects {
  const objects: FoundObject[] = [];
  let prose = text.slice(0, start);
  let at = start;
  while (at >= 0 && at < text.length && objects.length < OBJECT_LIMIT) {
    const { end, closed } = findEnd(text, at);
    const piece = text.slice(at, end);
    const strict = parseStrict(piece);
    const content = strict ?? repair(closed ? piece : dropUnfinished(piece));
    if (content === undefined) prose += piece;
    else objects.push({ content, text: closed ? piece : dropUnfinished(piece), repaired: strict === undefined });
    const next = text.indexOf('{', end);
    prose += `\n${text.slice(end, next < 0 ? undefined : next)}`;
    at = next;
  }
  return { objects, prose };
}

/** The end of the object that opens at `start`; an object that never closes runs to the end of the text. */
function findEnd(text: string, start: number): { end: number; closed: boolean } {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      // A text of an answer stays on its line, so a quote that does not close there was never meant as one.
      else if (char === '"' || char === '\n') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return { end: at + 1, closed: true };
  }
  return { end: text.length, closed: false };
}

/** A last text that was cut may have meant anything ("not like me" of "not like me at all"), so it goes. */
function dropUnfinished(piece: string): string {
  const head = Math.max(0, piece.length - TAIL);
  return piece.slice(0, head) + piece.slice(head).replace(/(["'])[^"'\n]+\1\s*:\s*["']?[^"'\n\d{}[\]][^"'\n]*$/, '');
}

function parseStrict(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function repair(text: string): unknown {
  if (text.length > REPAIR_LIMIT) return undefined;
  try {
    return JSON.parse(jsonrepair(text));
  } catch {
    return undefined;
  }
}

/** What a reasoning model says after it has thought; nothing where the thinking was cut. */
export function skipThinking(raw: string): string {
  const closing = raw.lastIndexOf('</think>');
  if (closing >= 0) return raw.slice(closing + '</think>'.length);
  return raw.trimStart().startsWith('<think>') ? '' : raw;
}
