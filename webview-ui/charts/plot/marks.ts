/** The dataset type "marks" for chart.js: each datum is a mark on the scale, painted in its lane. */
import {
  type CartesianScaleTypeRegistry,
  type Chart,
  type ChartComponent,
  type CoreChartOptions,
  DatasetController,
  Element,
  type UpdateMode,
} from 'chart.js';
import type { Theme } from '../../theme';
import type { Brush } from './brush';
import { paintBar, paintDot, paintDumbbell, paintInterval, paintText } from './paint';
import type { Mark } from './plot';

/** `y` in CSS pixels from the top of the plot area. */
export interface MarkDatum {
  readonly x: number;
  readonly y: number;
  readonly mark: Mark;
}

declare module 'chart.js' {
  interface ChartTypeRegistry {
    marks: {
      chartOptions: CoreChartOptions<'marks'>;
      datasetOptions: { theme: Theme };
      defaultDataPoint: MarkDatum;
      metaExtensions: object;
      parsedDataType: { x: number; y: number };
      scales: keyof CartesianScaleTypeRegistry;
    };
  }
}

const TEXT_GAP = 8;
const EDGE = 4;

/** One mark at its pixel; `from` is the pixel of the other end of a bar or dumbbell. */
class MarkElement extends Element {
  static id = 'mark';
  declare mark: Mark;
  declare theme: Theme;
  declare from: number;
  declare chartWidth: number;

  draw(ctx: CanvasRenderingContext2D): void {
    paintMark(ctx, this.theme, this.mark, this);
  }
}

/** In CSS pixels. */
export interface MarkPlace {
  readonly x: number;
  readonly y: number;
  /** The other end of a bar, an interval or a dumbbell. */
  readonly from: number;
  readonly chartWidth: number;
}

export function paintMark(ctx: Brush, theme: Theme, mark: Mark, { x, y, from, chartWidth }: MarkPlace): void {
  if (mark.kind === 'bar') paintBar(ctx, theme, mark.series, { x: from, y }, { x, y });
  else if (mark.kind === 'interval') paintInterval(ctx, theme, { x: from, y }, { x, y });
  else if (mark.kind === 'dumbbell') {
    paintDumbbell(ctx, theme, { ...mark, size: Math.abs(mark.at - mark.from) }, { x: from, y }, { x, y });
  } else if (mark.kind === 'dot') paintDot(ctx, theme, mark, { x, y: y + (mark.shift ?? 0) });
  else paintWords(ctx, theme, mark, { x, y, chartWidth });
}

function paintWords(
  ctx: Brush,
  theme: Theme,
  mark: Extract<Mark, { kind: 'text' }>,
  { x: at, y, chartWidth }: Omit<MarkPlace, 'from'>,
): void {
  const align = mark.side === 1 ? 'left' : 'right';
  const room = (x: number) => (mark.side === 1 ? chartWidth - EDGE - x : x - EDGE);
  let x = at + mark.side * TEXT_GAP;
  if (mark.text) {
    x += mark.side * paintText(ctx, theme, mark.text, { x, y }, { colour: theme.foreground, strong: true, align });
    x += mark.side * TEXT_GAP;
  }
  if (mark.quiet) {
    const look = { colour: theme.quiet, size: theme.fontSize - 1, align, width: room(x) } as const;
    paintText(ctx, theme, mark.quiet, { x, y }, look);
  }
}

class MarksController extends DatasetController {
  static id = 'marks';
  static defaults = { datasetElementType: false, dataElementType: 'mark' };
  static overrides = { scales: { x: { type: 'linear' }, y: { type: 'linear' } } };

  override update(mode: UpdateMode): void {
    const { data } = this.getMeta();
    this.updateElements(data as MarkElement[], 0, data.length, mode);
  }

  override updateElements(elements: MarkElement[], start: number, count: number, mode: UpdateMode): void {
    const { xScale, yScale } = this.getMeta();
    const dataset = this.getDataset() as unknown as { data: MarkDatum[]; theme: Theme };
    if (!xScale || !yScale) return;
    for (let i = start; i < start + count; i++) {
      const datum = dataset.data[i];
      const element = elements[i];
      if (!datum || !element) continue;
      const { mark } = datum;
      const properties = {
        x: xScale.getPixelForValue(datum.x),
        y: yScale.getPixelForValue(datum.y),
        from: xScale.getPixelForValue('from' in mark ? mark.from : mark.at),
        mark,
        theme: dataset.theme,
        chartWidth: this.chart.width,
      };
      this.updateElement(element, i, properties as never, mode);
    }
  }
}

export const MARKS: readonly ChartComponent[] = [MarkElement, MarksController] as unknown as ChartComponent[];
export type MarksChart = Chart<'marks', MarkDatum[]>;
