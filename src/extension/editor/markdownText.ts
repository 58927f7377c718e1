/** Untrusted text inside Markdown: it stays text, whatever it looks like. */
import { splitAtSpans } from '../../display/spans';

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
  return splitAtSpans(text, spans)
    .map((piece) => (piece.marked ? `**${escapeMarkdown(piece.text)}**` : escapeMarkdown(piece.text)))
    .join('');
}

/** A block of fixed-width lines that nothing in them can end. */
export function fence(lines: readonly string[]): string {
  const clean = lines.map((line) => line.replace(/\p{Cc}/gu, ' ').replace(/`{3,}/g, "'''"));
  return ['````text', ...clean, '````'].join('\n');
}
