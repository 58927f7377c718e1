/** A chart made into what goes into a file: PNG, SVG, or the figures of its table. */
import { LONGEST_FILE, MOST_ROWS_SAVED, type SavedChart } from '../../../src/protocol/savedChart';
import { formatName } from '../../format';
import type { TableCell, TableTwin } from '../definition';
import { composePicture, type PictureParts } from './picture';
import { SvgBrush } from './svgBrush';

export type SavedForm = SavedChart['form'];

/** Why there is no file, in a sentence for the reader. */
export class SaveError extends Error {}

export interface DrawnChart extends PictureParts {
  readonly table: TableTwin;
}

/** Pixels for each CSS pixel, so that a picture is sharp in print. */
const SCALE = 2;
/** What browsers hold in one canvas, in pixels of one side. */
const LONGEST_SIDE = 16_000;
const LONGEST_CELL = 2_000;

/** @throws {SaveError} where the file would be too large */
export function makeSavedChart(form: SavedForm, chart: DrawnChart): SavedChart {
  if (form === 'csv') return writeTable(chart.table);
  const content = form === 'svg' ? drawSvg(chart) : drawPng(chart);
  if (content.length > LONGEST_FILE) {
    throw new SaveError('The picture is too large to be saved. Show fewer rows, or save the figures as CSV.');
  }
  return { form, content };
}

function createContext(): CanvasRenderingContext2D {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new SaveError('This browser gives no canvas to draw on. Save the figures as CSV.');
  return context;
}

function drawSvg(chart: DrawnChart): string {
  const brush = new SvgBrush(createContext());
  const { width, height, paint } = composePicture(brush, chart);
  paint(brush);
  return brush.write(width, height, chart.title);
}

function drawPng(chart: DrawnChart): string {
  const context = createContext();
  const { width, height, paint } = composePicture(context, chart);
  const scale = Math.min(SCALE, LONGEST_SIDE / Math.max(width, height));
  const { canvas } = context;
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  context.scale(scale, scale);
  paint(context);
  const [, content = ''] = canvas.toDataURL('image/png').split(';base64,');
  if (content === '') throw new SaveError('The picture is too large for a PNG. Save it as SVG.');
  return content;
}

function writeTable({ columns, rows }: TableTwin): SavedChart {
  return {
    form: 'csv',
    columns: columns.map(({ title }) => title),
    rows: rows.slice(0, MOST_ROWS_SAVED).map(({ cells }) => cells.map(readCell)),
  };
}

/** A number stays one, so that a spreadsheet counts with it. */
function readCell({ text, number }: TableCell): string | number {
  const plain = text.replaceAll(',', '').replace('−', '-');
  return number && /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : formatName(text, LONGEST_CELL);
}
