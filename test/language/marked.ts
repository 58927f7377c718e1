/** Texts with a mark where the cursor is. */
const MARK = '¦';

export function readMarked(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf(MARK);
  if (offset < 0) throw new RangeError(`No ${MARK} in this text.`);
  return { text: marked.replace(MARK, ''), offset };
}
