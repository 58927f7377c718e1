/** Writes down as SVG what a canvas would paint, so that a saved picture is the one on screen. */
import { type Attributes, element, type Markup } from '../../../src/display/markup';
import type { Brush } from '../plot/brush';

interface Look {
  fillStyle: Brush['fillStyle'];
  strokeStyle: Brush['strokeStyle'];
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  dash: readonly number[];
  /** An SVG transform list. */
  place: string;
}

const FIRST_LOOK: Look = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineJoin: 'miter',
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'left',
  textBaseline: 'alphabetic',
  dash: [],
  place: '',
};

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { center: 'middle', right: 'end', end: 'end' };

/** Arcs are whole circles here; fills are plain colours. */
export class SvgBrush implements Brush {
  private readonly drawn: Markup[] = [];
  private readonly kept: Look[] = [];
  private look: Look = { ...FIRST_LOOK };
  private path: string[] = [];

  /** `measure`: a canvas that knows the fonts. */
  constructor(private readonly measure: Pick<CanvasRenderingContext2D, 'font' | 'measureText'>) {}

  /** The whole picture, in CSS pixels. `title` is read aloud instead of it. */
  write(width: number, height: number, title: string): string {
    const attributes = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height };
    const named = { ...attributes, role: 'img', 'aria-label': title };
    const { markup } = element('svg', named, element('title', {}, title), this.drawn);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${markup}\n`;
  }

  save(): void {
    this.kept.push({ ...this.look });
  }

  restore(): void {
    this.look = this.kept.pop() ?? this.look;
  }

  translate(x: number, y: number): void {
    this.look.place += ` translate(${x} ${y})`;
  }

  /** @param angle radians, clockwise */
  rotate(angle: number): void {
    this.look.place += ` rotate(${(angle * 180) / Math.PI})`;
  }

  setLineDash(dash: Iterable<number>): void {
    this.look.dash = [...dash];
  }

  beginPath(): void {
    this.path = [];
  }

  closePath(): void {
    if (this.path.length > 0) this.path.push('Z');
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${round(x)} ${round(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.path.push(`${this.path.length === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`);
  }

  arc(x: number, y: number, radius: number): void {
    const r = round(radius);
    const half = (to: number) => `A${r} ${r} 0 0 1 ${round(to)} ${round(y)}`;
    this.path.push(`M${round(x - radius)} ${round(y)}`, half(x + radius), half(x - radius));
  }

  fill(): void {
    this.draw('path', { d: this.path.join(''), ...this.filled });
  }

  stroke(): void {
    this.draw('path', { d: this.path.join(''), ...this.stroked });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.draw('rect', { x, y, width, height, ...this.filled });
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.draw('rect', { x, y, width, height, ...this.stroked });
  }

  fillText(text: string, x: number, y: number): void {
    const [, weight, size = '10', family = 'sans-serif'] = /^(?:(\d+) )?([\d.]+)px (.+)$/.exec(this.look.font) ?? [];
    const { textAlign, textBaseline } = this.look;
    this.draw(
      'text',
      {
        x,
        y: textBaseline === 'middle' ? y + Number(size) * 0.35 : y,
        'font-family': family,
        'font-size': size,
        'font-weight': weight,
        'text-anchor': ANCHORS[textAlign],
        ...this.filled,
      },
      text,
    );
  }

  measureText(text: string): { readonly width: number } {
    this.measure.font = this.look.font;
    return this.measure.measureText(text);
  }

  private draw(name: string, attributes: Attributes, text?: string): void {
    const { place } = this.look;
    this.drawn.push(element(name, { ...attributes, transform: place === '' ? undefined : place.trim() }, text));
  }

  private get filled(): Attributes {
    const { fillStyle, globalAlpha } = this.look;
    return { fill: String(fillStyle), 'fill-opacity': globalAlpha < 1 ? globalAlpha : undefined };
  }

  private get stroked(): Attributes {
    const { strokeStyle, lineWidth, lineJoin, dash, globalAlpha } = this.look;
    return {
      fill: 'none',
      stroke: String(strokeStyle),
      'stroke-width': lineWidth,
      'stroke-linejoin': lineJoin === 'miter' ? undefined : lineJoin,
      'stroke-dasharray': dash.length === 0 ? undefined : dash.join(' '),
      'stroke-opacity': globalAlpha < 1 ? globalAlpha : undefined,
    };
  }

  get fillStyle(): Look['fillStyle'] {
    return this.look.fillStyle;
  }

  set fillStyle(value: Look['fillStyle']) {
    this.look.fillStyle = value;
  }

  get strokeStyle(): Look['strokeStyle'] {
    return this.look.strokeStyle;
  }

  set strokeStyle(value: Look['strokeStyle']) {
    this.look.strokeStyle = value;
  }

  get lineWidth(): Look['lineWidth'] {
    return this.look.lineWidth;
  }

  set lineWidth(value: Look['lineWidth']) {
    this.look.lineWidth = value;
  }

  get lineJoin(): Look['lineJoin'] {
    return this.look.lineJoin;
  }

  set lineJoin(value: Look['lineJoin']) {
    this.look.lineJoin = value;
  }

  get globalAlpha(): Look['globalAlpha'] {
    return this.look.globalAlpha;
  }

  set globalAlpha(value: Look['globalAlpha']) {
    this.look.globalAlpha = value;
  }

  get font(): Look['font'] {
    return this.look.font;
  }

  set font(value: Look['font']) {
    this.look.font = value;
  }

  get textAlign(): Look['textAlign'] {
    return this.look.textAlign;
  }

  set textAlign(value: Look['textAlign']) {
    this.look.textAlign = value;
  }

  get textBaseline(): Look['textBaseline'] {
    return this.look.textBaseline;
  }

  set textBaseline(value: Look['textBaseline']) {
    this.look.textBaseline = value;
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
