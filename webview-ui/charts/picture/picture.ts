/** A chart as a picture that stands by itself: title, what is seen, whose the markers are, and the chart below. */
import type { Theme } from '../../theme';
import type { Brush } from '../plot/brush';
import { paintCell } from '../plot/cells';
import { measureTexts, paintFrame, toPixel } from '../plot/frame';
import { paintHeatLabels } from '../plot/heatLabels';
import { type HeatLayout, type Heatmap, layoutHeatmap, UPRIGHT_COLUMN } from '../plot/heatmap';
import { layoutPlot, type PlotLayout } from '../plot/layout';
import { paintMark } from '../plot/marks';
import { fontOf, paintMarker, paintText } from '../plot/paint';
import type { Plot } from '../plot/plot';

export interface PictureRun {
  readonly name: string;
  readonly series: number;
}

export interface PictureParts {
  readonly title: string;
  readonly lead: string;
  /** What was chosen above the chart: "By country", "Model: lab/one". */
  readonly chosen: readonly string[];
  /** Whose the markers are. */
  readonly runs: readonly PictureRun[];
  readonly plot: Plot | Heatmap;
  readonly theme: Theme;
  /** Of the chart, in CSS pixels. */
  readonly width: number;
}

/** Ready to be painted, at (0, 0), as often as it takes. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  paint(ctx: Brush): void;
}

const MARGIN = 20;
const LINE = 20;
const GAP = 12;
const MARKER = 18;
/** Longest name of a column that is set upwards, in CSS pixels. */
const LONGEST_COLUMN = 160;

/** @param ctx tells how wide texts are */
export function composePicture(ctx: Brush, parts: PictureParts): Picture {
  const body = parts.plot.kind === 'rows' ? layRows(ctx, parts, parts.plot) : layHeatmap(ctx, parts, parts.plot);
  const { theme } = parts;
  ctx.font = fontOf(theme);
  const said = [parts.lead, parts.chosen.join(' · ')];
  const lead = said.flatMap((text) => wrap(text, body.width, (part) => ctx.measureText(part).width));
  // A heatmap has no markers.
  const runs = layRuns(ctx, parts.plot.kind === 'rows' ? parts.runs : [], body.width);
  const top = MARGIN + LINE + lead.length * LINE + GAP + runs.lines * LINE + (runs.lines > 0 ? GAP : 0);
  const width = body.width + 2 * MARGIN;
  const height = top + body.height + MARGIN;
  return {
    width,
    height,
    paint(brush) {
      brush.fillStyle = theme.background;
      brush.fillRect(0, 0, width, height);
      brush.save();
      brush.translate(MARGIN, MARGIN);
      const title = { colour: theme.foreground, size: theme.fontSize + 2, strong: true, width: body.width };
      paintText(brush, theme, parts.title, { x: 0, y: LINE / 2 }, title);
      lead.forEach((text, at) => {
        paintText(brush, theme, text, { x: 0, y: LINE * (at + 1.5) }, { colour: theme.quiet });
      });
      const runsTop = LINE * (lead.length + 1) + GAP;
      for (const { run, x, line } of runs.placed) {
        const y = runsTop + LINE * (line + 0.5);
        paintMarker(brush, theme, run.series, { x: x + 5, y });
        paintText(brush, theme, run.name, { x: x + MARKER, y }, { colour: theme.foreground, width: body.width });
      }
      brush.translate(0, top - MARGIN);
      body.paint(brush);
      brush.restore();
    },
  };
}

function layRows(ctx: Brush, { theme, width }: PictureParts, plot: Plot): Picture {
  const layout: PlotLayout = layoutPlot(plot, width, measureTexts(ctx, plot, theme));
  const [left, right] = [layout.left, width - layout.right];
  return {
    width,
    height: layout.axisHeight + layout.height,
    paint(brush) {
      const frame = { plot, layout, theme, activeRow: -1 };
      paintFrame(brush, frame, { left, right, top: layout.axisHeight, width });
      plot.rows.forEach((row, at) => {
        row.lanes.forEach(({ marks }, lane) => {
          const y = layout.axisHeight + (layout.rows[at]?.laneY[lane] ?? 0);
          for (const mark of marks) {
            const x = toPixel(plot, mark.at, left, right);
            const from = toPixel(plot, 'from' in mark ? mark.from : mark.at, left, right);
            paintMark(brush, theme, mark, { x, y, from, chartWidth: width });
          }
        });
      });
    },
  };
}

function layHeatmap(ctx: Brush, { theme, width }: PictureParts, heatmap: Heatmap): Picture {
  ctx.font = fontOf(theme);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => ctx.measureText(text).width));
  const layout = layoutHeatmap(heatmap, width, widest(heatmap.rows.map(({ label }) => label)) + 8);
  const names = heatmap.columns.map(({ label }) => label);
  const isAcross = layout.columnWidth >= UPRIGHT_COLUMN && widest(names) < layout.columnWidth;
  const head = isAcross ? LINE : Math.min(LONGEST_COLUMN, widest(names)) + GAP;
  return {
    width: Math.max(width, layout.width),
    height: head + layout.height,
    paint(brush) {
      paintColumns(brush, theme, names, layout, { head, isAcross });
      brush.translate(0, head);
      paintHeatLabels(brush, theme, heatmap, layout);
      const look = { theme, max: heatmap.max, columnWidth: layout.columnWidth };
      heatmap.rows.forEach((row, at) => {
        const y = layout.rows[at]?.top ?? 0;
        row.cells.forEach((cell, column) => {
          paintCell(brush, cell, look, { x: layout.left + column * layout.columnWidth, y });
        });
      });
    },
  };
}

function paintColumns(
  brush: Brush,
  theme: Theme,
  names: readonly string[],
  { left, columnWidth }: HeatLayout,
  { head, isAcross }: { readonly head: number; readonly isAcross: boolean },
): void {
  names.forEach((name, column) => {
    const middle = left + (column + 0.5) * columnWidth;
    brush.save();
    if (isAcross) {
      paintText(brush, theme, name, { x: middle, y: LINE / 2 }, { colour: theme.quiet, align: 'center' });
    } else {
      brush.translate(middle, head - 4);
      brush.rotate(-Math.PI / 2);
      paintText(brush, theme, name, { x: 0, y: 0 }, { colour: theme.quiet, width: LONGEST_COLUMN });
    }
    brush.restore();
  });
}

interface PlacedRun {
  readonly run: PictureRun;
  readonly x: number;
  readonly line: number;
}

/** Side by side, in as many lines as they need. */
function layRuns(ctx: Brush, runs: readonly PictureRun[], width: number): { placed: PlacedRun[]; lines: number } {
  let [x, line] = [0, 0];
  const placed = runs.map((run) => {
    const own = MARKER + ctx.measureText(run.name).width;
    if (x > 0 && x + own > width) [x, line] = [0, line + 1];
    const at = { run, x, line };
    x += own + 2 * GAP;
    return at;
  });
  return { placed, lines: runs.length === 0 ? 0 : line + 1 };
}

function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
