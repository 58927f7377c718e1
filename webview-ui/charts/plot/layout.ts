/** Where the rows of a plot stand, in CSS pixels. */
import type { Plot } from './plot';

/** Below this width labels stand above their rows instead of beside them. */
const NARROW = 520;
const GAP = 12;
const ROW_PADDING = 6;
const LABEL_LINE = 20;
const AXIS_HEIGHT = 24;
const SMALLEST_ROW = 28;
const HEADING = 28;
/** Room for a lane's marker left of the scale. */
const MARKER_ROOM = 16;

export interface RowLayout {
  /** All from the top of the plot area. */
  readonly top: number;
  readonly height: number;
  /** Middle of the heading's line, where the row has one. */
  readonly headingY?: number;
  /** Middle of the label's line. */
  readonly labelY: number;
  readonly laneY: readonly number[];
}

export interface PlotLayout {
  /** Width left of the scale, label and gap included. */
  readonly left: number;
  readonly right: number;
  readonly axisHeight: number;
  /** Height of all rows. */
  readonly height: number;
  readonly labelsAbove: boolean;
  /** Widest that a label may be drawn. */
  readonly labelWidth: number;
  readonly rows: readonly RowLayout[];
}

/** The widest texts, in CSS pixels. */
export interface TextWidths {
  /** Marker included. */
  readonly label: number;
  /** Right of the scale, or of a mark at its right end. */
  readonly end: number;
  /** Left of a mark at the scale's left end. */
  readonly before: number;
}

export function layoutPlot(plot: Plot, width: number, texts: TextWidths): PlotLayout {
  const labelsAbove = width < NARROW;
  const right = texts.end > 0 ? Math.ceil(texts.end) + GAP : GAP;
  const markers = plot.rows.some((row) => row.lanes.some((lane) => lane.series !== undefined)) ? MARKER_ROOM : 0;
  const before = markers + (texts.before > 0 ? Math.ceil(texts.before) + GAP * 2 : GAP);
  // Counts under a label are to be read in full, so they may take more.
  const share = plot.rows.some((row) => row.sublabel !== undefined) ? 0.44 : 0.36;
  const labelWidth = labelsAbove ? width - GAP : Math.min(Math.ceil(texts.label), Math.floor(width * share));

  const rows: RowLayout[] = [];
  let top = 0;
  for (const row of plot.rows) {
    const headingY = row.heading === undefined ? undefined : top + HEADING / 2 + (top > 0 ? 4 : 0);
    if (headingY !== undefined) top += HEADING + (top > 0 ? 4 : 0);
    const lanes = row.lanes.length * plot.laneHeight;
    const head = labelsAbove ? (row.sublabel === undefined ? LABEL_LINE : LABEL_LINE * 2 - 4) : 0;
    const smallest = row.sublabel === undefined || labelsAbove ? SMALLEST_ROW : SMALLEST_ROW + 12;
    const height = labelsAbove ? head + lanes + ROW_PADDING * 2 : Math.max(smallest, lanes + ROW_PADDING * 2);
    const first = labelsAbove ? top + ROW_PADDING + head : top + (height - lanes) / 2;
    rows.push({
      top,
      height,
      headingY,
      labelY: labelsAbove ? top + ROW_PADDING + LABEL_LINE / 2 : top + height / 2,
      laneY: row.lanes.map((_, lane) => first + plot.laneHeight * (lane + 0.5)),
    });
    top += height;
  }
  return {
    left: labelsAbove ? before : labelWidth + before,
    right,
    axisHeight: AXIS_HEIGHT,
    height: top,
    labelsAbove,
    labelWidth,
    rows,
  };
}

/** The row at a height from the top of the plot area, or −1. */
export function findRow(layout: PlotLayout, y: number): number {
  return layout.rows.findIndex((row) => y >= row.top && y < row.top + row.height);
}

/** Shortens to a width with an ellipsis; `measure` gives the width of a text in the same unit. */
export function fitText(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const letters = Array.from(text);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${letters.slice(0, middle).join('').trimEnd()}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '…' : `${letters.slice(0, low).join('').trimEnd()}…`;
}
