/** What stands around the marks: row bands, labels, scale and the column of numbers. A chart.js plugin. */
import type { Plugin } from 'chart.js';
import type { Theme } from '../../theme';
import type { Brush } from './brush';
import type { PlotLayout } from './layout';
import { fontOf, paintMarker, paintText } from './paint';
import type { Plot, PlotRow } from './plot';

export interface FrameState {
  readonly plot: Plot;
  readonly layout: PlotLayout;
  readonly theme: Theme;
  /** Row under the pointer or the keyboard's focus, or −1. */
  readonly activeRow: number;
}

const MARKER_ROOM = 16;

export function createFrame(state: () => FrameState): Plugin<'marks'> {
  return {
    id: 'frame',
    beforeDatasetsDraw: (chart) => paintFrame(chart.ctx, state(), { ...chart.chartArea, width: chart.width }),
  };
}

/** Row bands, scale, labels and numbers; the marks come over them. */
export function paintFrame(
  ctx: Brush,
  frame: FrameState,
  { left, right, top, width }: Pick<Area, 'left' | 'right' | 'top' | 'width'>,
): void {
  const area = { left, right, top, width, toPixel: (at: number) => toPixel(frame.plot, at, left, right) };
  paintBands(ctx, frame, area);
  paintScale(ctx, frame, area);
  for (const [index, row] of frame.plot.rows.entries()) paintLabel(ctx, frame, area, row, index);
}

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly width: number;
  toPixel(at: number): number;
}

export function toPixel(plot: Plot, at: number, left: number, right: number): number {
  return left + ((at - plot.min) / (plot.max - plot.min)) * (right - left);
}

function paintBands(ctx: Brush, { layout, theme, activeRow }: FrameState, area: Area): void {
  const active = layout.rows[activeRow];
  if (!active) return;
  ctx.fillStyle = theme.rowHover;
  ctx.fillRect(0, area.top + active.top, area.width, active.height);
  if (theme.highContrast) {
    ctx.strokeStyle = theme.foreground;
    ctx.lineWidth = 1;
    ctx.setLineDash([4, 2]);
    ctx.strokeRect(0.5, Math.round(area.top + active.top) + 0.5, area.width - 1, Math.round(active.height) - 1);
    ctx.setLineDash([]);
  }
}

function paintScale(ctx: Brush, { plot, layout, theme }: FrameState, area: Area): void {
  ctx.lineWidth = 1;
  for (const tick of plot.ticks) {
    const x = Math.round(area.toPixel(tick.at)) + 0.5;
    ctx.save();
    ctx.strokeStyle = tick.main || tick.dashed ? theme.quiet : theme.gridLine;
    ctx.globalAlpha = tick.main || tick.dashed ? 0.7 : theme.highContrast ? 0.35 : 0.8;
    if (tick.dashed) ctx.setLineDash([2, 4]);
    ctx.beginPath();
    for (const [from, to] of listGridSpans(plot, layout)) {
      ctx.moveTo(x, area.top + from);
      ctx.lineTo(x, area.top + to);
    }
    ctx.stroke();
    ctx.restore();
    ctx.font = fontOf(theme, theme.fontSize - 1);
    // At the edges of a narrow panel a centred label would be cut.
    const half = ctx.measureText(tick.label).width / 2;
    const place = {
      x: Math.min(area.width - half, Math.max(half, area.toPixel(tick.at))),
      y: area.top - layout.axisHeight / 2,
    };
    paintText(ctx, theme, tick.label, place, { colour: theme.quiet, size: theme.fontSize - 1, align: 'center' });
  }
}

/** Where grid lines run, from the top of the plot area: not through labels that stand above their rows. */
function listGridSpans(plot: Plot, layout: PlotLayout): readonly (readonly [number, number])[] {
  if (!layout.labelsAbove) return [[0, layout.height]];
  return layout.rows.map(({ laneY }) => {
    const half = plot.laneHeight / 2;
    return [(laneY[0] ?? 0) - half, (laneY.at(-1) ?? 0) + half];
  });
}

function paintLabel(ctx: Brush, { layout, theme }: FrameState, area: Area, row: PlotRow, index: number): void {
  const at = layout.rows[index];
  if (!at) return;
  if (row.heading !== undefined && at.headingY !== undefined) paintHeading(ctx, theme, area, row.heading, at.headingY);
  const start = layout.labelsAbove ? 8 : 4;
  const width = layout.labelWidth - start;
  const indent = row.series === undefined ? 0 : MARKER_ROOM;
  const beside = row.sublabel !== undefined && !layout.labelsAbove;
  const y = area.top + at.labelY - (beside ? 8 : 0);
  if (row.series !== undefined) paintMarker(ctx, theme, row.series, { x: start + 5, y });
  paintText(ctx, theme, row.label, { x: start + indent, y }, { colour: theme.foreground, width: width - indent });
  if (row.sublabel !== undefined) {
    const place = { x: start + indent, y: y + 16 };
    paintText(ctx, theme, row.sublabel, place, {
      colour: theme.quiet,
      size: theme.fontSize - 2,
      width: width - indent,
    });
  }
  row.lanes.forEach((lane, number) => {
    const y = area.top + (at.laneY[number] ?? 0);
    if (lane.series !== undefined) paintMarker(ctx, theme, lane.series, { x: area.left - 10, y }, { radius: 4 });
    if (lane.end === undefined) return;
    paintText(
      ctx,
      theme,
      lane.end,
      { x: area.width - 4, y },
      {
        colour: lane.strong ? theme.foreground : theme.quiet,
        size: theme.fontSize - 1,
        strong: lane.strong ?? false,
        align: 'right',
      },
    );
  });
}

function paintHeading(ctx: Brush, theme: Theme, area: Area, text: string, headingY: number): void {
  const y = area.top + headingY;
  const look = { colour: theme.quiet, size: theme.fontSize - 1, strong: true, width: area.width - 8 };
  // Its own ground, so that no line of the scale runs through the words.
  ctx.fillStyle = theme.background;
  ctx.fillRect(0, y - 14, area.width, 28);
  paintText(ctx, theme, text, { x: 4, y }, look);
}

/** Widths that the layout needs, in CSS pixels. Long labels are cut before they are measured. */
export function measureTexts(ctx: Brush, plot: Plot, theme: Theme): { label: number; end: number; before: number } {
  const widest = (texts: readonly string[], font: string): number => {
    ctx.font = font;
    return texts.reduce((most, text) => Math.max(most, ctx.measureText(text.slice(0, 120)).width), 0);
  };
  const lanes = plot.rows.flatMap((row) => row.lanes);
  const sided = (side: 1 | -1) =>
    lanes
      .flatMap((lane) => lane.marks)
      .flatMap((mark) =>
        mark.kind === 'text' && mark.side === side && mark.text
          ? [mark.text + (mark.quiet === undefined ? '' : `    ${mark.quiet}`)]
          : [],
      );
  const indent = plot.rows.some((row) => row.series !== undefined) ? MARKER_ROOM : 0;
  const small = fontOf(theme, theme.fontSize - 2);
  const strong = fontOf(theme, theme.fontSize, true);
  const labels = [
    widest(
      plot.rows.map((row) => row.label),
      fontOf(theme),
    ),
    widest(
      plot.rows.map((row) => row.sublabel ?? ''),
      small,
    ),
  ];
  return {
    label: 4 + indent + Math.max(...labels),
    end: Math.max(
      widest(
        lanes.map((lane) => lane.end ?? ''),
        fontOf(theme, theme.fontSize - 1, true),
      ),
      widest(sided(1), strong),
    ),
    before: widest(sided(-1), strong),
  };
}
