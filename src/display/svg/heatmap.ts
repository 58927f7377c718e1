/** A heatmap: one hue over the paper, stronger where larger, with the number in each cell. */
import { element, type Markup } from '../markup';
import { type Chart, drawText, fitLabel } from './chart';

export interface HeatmapRow {
  readonly heading?: string;
  readonly label: string;
  /** 0…1, one a column; null where there is no number. */
  readonly cells: readonly (number | null)[];
}

const WIDTH = 760;
const LABEL = 190;
const CELL = 15;
const HEADING = 20;
/** Numbers need this much room. */
const NARROWEST_NUMBER = 24;
/** From this share of the hue on, the text on dark paper is black: WCAG AA at every share, see the test. */
export const STRONG_SHARE = 0.65;

/** `max`: the amount that has the full hue. */
export function drawHeatmap(
  about: Pick<Chart, 'id' | 'title' | 'description'>,
  columns: readonly string[],
  rows: readonly HeatmapRow[],
  max: number,
): Chart {
  const widthOf = (label: string) => Math.min(150, Array.from(label).length * 6);
  const longest = Math.max(0, ...columns.map(widthOf));
  // A leaning label reaches out beyond its column, and the last one beyond the picture.
  const overhang = Math.max(0, widthOf(columns.at(-1) ?? '') * 0.85 - 20);
  const cell = Math.min(70, (WIDTH - LABEL - overhang) / Math.max(1, columns.length));
  // Long labels lean; short ones fit above their column.
  const head = longest > cell ? longest * 0.5 + 22 : 22;
  const body: Markup[] = columns.map((label, at) => drawColumn(label, LABEL + (at + 0.5) * cell, head, longest > cell));
  let y = head;
  for (const row of rows) {
    if (row.heading !== undefined) {
      body.push(drawText(0, y + HEADING / 2 + 2, row.heading, { look: 'quiet small strong' }));
      y += HEADING;
    }
    body.push(drawText(0, y + CELL / 2, fitLabel(row.label, LABEL - 8), { hint: row.label }));
    row.cells.forEach((amount, at) => {
      const x = LABEL + at * cell;
      const hint = `${row.label}, ${columns[at] ?? ''}: ${amount === null ? 'no usable answer in a task' : amount.toFixed(3)}`;
      body.push(drawCell(amount, { x, y, width: cell, max, hint }));
    });
    y += CELL;
  }
  return { ...about, width: WIDTH, height: y + 4, body };
}

function drawColumn(label: string, x: number, head: number, leans: boolean): Markup {
  if (!leans) return drawText(x, head - 10, label, { anchor: 'middle', look: 'quiet small' });
  const shown = fitLabel(label, 150, 6);
  return element(
    'g',
    { transform: `translate(${x.toFixed(1)} ${(head - 8).toFixed(1)}) rotate(-32)` },
    drawText(0, 0, shown, { look: 'quiet small', hint: label }),
  );
}

function drawCell(
  amount: number | null,
  { x, y, width, max, hint }: { x: number; y: number; width: number; max: number; hint: string },
): Markup {
  const share = amount === null ? 0 : Math.max(0, Math.min(1, amount / max));
  const square = { x: x + 0.5, y: y + 0.5, width: width - 1, height: CELL - 1 };
  const text = amount === null ? '–' : amount.toFixed(2);
  const look = share >= STRONG_SHARE ? 'hot cell' : amount === null ? 'quiet cell' : 'weak cell';
  return element(
    'g',
    {},
    element('title', {}, hint),
    // The share of the hue over whatever paper there is: one ramp for light and dark.
    element('rect', { ...square, class: 'val-heat', 'fill-opacity': share }),
    width < NARROWEST_NUMBER ? undefined : drawText(x + width / 2, y + CELL / 2, text, { anchor: 'middle', look }),
  );
}
