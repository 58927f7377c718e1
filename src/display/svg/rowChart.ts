/** Rows with a label each, lanes in a row, marks on a common scale: bars, intervals, dumbbells. */
import { element, type Markup } from '../markup';
import { type Chart, drawLine, drawMarker, drawText, estimateWidth, fitLabel } from './chart';

export type RowMark =
  /** From the scale's origin; with a series in its colour, without in the hue of gaps. */
  | { readonly kind: 'bar'; readonly from: number; readonly to: number; readonly series?: number }
  | { readonly kind: 'interval'; readonly from: number; readonly to: number }
  /** Stated hollow, acted filled. A gap is drawn stronger than a distance within one side. */
  | {
      readonly kind: 'dumbbell';
      readonly stated: number;
      readonly acted: number;
      readonly series: number;
      readonly isGap: boolean;
    }
  /** Beside a place on the scale: the strong part, then the quiet one. */
  | {
      readonly kind: 'text';
      readonly at: number;
      readonly strong?: string;
      readonly quiet?: string;
      readonly side: 1 | -1;
    };

export interface ChartLane {
  readonly marks: readonly RowMark[];
  /** A marker before the lane, where the row's lanes are series. */
  readonly series?: number;
  /** At the right end of the lane. */
  readonly end?: string;
  readonly hint: string;
}

export interface ChartRow {
  /** Above the row. */
  readonly heading?: string;
  readonly label: string;
  readonly lanes: readonly ChartLane[];
}

export interface LegendEntry {
  readonly series: number;
  readonly name: string;
}

export interface RowScale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly { readonly at: number; readonly label: string; readonly isMain?: boolean }[];
}

const WIDTH = 760;
const LABEL = 190;
const MARKERS = 18;
const RIGHT = 76;
const LANE = 15;
const ROW_GAP = 7;
const HEADING = 24;
const HEAD = 24;
const LEGEND_LINE = 20;
const LONGEST_NAME = 240;

export function drawRows(
  about: Pick<Chart, 'id' | 'title' | 'description'>,
  scale: RowScale,
  rows: readonly ChartRow[],
  /** Names the markers before the lanes; empty where rows are named themselves. */
  legend: readonly LegendEntry[] = [],
): Chart {
  const left = LABEL + MARKERS;
  const right = WIDTH - RIGHT;
  const place = (value: number) => left + ((value - scale.min) / (scale.max - scale.min)) * (right - left);
  const { drawn, lines } = drawLegend(legend);
  const top = lines * LEGEND_LINE;
  const body: Markup[] = [];
  let y = top + HEAD;
  for (const row of rows) {
    if (row.heading !== undefined) {
      body.push(drawText(0, y + HEADING / 2, row.heading, { look: 'text strong' }));
      y += HEADING;
    }
    body.push(...drawRow(row, y, place));
    y += row.lanes.length * LANE + ROW_GAP;
  }
  const height = y + 4;
  return { ...about, width: WIDTH, height, body: [...drawn, ...drawAxis(scale, place, top, height), ...body] };
}

/** Names side by side, in as many lines as they need. */
function drawLegend(legend: readonly LegendEntry[]): { readonly drawn: readonly Markup[]; readonly lines: number } {
  const drawn: Markup[] = [];
  let x = 0;
  let line = 0;
  for (const { series, name } of legend) {
    const shown = fitLabel(name, LONGEST_NAME);
    const width = estimateWidth(shown, 6.6) + 34;
    if (x > 0 && x + width > WIDTH) {
      x = 0;
      line++;
    }
    const y = line * LEGEND_LINE + 8;
    drawn.push(drawMarker(x + 6, y, series, 4), drawText(x + 16, y, shown, { hint: name }));
    x += width;
  }
  return { drawn, lines: legend.length === 0 ? 0 : line + 1 };
}

function drawAxis({ ticks }: RowScale, place: (value: number) => number, top: number, height: number): Markup[] {
  return ticks.flatMap(({ at, label, isMain }) => [
    drawText(place(at), top + 9, label, { anchor: 'middle', look: 'quiet small' }),
    drawLine([place(at), top + HEAD - 5], [place(at), height], isMain ? 'axis' : 'grid'),
  ]);
}

function drawRow({ label, lanes }: ChartRow, top: number, place: (value: number) => number): Markup[] {
  const middle = top + (lanes.length * LANE) / 2;
  return [
    drawText(0, middle, fitLabel(label, LABEL - 8), { hint: label }),
    ...lanes.map((lane, index) => drawLane(lane, top + (index + 0.5) * LANE, place)),
  ];
}

function drawLane({ marks, series, end, hint }: ChartLane, y: number, place: (value: number) => number): Markup {
  return element(
    'g',
    {},
    element('title', {}, hint),
    series === undefined ? undefined : drawMarker(LABEL + MARKERS / 2 - 2, y, series, 4),
    marks.map((mark) => drawMark(mark, y, place)),
    end === undefined ? undefined : drawText(WIDTH - 2, y, end, { anchor: 'end', look: 'quiet small' }),
  );
}

function drawMark(mark: RowMark, y: number, place: (value: number) => number): Markup[] {
  switch (mark.kind) {
    case 'bar': {
      const [from, to] = [place(mark.from), place(mark.to)];
      const look = mark.series === undefined ? 'val-gap' : `val-s${mark.series % 8}`;
      return [
        element('rect', {
          x: Math.min(from, to),
          y: y - 5,
          width: Math.abs(to - from),
          height: 10,
          class: look,
          'fill-opacity': 0.85,
        }),
      ];
    }
    case 'interval': {
      const [from, to] = [place(mark.from), place(mark.to)];
      return [
        drawLine([from, y], [to, y], 'line', 1.2),
        drawLine([from, y - 3], [from, y + 3], 'line', 1.2),
        drawLine([to, y - 3], [to, y + 3], 'line', 1.2),
      ];
    }
    case 'dumbbell': {
      const [stated, acted] = [place(mark.stated), place(mark.acted)];
      const bar = mark.isGap
        ? drawLine([stated, y], [acted, y], 'gap-line', 3)
        : drawLine([stated, y], [acted, y], 'quiet-line', 1.5);
      return [bar, drawMarker(stated, y, mark.series, 4, true), drawMarker(acted, y, mark.series, 4)];
    }
    case 'text':
      return drawWords(mark, y, place);
  }
}

function drawWords(
  { at, strong = '', quiet = '', side }: Extract<RowMark, { kind: 'text' }>,
  y: number,
  place: (value: number) => number,
): Markup[] {
  const x = place(at) + side * 7;
  const anchor = side === 1 ? 'start' : 'end';
  if (side === -1) return [drawText(x, y, [strong, quiet].filter(Boolean).join('  '), { anchor, look: 'text strong' })];
  const gap = strong === '' ? 0 : estimateWidth(strong, 7.2) + 5;
  return [
    ...(strong === '' ? [] : [drawText(x, y, strong, { anchor, look: 'text strong' })]),
    ...(quiet === '' ? [] : [drawText(x + gap, y, quiet, { anchor, look: 'quiet small' })]),
  ];
}
