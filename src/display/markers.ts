/** The shape that tells a series apart without colour. The order is that of the series everywhere. */

export const SERIES_SHAPES = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'triangle-down',
  'pentagon',
  'plus',
  'star',
] as const;
export type SeriesShape = (typeof SERIES_SHAPES)[number];

/** Colour (0…7) and shape of a series; beyond eight the colours come again with the shapes shifted by one. */
export function styleOfSeries(series: number): { readonly colour: number; readonly shape: SeriesShape } {
  const size = SERIES_SHAPES.length;
  const shape = SERIES_SHAPES[(series + Math.floor(series / size)) % size] ?? 'circle';
  return { colour: series % size, shape };
}

type Point = readonly [x: number, y: number];

/** Corners around (0, 0); null for the circle. Radii are chosen so that all areas look alike. */
export function cornersOf(shape: SeriesShape, radius: number): readonly Point[] | null {
  const ring = (count: number, at: number, turn = 0): Point[] =>
    Array.from({ length: count }, (_, index) => {
      const angle = ((turn - 90 + (360 / count) * index) * Math.PI) / 180;
      return [at * Math.cos(angle), at * Math.sin(angle)];
    });
  switch (shape) {
    case 'circle':
      return null;
    case 'square':
      return ring(4, radius * 1.25, 45);
    case 'diamond':
      return ring(4, radius * 1.3);
    case 'triangle':
      return ring(3, radius * 1.35);
    case 'triangle-down':
      return ring(3, radius * 1.35, 180);
    case 'pentagon':
      return ring(5, radius * 1.2);
    case 'star': {
      const inner = ring(5, radius * 0.68, 36);
      return ring(5, radius * 1.45).flatMap((outer, index) => [outer, inner[index] ?? outer]);
    }
    case 'plus': {
      const [long, short] = [radius * 1.2, radius * 0.45];
      const arm: Point[] = [
        [-short, -long],
        [short, -long],
        [short, -short],
      ];
      // The same arm, turned by a quarter each time.
      return [0, 1, 2, 3].flatMap((quarter) => arm.map((corner) => turn(corner, quarter)));
    }
  }
}

function turn([x, y]: Point, quarters: number): Point {
  return quarters === 0 ? [x, y] : turn([-y, x], quarters - 1);
}
