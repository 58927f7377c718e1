/** Where a part of a scalar's text stands in the source, through quotes, escapes, folding and indentation. */
import type { TextRange } from '../core/scenario/model';

/** One character as YAML reads it and the source that stands for it. White space of any length is one blank. */
interface SourceChar {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The first place where `span` occurs in the scalar at `scalar`, white space and case tolerant as the
 * `attribution-not-in-action` check is. One range a line of the source; none where the span does not occur.
 *
 * @param source the whole text
 * @param scalar range of a plain, quoted, folded or literal scalar in it
 */
export function spansIn(source: string, scalar: TextRange, span: string): TextRange[] {
  const wanted = span.trim().replace(/\s+/g, ' ').toLowerCase();
  if (wanted === '') return [];
  const asWritten = findAsWritten(source, scalar, wanted);
  if (asWritten) return [asWritten];
  const chars = readScalar(source, scalar);
  // Lower case may be longer than what it stands for, so each unit remembers the character it came from.
  const lower = chars.map(({ text }) => text.toLowerCase());
  const origin = lower.flatMap((text, index) => Array.from({ length: text.length }, () => index));
  const at = lower.join('').indexOf(wanted);
  if (at < 0) return [];
  const found = chars.slice(origin[at], (origin[at + wanted.length - 1] ?? 0) + 1);
  return joinByLine(source, found);
}

/** Most texts stand on one line, word for word: then there is nothing to unfold, which takes a hundred times as long. */
function findAsWritten(source: string, { start, end }: TextRange, wanted: string): TextRange | undefined {
  const written = source.slice(start, end);
  if (/[\\\n]|''/.test(written)) return undefined;
  const lower = written.toLowerCase();
  const at = lower.length === written.length ? lower.indexOf(wanted) : -1;
  return at < 0 ? undefined : { start: start + at, end: start + at + wanted.length };
}

function joinByLine(source: string, chars: readonly SourceChar[]): TextRange[] {
  const ranges: TextRange[] = [];
  let open: { start: number; end: number } | undefined;
  for (const { text, start, end } of chars) {
    if (text === ' ' && source.slice(start, end).includes('\n')) open = undefined;
    else if (open) open.end = end;
    else {
      open = { start, end };
      ranges.push(open);
    }
  }
  return ranges;
}

function readScalar(source: string, { start, end }: TextRange): SourceChar[] {
  const style = source[start];
  if (style === '"') return readDoubleQuoted(source, start + 1, end - 1);
  if (style === "'") return readPlain(source, start + 1, end - 1, true);
  if (style === '|' || style === '>') {
    const header = source.indexOf('\n', start);
    return header < 0 || header > end ? [] : readPlain(source, header + 1, end, false);
  }
  return readPlain(source, start, end, false);
}

function readPlain(source: string, start: number, end: number, quoted: boolean): SourceChar[] {
  const chars: SourceChar[] = [];
  for (let at = start; at < end; ) {
    const next = quoted && source.startsWith("''", at) ? at + 2 : afterBlank(source, at, end);
    chars.push({ text: isBlank(source, at) ? ' ' : (source[at] ?? ''), start: at, end: next });
    at = next;
  }
  return chars;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: ' ',
  r: ' ',
  t: ' ',
  v: ' ',
  N: '\u0085',
  _: ' ',
  L: ' ',
  P: ' ',
};
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readDoubleQuoted(source: string, start: number, end: number): SourceChar[] {
  const chars: SourceChar[] = [];
  for (let at = start; at < end; ) {
    if (source[at] !== '\\') {
      const next = afterBlank(source, at, end);
      pushBlankOnce(chars, isBlank(source, at) ? ' ' : (source[at] ?? ''), at, next);
      at = next;
      continue;
    }
    const letter = source[at + 1] ?? '';
    const digits = HEX_LENGTH[letter] ?? 0;
    let next = Math.min(end, at + 2 + digits);
    if (letter === '\n' || letter === '\r') {
      // An escaped line break stands for nothing, the indentation behind it included.
      next = afterBlank(source, at + 1, end);
    } else pushBlankOnce(chars, digits ? decode(source.slice(at + 2, next)) : (ESCAPES[letter] ?? letter), at, next);
    at = next;
  }
  return chars;
}

/** Escaped and written white space in a row are one blank. */
function pushBlankOnce(chars: SourceChar[], text: string, start: number, end: number): void {
  const last = chars.at(-1);
  if (text === ' ' && last?.text === ' ') chars[chars.length - 1] = { ...last, end };
  else chars.push({ text, start, end });
}

function decode(digits: string): string {
  const code = Number.parseInt(digits, 16);
  if (!(code <= 0x10ffff)) return '\uFFFD';
  const text = String.fromCodePoint(code);
  return text.trim() === '' ? ' ' : text;
}

function isBlank(source: string, at: number): boolean {
  return /\s/.test(source[at] ?? '');
}

function afterBlank(source: string, at: number, end: number): number {
  let next = at + 1;
  if (isBlank(source, at)) while (next < end && isBlank(source, next)) next++;
  return next;
}
