/** What is wrong with the YAML of a document, at its place and in words that say what to do. */
import type { YAMLError } from 'yaml';
import type { Problem, TextRange } from './model';
import type { SourceNode } from './tree';

type ErrorCode = YAMLError['code'];

const OPEN_QUOTE = 'This text has no closing quote. Add it at the end of the text.';
const COLON = 'A colon and a space inside plain text start a new key. Put the whole text in quotes.';
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  BLOCK_AS_IMPLICIT_KEY: COLON,
  BAD_SCALAR_START: 'Plain text cannot start with this character. Put the text in quotes.',
  TAB_AS_INDENT: 'YAML is indented with spaces. Replace this tab.',
  MULTILINE_IMPLICIT_KEY:
    'A key stands on one line and ends in a colon. Add ": " behind it, or indent the line to continue a text.',
  BAD_DQ_ESCAPE: 'This is no escape that YAML knows. Write \\\\ for a backslash, or use single quotes.',
  RESOURCE_EXHAUSTION: 'This is nested too deeply to be read. Remove the surplus brackets or indentation.',
  MULTIPLE_DOCS: 'Another document starts here. Put a line with --- before it.',
  BAD_ALIAS: 'Text that starts with * or & has a meaning of its own in YAML. Put it in quotes.',
  KEY_OVER_1024_CHARS:
    'This key is longer than 1024 characters. A key such as "action" and a colon may be missing before it.',
};

export function isOpenQuote({ code, message }: YAMLError): boolean {
  return code === 'MISSING_CHAR' && /quote/.test(message);
}

function describe(error: YAMLError): string {
  const { code, message } = error;
  if (isOpenQuote(error)) return OPEN_QUOTE;
  if (code === 'BAD_INDENT') {
    return /^Flow/.test(message)
      ? 'A closing bracket is missing before this place, or the lines in brackets are not indented.'
      : 'This line does not line up with those around it. Give the keys of one block the same indentation.';
  }
  return (
    MESSAGES[code] ?? `This is no valid YAML: ${message.replace(/[.\s]+$/, '')}. Correct it, or put the text in quotes.`
  );
}

/** More than these of one item, or of the rest of a document, help nobody. */
const ERROR_LIMIT = 20;
/** Deep nesting sets off thousands, all of them the same. */
const LOOK_AT = 200;

export class SyntaxErrors {
  readonly ranges: TextRange[] = [];
  private readonly found: { range: TextRange; message: string }[] = [];
  /** An error at the end of a text belongs to the last thing that stands there. */
  private readonly last: number;

  /** @param text what was parsed; positions count in it */
  constructor(private readonly text: string) {
    this.last = text.trimEnd().length;
  }

  addAll(errors: readonly YAMLError[]): void {
    for (const error of errors.slice(0, LOOK_AT)) {
      const [start, end] = error.pos.map((at) => Math.min(at, this.last)) as [number, number];
      this.add({ start, end: Math.max(start, end) }, describe(error));
    }
  }

  addOpenQuote(range: TextRange): void {
    this.add(range, OPEN_QUOTE);
  }

  addColon(range: TextRange): void {
    this.add(range, COLON);
  }

  /**
   * Drops the texts that touch a broken place, since they may hold anything, and tells one problem a line: a broken
   * text sets off a cascade, of which the first says most.
   */
  report(root: SourceNode): Problem[] {
    const texts: SourceNode[] = [];
    this.dropBroken(root, texts);
    const problems: Problem[] = [];
    const lines = new Set<number>();
    for (const { range, message } of this.found) {
      const place = this.openingOf(texts.find((text) => touches(text.range, range))) ?? range;
      const line = this.text.lastIndexOf('\n', place.start - 1);
      if (lines.has(line) || lines.size >= ERROR_LIMIT) continue;
      lines.add(line);
      problems.push({ code: 'syntax', severity: 'error', message, range: place });
    }
    return problems;
  }

  private add(range: TextRange, message: string): void {
    this.ranges.push(range);
    this.found.push({ range, message });
  }

  private dropBroken(node: SourceNode, dropped: SourceNode[]): void {
    if (node.kind === 'scalar' && this.ranges.some((range) => touches(node.range, range))) {
      node.dropped = true;
      dropped.push(node);
    }
    for (const element of node.elements) this.dropBroken(element, dropped);
    for (const { node: member } of node.members.values()) this.dropBroken(member, dropped);
  }

  /** Of a quoted text that runs over several lines: its first line, where the quote was forgotten. */
  private openingOf(text: SourceNode | undefined): TextRange | undefined {
    if (!text) return undefined;
    const { start, end } = text.range;
    const newline = this.text.indexOf('\n', start);
    const quoted = /["']/.test(this.text[start] ?? '');
    if (!quoted) return undefined;
    return { start, end: newline >= 0 && newline < end ? newline : end };
  }
}

export function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}
