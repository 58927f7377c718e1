/** Foreign text on a terminal: names from files and messages from endpoints must not move its cursor. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** One line, without control characters, at most `longest` characters. */
export function toOneTerminalLine(text: string, longest = Number.POSITIVE_INFINITY): string {
  const line = text.replace(CONTROL, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
