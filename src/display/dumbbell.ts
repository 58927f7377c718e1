/** The one picture of the product: two points on a scale from agree to disagree, the bar between them the distance. */

const STATED = '○';
const ACTED = '●';
/** One inside the other: stated and acted fall on the same place. */
const BOTH = '◉';
const BAR = '─';

/**
 * A dumbbell as long as the distance: `○───●` stated agree, acted disagree; `●───○` the other way; `◉` no distance to
 * see. At most `length` characters.
 */
export function drawDumbbell(stated: number, acted: number, length = 6): string {
  const steps = Math.round(Math.abs(stated - acted) * (length - 1));
  if (steps === 0) return BOTH;
  const [left, right] = stated < acted ? [STATED, ACTED] : [ACTED, STATED];
  return left + BAR.repeat(steps - 1) + right;
}

/** A dumbbell in its place on the whole scale, `width` columns wide: `·○━━━━━━●···`. For monospace columns. */
export function drawDumbbellOnScale(stated: number, acted: number, width = 21): string {
  const column = (value: number) => Math.round(value * (width - 1));
  const [s, a] = [column(stated), column(acted)];
  const [from, to] = [Math.min(s, a), Math.max(s, a)];
  return Array.from({ length: width }, (_, at) => {
    if (at === s && at === a) return BOTH;
    if (at === s) return STATED;
    if (at === a) return ACTED;
    return at > from && at < to ? '━' : '·';
  }).join('');
}

/** Dots of single answers on the same scale, stacked as digits where several fall on one place: `3····2··1`. */
export function drawAnswersOnScale(answers: readonly number[], width = 21): string {
  const counts = new Array<number>(width).fill(0);
  for (const answer of answers) {
    const at = Math.min(width - 1, Math.max(0, Math.round(answer * (width - 1))));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count) => (count === 0 ? '·' : count > 9 ? '+' : String(count))).join('');
}
