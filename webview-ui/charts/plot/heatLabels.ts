/** The names left of a heatmap's rows, and the headings of its blocks. */
import type { Theme } from '../../theme';
import type { Brush } from './brush';
import { HEAT_ROW, type HeatLayout, type Heatmap } from './heatmap';
import { paintText } from './paint';

export function paintHeatLabels(ctx: Brush, theme: Theme, heatmap: Heatmap, layout: HeatLayout): void {
  heatmap.rows.forEach((row, index) => {
    const { top = 0, headingTop } = layout.rows[index] ?? {};
    if (row.heading !== undefined && headingTop !== undefined) {
      const place = { x: 4, y: headingTop + 17 };
      paintText(ctx, theme, row.heading, place, { colour: theme.quiet, size: theme.fontSize - 1, strong: true });
    }
    const place = { x: 4, y: top + HEAT_ROW / 2 };
    paintText(ctx, theme, row.label, place, { colour: theme.foreground, width: layout.left - 12 });
  });
}
