/** Stated against acted: one small square a model, a point a value or item; gaps lie in the two shaded quarters. */
import { element, type Markup } from '../markup';
import { type Chart, drawLine, drawMarker, drawText, fitLabel } from './chart';

export interface ScatterPoint {
  readonly stated: number;
  readonly acted: number;
  readonly label: string;
}

export interface ScatterPanel {
  readonly name: string;
  readonly series: number;
  readonly points: readonly ScatterPoint[];
}

const PANEL = 200;
const GAP_X = 56;
const GAP_Y = 62;
const LEFT = 44;
const TOP = 28;
const COLUMNS = 3;
/** Points that are named in the picture: the farthest from the diagonal. */
const NAMED = 4;

export function drawScatter(
  about: Pick<Chart, 'id' | 'title' | 'description'>,
  panels: readonly ScatterPanel[],
): Chart {
  const columns = Math.min(COLUMNS, Math.max(1, panels.length));
  const rows = Math.ceil(panels.length / columns);
  const body = panels.map((panel, at) => {
    const x = LEFT + (at % columns) * (PANEL + GAP_X);
    const y = TOP + Math.floor(at / columns) * (PANEL + GAP_Y);
    return element('g', { transform: `translate(${x} ${y})` }, drawPanel(panel));
  });
  return { ...about, width: 760, height: TOP + rows * (PANEL + GAP_Y) - 18, body };
}

function drawPanel({ name, series, points }: ScatterPanel): Markup[] {
  const x = (stated: number) => stated * PANEL;
  const y = (acted: number) => PANEL - acted * PANEL;
  const half = PANEL / 2;
  const quarter = { width: half, height: half, class: 'val-gap', 'fill-opacity': 0.1 };
  return [
    drawMarker(4, -14, series, 4),
    drawText(14, -14, fitLabel(name, PANEL - 14), { look: 'text strong', hint: name }),
    element('rect', { x: 0, y: 0, ...quarter }),
    element('rect', { x: half, y: half, ...quarter }),
    element('rect', { x: 0, y: 0, width: PANEL, height: PANEL, class: 'val-grid' }),
    drawLine([half, 0], [half, PANEL], 'grid'),
    drawLine([0, half], [PANEL, half], 'grid'),
    drawLine([0, PANEL], [PANEL, 0], 'quiet-line', 1, { 'stroke-dasharray': '3 3' }),
    drawText(0, PANEL + 11, 'agree', { look: 'quiet small' }),
    drawText(half, PANEL + 11, 'stated', { anchor: 'middle', look: 'text small' }),
    drawText(PANEL, PANEL + 11, 'disagree', { anchor: 'end', look: 'quiet small' }),
    ...[
      [PANEL - 4, 'agree', 'quiet small'],
      [half, 'acted', 'text small'],
      [8, 'disagree', 'quiet small'],
    ].map(([at, word, look]) => drawUpright(-12, Number(at), String(word), String(look))),
    ...points.map((point) =>
      element(
        'g',
        { 'fill-opacity': 0.75 },
        element('title', {}, `${point.label}: stated ${point.stated.toFixed(3)}, acted ${point.acted.toFixed(3)}`),
        drawMarker(x(point.stated), y(point.acted), series, 3),
      ),
    ),
    ...nameFarthest(points).map(({ label, stated, acted }) => {
      const isRight = stated > 0.5;
      const room = (isRight ? x(stated) : PANEL - x(stated)) - 8;
      return drawText(x(stated) + (isRight ? -6 : 6), y(acted), fitLabel(label, Math.max(room, 60), 5.8), {
        anchor: isRight ? 'end' : 'start',
        look: 'text small halo',
        hint: label,
      });
    }),
  ];
}

function drawUpright(x: number, y: number, text: string, look: string): Markup {
  const anchor = text === 'acted' ? 'middle' : text === 'agree' ? 'start' : 'end';
  return element('g', { transform: `translate(${x} ${y}) rotate(-90)` }, drawText(0, 0, text, { anchor, look }));
}

/** The farthest from the diagonal; of two whose names would cover each other, the farther. */
function nameFarthest(points: readonly ScatterPoint[]): ScatterPoint[] {
  const named: ScatterPoint[] = [];
  const distance = ({ stated, acted }: ScatterPoint) => Math.abs(stated - acted);
  for (const point of points.toSorted((a, b) => distance(b) - distance(a))) {
    if (named.length === NAMED || distance(point) < 0.2) break;
    if (named.every((other) => Math.abs(other.acted - point.acted) * PANEL > 13)) named.push(point);
  }
  return named;
}
