/** Small drawings in the text: series markers and the keys of legends. Colours come from the style sheet's classes. */

import { cornersOf, styleOfSeries } from '../src/display/markers';
import type { LegendEntry } from './charts/definition';
import { createElement, createSvg } from './dom';

/** The marker of a run, 12 × 12. */
export function createMarker(series: number): SVGSVGElement {
  const { colour, shape } = styleOfSeries(series);
  const corners = cornersOf(shape, 4.5);
  const path =
    corners === null
      ? createSvg('circle', { cx: 6, cy: 6, r: 4.5 })
      : createSvg('polygon', { points: corners.map(([x, y]) => `${x + 6},${y + 6}`).join(' ') });
  return createSvg(
    'svg',
    { class: `marker series-${colour}`, viewBox: '0 0 12 12', width: 12, height: 12, 'aria-hidden': 'true' },
    path,
  );
}

const dot = (cx: number, r = 3.5) => createSvg('circle', { class: 'filled', cx, cy: 6, r });
const ring = (cx: number) => createSvg('circle', { class: 'hollow', cx, cy: 6, r: 3 });
const bar = (kind: 'gap' | 'aligned' | 'open') => createSvg('line', { class: kind, x1: 4, x2: 24, y1: 6, y2: 6 });

/** The product's one picture, with its words: what an empty panel will show. */
export function createIdea(): SVGSVGElement {
  const words = (text: string, x: number, y: number) => {
    const element = createSvg('text', { x, y, 'text-anchor': 'middle' });
    element.textContent = text;
    return element;
  };
  return createSvg(
    'svg',
    {
      class: 'idea',
      viewBox: '0 0 360 72',
      role: 'img',
      'aria-label': 'A model states that it agrees and acts as if it disagreed: two points, and the gap between them.',
    },
    createSvg('line', { class: 'scale', x1: 28, x2: 328, y1: 36, y2: 36 }),
    createSvg('line', { class: 'gap', x1: 76, x2: 272, y1: 36, y2: 36 }),
    createSvg('circle', { class: 'hollow', cx: 76, cy: 36, r: 6 }),
    createSvg('circle', { class: 'filled', cx: 272, cy: 36, r: 7 }),
    words('agree', 28, 64),
    words('disagree', 328, 64),
    words('states', 76, 18),
    words('acts', 272, 18),
    words('the gap', 174, 18),
  );
}

/** The key of a legend entry, 12 high. */
export function createGlyph(glyph: LegendEntry['glyph']): Element {
  if (glyph === 'ramp') return createElement('span', { class: 'ramp', 'aria-hidden': 'true' });
  const narrow = glyph === 'stated' || glyph === 'acted' || glyph === 'large-dot' || glyph === 'small-dot';
  const width = narrow ? 12 : 28;
  const box = { class: 'glyph', viewBox: `0 0 ${width} 12`, width, height: 12, 'aria-hidden': 'true' };
  return createSvg('svg', box, ...drawGlyph(glyph));
}

function drawGlyph(glyph: Exclude<LegendEntry['glyph'], 'ramp'>): readonly SVGElement[] {
  switch (glyph) {
    case 'stated':
      return [ring(6)];
    case 'acted':
      return [dot(6)];
    case 'large-dot':
      return [dot(6, 4.5)];
    case 'small-dot':
      return [dot(6, 2.5)];
    case 'gap-bar':
      return [bar('gap')];
    case 'aligned-bar':
      return [bar('aligned')];
    case 'open-bar':
      return [bar('open')];
    case 'interval':
      return [createSvg('path', { class: 'interval', d: 'M3 6H25M3 3V9M25 3V9' })];
    case 'to-disagree':
      return [bar('gap'), ring(4), dot(24)];
    case 'to-agree':
      return [bar('gap'), dot(4), ring(24)];
  }
}
