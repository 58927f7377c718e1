/** A text cut at the spans that are to stand out in it. */

export interface TextPiece {
  readonly text: string;
  readonly marked: boolean;
}

/** All of the text in order. Spans that are not in it are left out; overlapping or touching ones become one. */
export function splitAtSpans(text: string, spans: readonly string[]): TextPiece[] {
  const marked = spans
    .map((span) => span.trim())
    .filter((span) => span !== '')
    .map((span) => ({ start: text.indexOf(span), length: span.length }))
    .filter(({ start }) => start >= 0)
    .sort((a, b) => a.start - b.start);
  const pieces: TextPiece[] = [];
  const push = (from: number, to: number, isMarked: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), marked: isMarked });
  };
  let at = 0;
  for (let i = 0; i < marked.length; ) {
    const { start } = marked[i] as { start: number };
    let end = start;
    for (let next = marked[i]; next && next.start <= end; next = marked[++i])
      end = Math.max(end, next.start + next.length);
    push(at, start, false);
    push(start, end, true);
    at = end;
  }
  push(at, text.length, false);
  return pieces;
}
