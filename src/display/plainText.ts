/** Foreign text where it stands among our own words. */

/** Characters that turn the direction of the text around them. */
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** One line of at most `longest` letters, without control characters. */
export function toPlainLine(text: string, longest = 200): string {
  const line = text
    .slice(0, longest * 4)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(TURNING, '')
    .trim();
  const letters = Array.from(line);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line;
}

/** The same words, with nothing in them that a notification or Markdown takes for a link. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
