/** An item before and after: the old dumbbell faint behind the new one, and an arrow along the change of what was done. */
import type { ShownItemChange, ShownSide } from '../../src/protocol/comparison';
import { createSvg } from '../dom';

const WIDTH = 160;
const EDGE = 10;
const NOW = 18;
const WAS = 7;
/** Of the scale: a shorter arrow would be all head. */
const SHORTEST_ARROW = 0.12;

/** The words beside it say the same, so it is hidden from screen readers. */
export function createChangeDumbbell({ was, now }: Pick<ShownItemChange, 'was' | 'now'>): SVGSVGElement {
  return createSvg(
    'svg',
    { class: 'dumbbell', viewBox: `0 0 ${WIDTH} 26`, width: WIDTH, height: 26, 'aria-hidden': 'true' },
    createSvg('line', { class: 'scale', x1: place(0), x2: place(1), y1: NOW, y2: NOW }),
    createSvg('line', { class: 'scale', x1: place(0.5), x2: place(0.5), y1: NOW - 4, y2: NOW + 4 }),
    createSvg('g', { class: 'was' }, ...drawSide(was, WAS, 2.5)),
    ...drawArrow(was, now),
    createSvg('g', { class: 'now' }, ...drawSide(now, NOW, 4)),
  );
}

function place(at: number): number {
  return EDGE + at * (WIDTH - 2 * EDGE);
}

function drawSide({ stated, acted }: ShownSide, y: number, radius: number): SVGElement[] {
  const bar =
    stated !== null && acted !== null
      ? [createSvg('line', { class: 'bar', x1: place(stated), x2: place(acted), y1: y, y2: y })]
      : [];
  const hollow = stated === null ? [] : [createSvg('circle', { class: 'hollow', cx: place(stated), cy: y, r: radius })];
  const filled =
    acted === null ? [] : [createSvg('circle', { class: 'filled', cx: place(acted), cy: y, r: radius + 0.5 })];
  return [...bar, ...hollow, ...filled];
}

function drawArrow(was: ShownSide, now: ShownSide): SVGElement[] {
  if (was.acted === null || now.acted === null || Math.abs(now.acted - was.acted) < SHORTEST_ARROW) return [];
  const y = (WAS + NOW) / 2;
  const [from, to] = [place(was.acted), place(now.acted)];
  const back = to > from ? to - 4 : to + 4;
  const path = `M${from} ${y}H${to}M${back} ${y - 3}L${to} ${y}L${back} ${y + 3}`;
  return [createSvg('path', { class: 'arrow', d: path })];
}
