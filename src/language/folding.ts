/** What can be folded: documents, items, prompts, and every other block of several lines. */

export interface FoldingRange {
  /** Line numbers from 0; the first stays visible, the last is folded. */
  readonly startLine: number;
  readonly endLine: number;
  readonly kind?: 'comment';
}

/**
 * Told by the indentation alone, so it holds for broken text. By first line; never throws.
 * The server sends them as they are.
 */
export function computeFolding(text: string): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const open: { line: number; depth: number }[] = [];
  let lastContent = -1;
  let comment: number | undefined;
  let number = 0;
  // Of several documents the first has no line of dashes; its first line stands for it.
  let opensFirst = /\n---(?=\s|$)/.test(text);
  const close = (depth: number) => {
    for (let top = open.at(-1); top && top.depth >= depth; top = open.at(-1)) {
      open.pop();
      if (lastContent > top.line) ranges.push({ startLine: top.line, endLine: lastContent });
    }
  };
  const endComment = (line: number) => {
    if (comment !== undefined && line - 1 > comment) {
      ranges.push({ startLine: comment, endLine: line - 1, kind: 'comment' });
    }
    comment = undefined;
  };

  // A byte order mark is no indentation.
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start <= text.length; number++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const depth = depthOf(text, start, end);
    const isComment = depth !== undefined && text[start + depth] === '#';
    if (!isComment) endComment(number);
    else comment ??= number;
    if (depth !== undefined && !isComment) {
      // A document is deeper than nothing: its line of dashes holds all up to the next one.
      const isMarker = depth === 0 && /^---(?=\s|$)/.test(text.slice(start, start + 4));
      const isBracket = /[}\]]/.test(text[start + depth] ?? '');
      // A closing bracket belongs to the block that it closes.
      if (isBracket && open.at(-1) && (open.at(-1)?.depth ?? 0) > depth) close(depth + 1);
      else close(isMarker ? -1 : depth);
      lastContent = number;
      if (opensFirst && !isMarker) open.push({ line: number, depth: -1 });
      opensFirst = false;
      if (!isBracket) open.push({ line: number, depth: isMarker ? -1 : depth });
    }
    if (newline < 0) break;
    start = newline + 1;
  }
  endComment(number + 1);
  close(-1);
  return ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

/** Undefined for a blank line. */
function depthOf(text: string, start: number, end: number): number | undefined {
  let at = start;
  while (at < end && /[ \t\r]/.test(text[at] ?? '')) at++;
  return at < end ? at - start : undefined;
}
