/** Untrusted text inside Markdown: it stays text, whatever it looks like. */

/** Every ASCII mark is escaped, so that no emphasis, link, image, autolink or tag can begin; one line. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** At most `length` characters, cut at a word, with an ellipsis. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length);
  const atWord = cut.lastIndexOf(' ');
  return `${cut.slice(0, atWord > length / 2 ? atWord : length)}…`;
}

/** The text escaped, its spans bold. Spans that are not in the text are left out; overlapping ones become one. */
export function boldSpans(text: string, spans: readonly string[]): string {
  const marked = spans
    .map((span) => span.trim())
    .filter((span) => span !== '' && text.includes(span))
    .map((span) => ({ start: text.indexOf(span), end: text.indexOf(span) + span.length }))
    .sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (let i = 0; i < marked.length; ) {
    const { start } = marked[i] as { start: number };
    let { end } = marked[i++] as { end: number };
    for (let next = marked[i]; next && next.start <= end; next = marked[++i]) end = Math.max(end, next.end);
    out += `${escapeMarkdown(text.slice(at, start))}**${escapeMarkdown(text.slice(start, end))}**`;
    at = end;
  }
  return out + escapeMarkdown(text.slice(at));
}

/** A block of fixed-width lines that nothing in them can end. */
export function fence(lines: readonly string[]): string {
  const clean = lines.map((line) => line.replace(/\p{Cc}/gu, ' ').replace(/`{3,}/g, "'''"));
  return ['````text', ...clean, '````'].join('\n');
}
