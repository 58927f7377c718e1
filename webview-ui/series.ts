/** How a run is told apart from others: one colour and one marker shape, the same in every view. */

export const MARKER_SHAPES = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'triangle-down',
  'pentagon',
  'plus',
  'star',
] as const;
export type MarkerShape = (typeof MARKER_SHAPES)[number];

/**
 * Theme variables of the series colours with a fallback each. Orange is left out: it means the size of a gap.
 * The terminal's two stand in because the charts palette has only six hues.
 */
export const SERIES_COLOURS = [
  ['--vscode-charts-blue', '#3794ff'],
  ['--vscode-charts-purple', '#b180d7'],
  ['--vscode-charts-green', '#89d185'],
  ['--vscode-charts-yellow', '#cca700'],
  ['--vscode-terminal-ansiCyan', '#11a8cd'],
  ['--vscode-terminal-ansiMagenta', '#bc3fbc'],
  ['--vscode-charts-red', '#f14c4c'],
  ['--vscode-descriptionForeground', '#9d9d9d'],
] as const;

export interface SeriesStyle {
  /** Index into `SERIES_COLOURS`. */
  readonly colour: number;
  readonly shape: MarkerShape;
}

/** Beyond eight series the colours come again with the shapes shifted by one, so that 64 pairs stay distinct. */
export function styleSeries(series: number): SeriesStyle {
  const size = MARKER_SHAPES.length;
  const round = Math.floor(series / size);
  return { colour: series % SERIES_COLOURS.length, shape: MARKER_SHAPES[(series + round) % size] ?? 'circle' };
}

/** Corners of a marker around (0, 0), in the unit of `radius`; null for the circle. Areas look about equal. */
export function outlineMarker(shape: MarkerShape, radius: number): readonly (readonly [number, number])[] | null {
  switch (shape) {
    case 'circle':
      return null;
    case 'square':
      return polygon(4, radius * 1.25, 45);
    case 'diamond':
      return polygon(4, radius * 1.3, 0);
    case 'triangle':
      return polygon(3, radius * 1.35, 0);
    case 'triangle-down':
      return polygon(3, radius * 1.35, 180);
    case 'pentagon':
      return polygon(5, radius * 1.2, 0);
    case 'star':
      return star(radius * 1.45, radius * 0.68);
    case 'plus':
      return plus(radius * 1.2, radius * 0.45);
  }
}

/** `turn` in degrees, clockwise from straight up. */
function corner(radius: number, turn: number): readonly [number, number] {
  const angle = ((turn - 90) * Math.PI) / 180;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function polygon(corners: number, radius: number, turn: number): readonly (readonly [number, number])[] {
  return Array.from({ length: corners }, (_, i) => corner(radius, turn + (360 / corners) * i));
}

function star(outer: number, inner: number): readonly (readonly [number, number])[] {
  return Array.from({ length: 10 }, (_, i) => corner(i % 2 === 0 ? outer : inner, 36 * i));
}

function plus(r: number, t: number): readonly (readonly [number, number])[] {
  return [
    [-t, -r],
    [t, -r],
    [t, -t],
    [r, -t],
    [r, t],
    [t, t],
    [t, r],
    [-t, r],
    [-t, t],
    [-r, t],
    [-r, -t],
    [-t, -t],
  ];
}
