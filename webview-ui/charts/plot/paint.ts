/** Brush strokes on the canvas: markers, bars, dumbbells, text. */
import { cornersOf, styleOfSeries } from '../../../src/display/markers';
import type { Theme } from '../../theme';
import type { Brush } from './brush';
import { fitText } from './layout';
import type { Tone } from './plot';

const RADIUS = 4.5;
const SMALL_RADIUS = 3;
const RING = 1.75;

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface MarkerLook {
  readonly hollow?: boolean;
  readonly radius?: number;
}

export function paintMarker(
  ctx: Brush,
  theme: Theme,
  series: number,
  { x, y }: Place,
  { hollow = false, radius = RADIUS }: MarkerLook = {},
): void {
  const colour = theme.colourOf(series);
  const corners = cornersOf(styleOfSeries(series).shape, hollow ? radius - RING / 2 + 0.25 : radius);
  ctx.save();
  ctx.beginPath();
  if (corners === null) ctx.arc(x, y, hollow ? radius - RING / 2 + 0.25 : radius, 0, Math.PI * 2);
  else for (const [dx, dy] of corners) ctx.lineTo(x + dx, y + dy);
  ctx.closePath();
  ctx.fillStyle = hollow ? theme.background : colour;
  ctx.strokeStyle = hollow ? colour : theme.background;
  ctx.lineJoin = 'round';
  ctx.lineWidth = hollow ? RING : 1;
  // A filled marker gets a thin rim of background first, so that neighbours stay apart.
  if (!hollow) ctx.stroke();
  ctx.fill();
  if (hollow) ctx.stroke();
  ctx.restore();
}

/** The gap hue; its strength tells the size, 0…1. High contrast keeps full strength: length tells the size there. */
function strengthen(theme: Theme, size: number): number {
  return theme.highContrast ? 1 : 0.4 + 0.6 * Math.min(1, size);
}

export function paintDumbbell(
  ctx: Brush,
  theme: Theme,
  mark: { readonly series: number; readonly tone: Tone; readonly size: number },
  stated: Place,
  acted: Place,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.moveTo(stated.x, stated.y);
  ctx.lineTo(acted.x, acted.y);
  ctx.strokeStyle = mark.tone === 'gap' ? theme.gap : theme.quiet;
  ctx.globalAlpha = mark.tone === 'gap' ? strengthen(theme, mark.size) : theme.highContrast ? 1 : 0.55;
  ctx.lineWidth = mark.tone === 'gap' ? 4 : 1.5;
  if (mark.tone === 'open') ctx.setLineDash([3, 3]);
  ctx.stroke();
  ctx.restore();
  if (Math.abs(acted.x - stated.x) < RADIUS) {
    // One inside the other: there is no distance to see.
    paintMarker(ctx, theme, mark.series, stated, { hollow: true, radius: RADIUS + 1 });
    paintMarker(ctx, theme, mark.series, acted, { radius: SMALL_RADIUS });
  } else {
    paintMarker(ctx, theme, mark.series, stated, { hollow: true });
    paintMarker(ctx, theme, mark.series, acted);
  }
}

export function paintDot(
  ctx: Brush,
  theme: Theme,
  mark: { readonly series: number; readonly hollow?: boolean; readonly weight: 'strong' | 'quiet' },
  at: Place,
): void {
  ctx.save();
  if (mark.weight === 'quiet' && !theme.highContrast) ctx.globalAlpha = 0.75;
  paintMarker(ctx, theme, mark.series, at, {
    hollow: mark.hollow ?? false,
    radius: mark.weight === 'strong' ? RADIUS + 0.5 : SMALL_RADIUS,
  });
  ctx.restore();
}

export function paintBar(ctx: Brush, theme: Theme, series: number | undefined, from: Place, to: Place): void {
  if (from.x === to.x) return;
  ctx.fillStyle = series === undefined ? theme.gap : theme.colourOf(series);
  ctx.fillRect(Math.min(from.x, to.x), from.y - 5, Math.abs(to.x - from.x), 10);
}

/** A line with short ends over a rim of background, so that it is seen on its bar and beside it. */
export function paintInterval(ctx: Brush, theme: Theme, from: Place, to: Place): void {
  const trace = () => {
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    for (const { x, y } of [from, to]) {
      ctx.moveTo(x, y - 3);
      ctx.lineTo(x, y + 3);
    }
    ctx.stroke();
  };
  ctx.save();
  ctx.strokeStyle = theme.background;
  ctx.lineWidth = 3.5;
  ctx.globalAlpha = 0.7;
  trace();
  ctx.strokeStyle = theme.foreground;
  ctx.lineWidth = 1.25;
  ctx.globalAlpha = 1;
  trace();
  ctx.restore();
}

export interface TextLook {
  readonly colour: string;
  readonly size?: number;
  readonly strong?: boolean;
  readonly align?: 'left' | 'right' | 'center';
  /** Widest it may be, in CSS pixels; longer text ends in an ellipsis. */
  readonly width?: number;
}

/** Gives the width that was drawn. */
export function paintText(ctx: Brush, theme: Theme, text: string, { x, y }: Place, look: TextLook): number {
  ctx.font = fontOf(theme, look.size, look.strong);
  ctx.fillStyle = look.colour;
  ctx.textAlign = look.align ?? 'left';
  ctx.textBaseline = 'middle';
  const measure = (part: string) => ctx.measureText(part).width;
  const fitted = look.width === undefined ? text : fitText(text, look.width, measure);
  ctx.fillText(fitted, x, y + 0.5);
  return measure(fitted);
}

export function fontOf(theme: Theme, size = theme.fontSize, strong = false): string {
  return `${strong ? '600 ' : ''}${size}px ${theme.fontFamily}`;
}
