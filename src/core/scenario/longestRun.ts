/** Which of a span's words stand in an action one after the other. */

export interface WordRun {
  /** In the words of the action. */
  readonly text: string;
  /** Whether all words of the span are in it. */
  readonly isWhole: boolean;
}

/** Longer texts are no sentences. */
const WORD_LIMIT = 400;

/** Two words at least, or half of the span: less would attribute something else. */
export function findLongestRun(span: string, action: string): WordRun | undefined {
  const wanted = listWords(span);
  const words = listWords(action);
  let best = { length: 0, end: 0 };
  // Lengths of the common runs that end at each word of the action.
  let row: number[] = [];
  for (const { name } of wanted) {
    row = words.map((word, at) => (word.name === name ? (row[at - 1] ?? 0) + 1 : 0));
    row.forEach((length, end) => {
      if (length > best.length) best = { length, end };
    });
  }
  const first = words[best.end - best.length + 1];
  const last = words[best.end];
  if (best.length === 0 || !first || !last || (best.length < 2 && best.length * 2 < wanted.length)) return undefined;
  return { text: action.slice(first.start, last.end).replace(/\s+/g, ' '), isWhole: best.length === wanted.length };
}

function listWords(text: string): { name: string; start: number; end: number }[] {
  const words: { name: string; start: number; end: number }[] = [];
  for (const { 0: word, index } of text.matchAll(
    /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+(?:['’-][\p{L}\p{N}]+)*/gu,
  )) {
    if (words.length === WORD_LIMIT) break;
    words.push({ name: word.toLowerCase(), start: index, end: index + word.length });
  }
  return words;
}
