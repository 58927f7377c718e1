/** The dataset type "cells" for chart.js: each datum is a cell of a heatmap, painted at its place. */
import {
  type CartesianScaleTypeRegistry,
  type ChartComponent,
  type CoreChartOptions,
  DatasetController,
  Element,
  type UpdateMode,
} from 'chart.js';
import type { Theme } from '../../theme';
import type { Brush } from './brush';
import { HEAT_ROW, type HeatCell } from './heatmap';
import { paintText } from './paint';

/** `x`: index of the column; `y`: top of the row in CSS pixels. */
export interface CellDatum {
  readonly x: number;
  readonly y: number;
  readonly cell: HeatCell;
}

export interface CellLook {
  readonly theme: Theme;
  /** The amount of the full hue. */
  readonly max: number;
  readonly columnWidth: number;
}

declare module 'chart.js' {
  interface ChartTypeRegistry {
    cells: {
      chartOptions: CoreChartOptions<'cells'>;
      datasetOptions: CellLook;
      defaultDataPoint: CellDatum;
      metaExtensions: object;
      parsedDataType: { x: number; y: number };
      scales: keyof CartesianScaleTypeRegistry;
    };
  }
}

/** From this width on a cell holds its number. */
export const NUMBER_WIDTH = 34;

class CellElement extends Element {
  static id = 'cell';
  declare cell: HeatCell;
  declare look: CellLook;

  draw(ctx: CanvasRenderingContext2D): void {
    paintCell(ctx, this.cell, this.look, this);
  }
}

/** At its top left corner, in CSS pixels. */
export function paintCell(ctx: Brush, cell: HeatCell, look: CellLook, { x, y }: { x: number; y: number }): void {
  const { theme, columnWidth, max } = look;
  const size = theme.fontSize - 2;
  const middle = { x: x + columnWidth / 2, y: y + HEAT_ROW / 2 };
  const hasRoom = columnWidth >= NUMBER_WIDTH;
  if (cell.amount === null) {
    if (hasRoom) paintText(ctx, theme, cell.text, middle, { colour: theme.quiet, size, align: 'center' });
    else paintAbsence(ctx, theme, middle);
    return;
  }
  const { fill, text } = theme.shade(cell.amount / max);
  ctx.fillStyle = fill;
  ctx.fillRect(x, y, columnWidth - 1, HEAT_ROW - 1);
  if (hasRoom) paintText(ctx, theme, cell.text, middle, { colour: text, size, align: 'center' });
}

/** A slash: no usable answer. */
function paintAbsence(ctx: Brush, theme: Theme, { x, y }: { x: number; y: number }): void {
  ctx.strokeStyle = theme.quiet;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x - 3, y + 4);
  ctx.lineTo(x + 3, y - 4);
  ctx.stroke();
}

class CellsController extends DatasetController {
  static id = 'cells';
  static defaults = { datasetElementType: false, dataElementType: 'cell' };
  static overrides = { scales: { x: { type: 'linear' }, y: { type: 'linear' } } };

  override update(mode: UpdateMode): void {
    const { data } = this.getMeta();
    this.updateElements(data as CellElement[], 0, data.length, mode);
  }

  override updateElements(elements: CellElement[], start: number, count: number, mode: UpdateMode): void {
    const { xScale, yScale } = this.getMeta();
    const dataset = this.getDataset() as unknown as { data: CellDatum[] } & CellLook;
    if (!xScale || !yScale) return;
    const { theme, max, columnWidth } = dataset;
    const look: CellLook = { theme, max, columnWidth };
    for (let i = start; i < start + count; i++) {
      const datum = dataset.data[i];
      const element = elements[i];
      if (!datum || !element) continue;
      const x = xScale.getPixelForValue(datum.x);
      const y = yScale.getPixelForValue(datum.y);
      this.updateElement(element, i, { x, y, cell: datum.cell, look } as never, mode);
    }
  }
}

export const CELLS: readonly ChartComponent[] = [CellElement, CellsController] as unknown as ChartComponent[];
