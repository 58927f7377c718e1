/**
 * Reads each document of a file by itself, so that an unclosed quote in one hides nothing of the next. Within a
 * broken document each item is read by itself for the same reason.
 */
import { isMap, type Node, parseDocument, visit } from 'yaml';
import type { Problem, TextRange } from './model';
import { isFlow, splitDocuments, splitItems, type TextPiece, withoutOpenQuotes } from './pieces';
import { isOpenQuote, SyntaxErrors } from './syntaxErrors';
import { leaf, list, type SourceNode, TreeReader, trimRange } from './tree';

export interface SourceDocument {
  readonly root: SourceNode;
  readonly range: TextRange;
  /** Where the text is broken; what stands there says nothing about what was meant. */
  readonly broken: readonly TextRange[];
}

/** Never throws; documents without content are left out. */
export function readDocuments(text: string, problems: Problem[]): SourceDocument[] {
  const documents: SourceDocument[] = [];
  for (const piece of splitDocuments(text)) {
    const document = readDocument(text, piece, problems);
    if (document) documents.push(document);
  }
  return documents;
}

function readDocument(text: string, piece: TextPiece, problems: Problem[]): SourceDocument | undefined {
  const reader = new TreeReader(text, problems);
  const whole = parse(piece.text);
  if (whole.errors.length === 0) {
    if (!whole.contents) return undefined;
    const root = reader.read(whole.contents, piece.start);
    const blank = root.kind === 'scalar' && root.scalar === null && !root.dropped;
    return blank ? undefined : { root, range: root.range, broken: [] };
  }
  const errors = new SyntaxErrors(text);
  const root = readBroken(text, piece, reader, errors);
  problems.push(...errors.report(root));
  const range = trimRange(text, { start: piece.start, end: piece.end });
  return { root, range, broken: errors.ranges };
}

function readBroken(text: string, piece: TextPiece, reader: TreeReader, errors: SyntaxErrors): SourceNode {
  const nothing = leaf({ start: piece.start, end: piece.start }, null);
  if (isFlow(piece.text)) {
    // In JSON no text spans lines, so a line with an open quote is the broken one, and the rest is read without it.
    const { text: rest, open } = withoutOpenQuotes(piece.text);
    for (const { start, end } of open) errors.addOpenQuote({ start: start + piece.start, end: end + piece.start });
    const contents = parseTolerantly({ ...piece, text: rest }, errors);
    return contents ? reader.read(contents, piece.start) : nothing;
  }
  const split = splitItems(piece);
  const contents = parseTolerantly({ ...piece, text: split?.head ?? piece.text }, errors);
  const root = contents ? reader.read(contents, piece.start) : nothing;
  if (!split) return root;
  const elements = split.items.flatMap((item) => {
    const found = parseTolerantly(item, errors);
    return found ? reader.read(found, item.start).elements : [];
  });
  const start = split.items[0]?.start ?? split.key.end;
  const range = trimRange(text, { start, end: split.items.at(-1)?.end ?? start });
  // A broken head may be no map any more; it is reported, and the items are still there.
  const members = isMap(contents) ? root.members : new Map();
  members.set('items', { key: split.key, node: list(range, elements) });
  return { ...root, kind: 'map', members };
}

/** How many lines of a piece are set aside one after the other before the rest is taken as it is. */
const RETRIES = 20;

/**
 * After an open quote, or a colon in plain text, the parser takes the keys below for a part of that text. So the
 * text is set aside to the end of its line, and the piece read again.
 */
function parseTolerantly(piece: TextPiece, errors: SyntaxErrors): Node | null {
  let { text } = piece;
  for (let retry = 0; ; retry++) {
    const document = parse(text);
    const start = retry < RETRIES ? findSwallower(document) : undefined;
    if (start === undefined) {
      errors.addAll(document.errors, { ...piece, text });
      return document.contents;
    }
    const length = /\s*$/m.exec(text.slice(start))?.index ?? 0;
    const range = { start: start + piece.start, end: start + length + piece.start };
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
