/** What can be folded: documents, items, prompts, and every other block of several lines. */

export interface FoldingRange {
  /** Line numbers from 0; the first stays visible, the last is folded. */
  readonly startLine: number;
  readonly endLine: number;
  readonly kind?: 'comment';
}

/** What VS Code shows of one file, where nobody set another number. */
export const FOLDING_LIMIT = 5_000;

/**
 * Told by the indentation alone, so it holds for broken text. By first line; never throws.
 *
 * @param limit of more ranges the innermost are left out
 */
export function computeFolding(text: string, limit = FOLDING_LIMIT): FoldingRange[] {
  const finder = new FoldingFinder(text);
  for (const _ of finder.find());
  return finder.list(limit);
}

interface FoundRange extends FoldingRange {
  /** How many others it lies in. */
  readonly level: number;
}

/** Lines that are looked at in one step. */
const STEP = 500;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const HASH = 35;

/** The same in steps, for a long text. */
export class FoldingFinder {
  private readonly ranges: FoundRange[] = [];
  private readonly open: { line: number; depth: number }[] = [];
  private lastContent = -1;
  private comment: number | undefined;
  /** Of several documents the first has no line of dashes; its first line stands for it. */
  private opensFirst: boolean;

  constructor(private readonly text: string) {
    this.opensFirst = /\n---(?=\s|$)/.test(text);
  }

  /** Looks at all lines; ends with the last. */
  *find(): Generator<void> {
    const { text } = this;
    let line = 0;
    // A byte order mark is no indentation.
    for (let start = text.startsWith('\uFEFF') ? 1 : 0; start <= text.length; line++) {
      const newline = text.indexOf('\n', start);
      this.addLine(line, start, newline < 0 ? text.length : newline);
      if (newline < 0) break;
      start = newline + 1;
      if (line % STEP === STEP - 1) yield;
    }
    this.endComment(line + 1);
    this.close(-1);
  }

  /** What was found, by first line; of more than `limit` the outermost. */
  list(limit: number): FoldingRange[] {
    const kept = this.ranges.length > limit ? keepOutermost(this.ranges, limit) : this.ranges;
    return [...kept]
      .sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine)
      .map(({ level, ...range }) => range);
  }

  private addLine(line: number, start: number, end: number): void {
    const { text, open } = this;
    const depth = depthOf(text, start, end);
    const isComment = depth !== undefined && text.charCodeAt(start + depth) === HASH;
    if (!isComment) this.endComment(line);
    else this.comment ??= line;
    if (depth === undefined || isComment) return;
    // A document is deeper than nothing: its line of dashes holds all up to the next one.
    const isMarker = depth === 0 && /^---(?=\s|$)/.test(text.slice(start, start + 4));
    const sign = text[start + depth];
    const isBracket = sign === '}' || sign === ']';
    // A closing bracket belongs to the block that it closes.
    if (isBracket && (open.at(-1)?.depth ?? 0) > depth) this.close(depth + 1);
    else this.close(isMarker ? -1 : depth);
    this.lastContent = line;
    if (this.opensFirst && !isMarker) open.push({ line, depth: -1 });
    this.opensFirst = false;
    if (!isBracket) open.push({ line, depth: isMarker ? -1 : depth });
  }

  private close(depth: number): void {
    for (let top = this.open.at(-1); top && top.depth >= depth; top = this.open.at(-1)) {
      this.open.pop();
      if (this.lastContent > top.line) {
        this.ranges.push({ startLine: top.line, endLine: this.lastContent, level: this.open.length });
      }
    }
  }

  private endComment(line: number): void {
    if (this.comment !== undefined && line - 1 > this.comment) {
      const level = this.open.length;
      this.ranges.push({ startLine: this.comment, endLine: line - 1, kind: 'comment', level });
    }
    this.comment = undefined;
  }
}

function keepOutermost(ranges: readonly FoundRange[], limit: number): FoundRange[] {
  const counts: number[] = [];
  for (const { level } of ranges) counts[level] = (counts[level] ?? 0) + 1;
  let deepest = 0;
  let room = limit;
  while (deepest < counts.length && (counts[deepest] ?? 0) <= room) room -= counts[deepest++] ?? 0;
  // Of the level that does not fit whole, the first ones.
  return ranges.filter(({ level }) => level < deepest || (level === deepest && room-- > 0));
}

/** Undefined for a blank line. */
function depthOf(text: string, start: number, end: number): number | undefined {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== TAB && code !== CARRIAGE_RETURN && code !== LINE_FEED) return at - start;
  }
  return undefined;
}
