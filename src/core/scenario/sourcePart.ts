/**
 * Reads one part of a document by itself, an item or all but the items, so that an unclosed quote in one hides nothing
 * of the next, and a part that did not change need not be read again.
 */
import { type Node, parseDocument, visit } from 'yaml';
import type { Problem, TextRange } from './model';
import { isFlow, withoutOpenQuotes } from './pieces';
import { isOpenQuote, SyntaxErrors, touches } from './syntaxErrors';
import { leaf, type SourceNode, type TreeReader } from './tree';

/** Positions count in the part. */
export interface SourcePart {
  /** Undefined where nothing stands but comments. */
  readonly root?: SourceNode;
  readonly problems: Problem[];
  /** Where the text is broken; what stands there says nothing about what was meant. */
  readonly broken: readonly TextRange[];
}

/** The parser takes about 20 µs for each of these: a part with more would stop everything else for seconds. */
const MARK_LIMIT = 50_000;
const MARKS = /[\n,:[\]{}"'&*!?#|>-]/g;
/** In UTF-16 units; no item and no JSON that can be cut into its items comes near. */
const LENGTH_LIMIT = 2_000_000;
/** More brackets than this inside one another are no scenario, and the parser takes quadratic time over them. */
const BRACKET_LIMIT = 500;

/** Never throws. */
export function readPart(text: string, reader: TreeReader): SourcePart {
  const refusal = refuse(text);
  if (refusal) return { root: { ...leaf(refusal.range, undefined), dropped: true }, problems: [refusal], broken: [] };
  const whole = parse(text);
  const problems: Problem[] = [];
  if (whole.errors.length === 0) {
    const root = whole.contents && reader.read(whole.contents, text, problems);
    const blank = !root || (root.kind === 'scalar' && root.scalar === null && !root.dropped);
    return { ...(!blank && { root }), problems, broken: [] };
  }
  const errors = new SyntaxErrors(text);
  const contents = isFlow(text) ? parseFlow(text, errors) : parseTolerantly(text, errors);
  const root = contents ? reader.read(contents, text, problems) : leaf({ start: 0, end: 0 }, null);
  problems.push(...errors.report(root));
  return { root, problems, broken: errors.ranges };
}

/** Whether a range of the part, or the lines it stands on, touches broken text. */
export function isBroken(text: string, { broken }: SourcePart, range: TextRange): boolean {
  return broken.length > 0 && broken.some((place) => touches(wholeLines(text, range), place));
}

function wholeLines(text: string, { start, end }: TextRange): TextRange {
  const newline = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: newline < 0 ? text.length : newline };
}

function refuse(text: string): Problem | undefined {
  const at = text.length > LENGTH_LIMIT ? undefined : findDeepBracket(text);
  if (at !== undefined) {
    const message = `This is nested more than ${BRACKET_LIMIT} levels deep. Remove the surplus brackets or dashes.`;
    return { code: 'syntax', severity: 'error', message, range: { start: at, end: at + 1 } };
  }
  if (text.length <= LENGTH_LIMIT && !hasMoreMarks(text)) return undefined;
  const message =
    'This part is too long to be read at once, so it is left out. Split it into documents and items of a few sentences, or remove what does not belong here.';
  return { code: 'too-large', severity: 'error', message, range: firstLine(text) };
}

function hasMoreMarks(text: string): boolean {
  if (text.length < MARK_LIMIT) return false;
  let count = 0;
  MARKS.lastIndex = 0;
  while (MARKS.test(text)) if (++count > MARK_LIMIT) return true;
  return false;
}

/** Where one bracket or dash too many opens. Counts those in texts too: nobody writes that many. */
function findDeepBracket(text: string): number | undefined {
  if (text.length < BRACKET_LIMIT) return undefined;
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/[[\]{}]|[-?] (?=[-?] )/g)) {
    if (mark === ']' || mark === '}') depth = Math.max(0, depth - 1);
    else if (++depth > BRACKET_LIMIT) return index;
  }
  return undefined;
}

function firstLine(text: string): TextRange {
  const start = text.search(/\S/);
  const newline = text.indexOf('\n', start);
  return { start: Math.max(0, start), end: Math.min(newline < 0 ? text.length : newline, Math.max(0, start) + 200) };
}

/** In JSON no text spans lines, so a line with an open quote is the broken one, and the rest is read without it. */
function parseFlow(text: string, errors: SyntaxErrors): Node | null {
  const { text: rest, open } = withoutOpenQuotes(text);
  for (const range of open) errors.addOpenQuote(range);
  return parseTolerantly(rest, errors);
}

/** How many lines of a part are set aside one after the other before the rest is taken as it is. */
const RETRIES = 20;

/**
 * After an open quote, or a colon in plain text, the parser takes the keys below for a part of that text. So the
 * text is set aside to the end of its line, and the part read again.
 */
function parseTolerantly(whole: string, errors: SyntaxErrors): Node | null {
  let text = whole;
  // A long part is not read twenty times.
  const retries = Math.min(RETRIES, Math.floor((RETRIES * 20_000) / Math.max(1, text.length)));
  for (let retry = 0; ; retry++) {
    const document = parse(text);
    const start = retry < retries ? findSwallower(document) : undefined;
    if (start === undefined) {
      errors.addAll(document.errors);
      return document.contents;
    }
    const length = /\s*$/m.exec(text.slice(start))?.index ?? 0;
    const range = { start, end: start + length };
    if (document.errors.some(isOpenQuote)) errors.addOpenQuote(range);
    else errors.addColon(range);
    text = text.slice(0, start) + ' '.repeat(length) + text.slice(start + length);
  }
}

/** Where a text starts that takes in what follows it. */
function findSwallower({ errors, contents }: ReturnType<typeof parse>): number | undefined {
  const quote = errors.find(isOpenQuote);
  if (!quote) return errors.find(({ code }) => code === 'BLOCK_AS_IMPLICIT_KEY')?.pos[0];
  let start: number | undefined;
  visit(contents, {
    Scalar: (_, { range, type }) => {
      if (range && type?.startsWith('QUOTE') && range[1] >= quote.pos[0]) start = range[0];
    },
  });
  return start;
}

function parse(text: string) {
  // Our reader finds duplicate keys itself: the parser's own check takes quadratic time.
  return parseDocument(text, { prettyErrors: false, uniqueKeys: false, resolveKnownTags: false, logLevel: 'silent' });
}
