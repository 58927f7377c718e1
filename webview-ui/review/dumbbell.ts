/** The product's one picture in the text: stated hollow, acted filled, the bar between them the distance. */
import { createSvg } from '../dom';

const WIDTH = 120;
const EDGE = 8;
const MIDDLE = 8;

/** `stated`, `acted`: 0 agree … 1 disagree. The words beside it say the same. */
export function createDumbbell(stated: number, acted: number): SVGSVGElement {
  const place = (at: number) => EDGE + at * (WIDTH - 2 * EDGE);
  const line = (kind: string, from: number, to: number) =>
    createSvg('line', { class: kind, x1: place(from), x2: place(to), y1: MIDDLE, y2: MIDDLE });
  return createSvg(
    'svg',
    { class: 'dumbbell', viewBox: `0 0 ${WIDTH} 16`, width: WIDTH, height: 16, 'aria-hidden': 'true' },
    line('scale', 0, 1),
    createSvg('line', { class: 'scale', x1: WIDTH / 2, x2: WIDTH / 2, y1: 4, y2: 12 }),
    line('gap', stated, acted),
    createSvg('circle', { class: 'hollow', cx: place(stated), cy: MIDDLE, r: 4 }),
    createSvg('circle', { class: 'filled', cx: place(acted), cy: MIDDLE, r: 5 }),
  );
}
