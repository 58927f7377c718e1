/** What a heatmap shows, free of pixels and of the browser: rows of cells, each an amount of one hue. */
import type { Described } from './target';

export interface HeatCell extends Described {
  /** 0…1; null where there is nothing to measure. */
  readonly amount: number | null;
  /** What stands in the cell where there is room. */
  readonly text: string;
}

export interface HeatRow {
  readonly key: string;
  readonly label: string;
  /** Stands above the row: the first of a block of rows. */
  readonly heading?: string;
  /** One for each column. */
  readonly cells: readonly HeatCell[];
}

export interface Heatmap {
  readonly kind: 'heatmap';
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  readonly rows: readonly HeatRow[];
  /** The amount that is drawn in the full hue. */
  readonly max: number;
}

export const HEAT_ROW = 20;
const HEADING = 28;
const LABEL_GAP = 12;
const WIDEST_COLUMN = 96;
const NARROWEST_COLUMN = 14;
/** From this width on a column's name is set across it, below it upwards. */
export const UPRIGHT_COLUMN = 56;
/** Widest share of the panel that the values' names may take. */
const LABEL_SHARE = 0.3;

export interface HeatLayout {
  readonly left: number;
  readonly columnWidth: number;
  /** Of the whole drawing, in CSS pixels; wider than the panel where the columns are many. */
  readonly width: number;
  readonly height: number;
  /** Top of each row of cells, and of the heading above it. */
  readonly rows: readonly { readonly top: number; readonly headingTop?: number }[];
}

/** `label`: width of the longest row label, in CSS pixels. */
export function layoutHeatmap(heatmap: Heatmap, width: number, label: number): HeatLayout {
  const columns = Math.max(1, heatmap.columns.length);
  const left = Math.min(Math.ceil(label), Math.floor(width * LABEL_SHARE)) + LABEL_GAP;
  const columnWidth = Math.max(NARROWEST_COLUMN, Math.min(WIDEST_COLUMN, Math.floor((width - left) / columns)));
  const rows: { top: number; headingTop?: number }[] = [];
  let top = 0;
  for (const row of heatmap.rows) {
    const headingTop = row.heading === undefined ? undefined : top;
    if (headingTop !== undefined) top += HEADING;
    rows.push(headingTop === undefined ? { top } : { top, headingTop });
    top += HEAT_ROW;
  }
  return { left, columnWidth, width: left + columnWidth * columns, height: top, rows };
}

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** The cell at a place of the drawing; undefined between and beside cells. */
export function findCell(heatmap: Heatmap, layout: HeatLayout, x: number, y: number): CellPlace | undefined {
  const column = Math.floor((x - layout.left) / layout.columnWidth);
  const row = layout.rows.findIndex(({ top }) => y >= top && y < top + HEAT_ROW);
  return row >= 0 && column >= 0 && column < heatmap.columns.length ? { row, column } : undefined;
}

/** Where a key leads from a cell; undefined where the key means nothing here. */
export function moveCell(heatmap: Heatmap, from: CellPlace | undefined, key: string): CellPlace | undefined {
  const lastRow = heatmap.rows.length - 1;
  const lastColumn = heatmap.columns.length - 1;
  if (lastRow < 0 || lastColumn < 0) return undefined;
  const moves: ReadonlyMap<string, (at: CellPlace) => CellPlace> = new Map([
    ['ArrowDown', ({ row, column }) => ({ row: Math.min(lastRow, row + 1), column })],
    ['ArrowUp', ({ row, column }) => ({ row: Math.max(0, row - 1), column })],
    ['ArrowRight', ({ row, column }) => ({ row, column: Math.min(lastColumn, column + 1) })],
    ['ArrowLeft', ({ row, column }) => ({ row, column: Math.max(0, column - 1) })],
    ['Home', ({ row }) => ({ row, column: 0 })],
    ['End', ({ row }) => ({ row, column: lastColumn })],
    ['PageDown', ({ row, column }) => ({ row: Math.min(lastRow, row + 10), column })],
    ['PageUp', ({ row, column }) => ({ row: Math.max(0, row - 10), column })],
  ]);
  const move = moves.get(key);
  return move && (from ? move(from) : { row: 0, column: 0 });
}
