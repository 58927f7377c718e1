/** A chart as an SVG picture, for a report's page or for a file of its own. */

import { cornersOf, styleOfSeries } from '../markers';
import { type Attributes, type Child, element, type Markup } from '../markup';
import { styleCharts } from './style';

export interface Chart {
  /** Short and unique in a report: file name and anchor. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen, in a sentence or two; read aloud instead of the picture. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: readonly Markup[];
}

/** The picture as part of a page that has `styleCharts()` in its head. */
export function drawInline(chart: Chart): Markup {
  return draw(chart, { width: chart.width, height: chart.height });
}

/** The same as a file: with its own style, background and title, readable in programs that know no page. */
export function drawFile(chart: Chart): string {
  const width = chart.width + 2 * MARGIN;
  const height = chart.height + 2 * MARGIN + TITLE;
  const style: Markup = { markup: `<style>${styleCharts()}</style>` };
  const body = [
    style,
    element('rect', { class: 'val-paper', width, height }),
    drawText(MARGIN, MARGIN + 6, fitLabel(chart.title, chart.width, 7), { look: 'text title' }),
    element('g', { transform: `translate(${MARGIN} ${MARGIN + TITLE})` }, chart.body),
  ];
  const picture = draw({ ...chart, width, height, body }, { xmlns: 'http://www.w3.org/2000/svg', width, height });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${picture.markup}\n`;
}

/** Around a picture that stands by itself, and for its title. */
const MARGIN = 20;
const TITLE = 28;

function draw(chart: Chart, attributes: Attributes): Markup {
  const { id, title, description, width, height, body } = chart;
  return element(
    'svg',
    {
      ...attributes,
      class: 'val-chart',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
    },
    element('title', { id: `${id}-title` }, title),
    element('desc', { id: `${id}-desc` }, description),
    body,
  );
}

export interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Classes without their `val-`. */
  readonly look?: string;
  /** Shown in full when pointed at. */
  readonly hint?: string;
}

/** A line of text whose middle is at `y`. */
export function drawText(x: number, y: number, text: string, { anchor, look = 'text', hint }: TextStyle = {}): Markup {
  const looks = look
    .split(' ')
    .map((name) => `val-${name}`)
    .join(' ');
  const children: Child[] = [hint === undefined || hint === text ? undefined : element('title', {}, hint), text];
  return element('text', { x, y, dy: '0.35em', class: looks, 'text-anchor': anchor }, children);
}

/** A series' marker: filled for acted and for legends, hollow for stated. */
export function drawMarker(x: number, y: number, series: number, radius: number, isHollow = false): Markup {
  const { colour, shape } = styleOfSeries(series);
  const paint = isHollow
    ? { class: `val-s${colour}-line`, 'stroke-width': 1.6 }
    : { class: `val-s${colour}`, stroke: 'none' };
  const corners = cornersOf(shape, radius);
  if (!corners) return element('circle', { cx: x, cy: y, r: radius, ...paint });
  const points = corners.map(([dx, dy]) => `${(x + dx).toFixed(2)},${(y + dy).toFixed(2)}`).join(' ');
  return element('polygon', { points, ...paint });
}

/** A line between two points; `look` as in `drawText`. */
export function drawLine(
  from: readonly [number, number],
  to: readonly [number, number],
  look: string,
  width = 1,
  more: Attributes = {},
): Markup {
  return element('line', {
    x1: from[0],
    y1: from[1],
    x2: to[0],
    y2: to[1],
    class: `val-${look}`,
    'stroke-width': width,
    ...more,
  });
}

/** Shortens a label to what fits; letters are taken as 6.3 px wide at 12 px, a little more than they are. */
export function fitLabel(label: string, width: number, letter = 6.3): string {
  const letters = Array.from(label);
  const most = Math.max(1, Math.floor(width / letter));
  return letters.length <= most ? label : `${letters.slice(0, most - 1).join('')}…`;
}

/** How wide a text will be, about. */
export function estimateWidth(text: string, letter = 6.3): number {
  return Array.from(text).length * letter;
}
