import { describe, expect, it } from 'vitest';
import { findCell, type Heatmap, layoutHeatmap, moveCell } from '../../webview-ui/charts/plot/heatmap';
import { createShade, measureContrast, readColour } from '../../webview-ui/shade';

const heatmap = (rows: number, columns: number): Heatmap => ({
  kind: 'heatmap',
  max: 1,
  columns: Array.from({ length: columns }, (_, at) => ({ key: `c${at}`, label: `c${at}` })),
  rows: Array.from({ length: rows }, (_, at) => ({
    key: `r${at}`,
    label: `r${at}`,
    ...(at % 3 === 0 && { heading: 'type' }),
    cells: Array.from({ length: columns }, () => ({ label: '', amount: 0.5, text: '', details: [] })),
  })),
});

describe('layoutHeatmap', () => {
  it('stacks headings and rows without overlap and finds each cell at its middle', () => {
    const map = heatmap(7, 5);
    const layout = layoutHeatmap(map, 900, 160);
    layout.rows.forEach(({ top, headingTop }, row) => {
      const before = layout.rows[row - 1];
      if (before) expect(headingTop ?? top).toBe(before.top + 20);
      for (let column = 0; column < 5; column++) {
        const x = layout.left + (column + 0.5) * layout.columnWidth;
        expect(findCell(map, layout, x, top + 10)).toEqual({ row, column });
      }
    });
    expect(findCell(map, layout, layout.left + 4, 4)).toBeUndefined();
    expect(findCell(map, layout, 4, layout.rows[0]?.top ?? 0)).toBeUndefined();
    expect(findCell(map, layout, layout.width + 1, layout.rows[0]?.top ?? 0)).toBeUndefined();
  });

  it('fits the panel while it can, then grows wider than it', () => {
    expect(layoutHeatmap(heatmap(2, 12), 500, 400).width).toBeLessThanOrEqual(500);
    expect(layoutHeatmap(heatmap(2, 90), 500, 400).width).toBeGreaterThan(500);
  });
});

describe('moveCell', () => {
  const map = heatmap(3, 2);
  it('starts at the first cell and stays inside', () => {
    expect(moveCell(map, undefined, 'ArrowDown')).toEqual({ row: 0, column: 0 });
    expect(moveCell(map, { row: 2, column: 1 }, 'ArrowDown')).toEqual({ row: 2, column: 1 });
    expect(moveCell(map, { row: 0, column: 0 }, 'ArrowLeft')).toEqual({ row: 0, column: 0 });
    expect(moveCell(map, { row: 1, column: 0 }, 'End')).toEqual({ row: 1, column: 1 });
    expect(moveCell(map, { row: 1, column: 0 }, 'x')).toBeUndefined();
    expect(moveCell(heatmap(0, 0), undefined, 'ArrowDown')).toBeUndefined();
  });
});

describe('createShade', () => {
  const themes = [
    ['#1f1f1f', '#cccccc', '#e8994a'],
    ['#ffffff', '#3b3b3b', '#a6520a'],
    ['#000000', '#ffffff', '#ffb070'],
    ['#ffffff', '#292929', '#8a3f00'],
  ] as const;

  it.each(themes)('from %s with text %s to %s: text can be read on every shade', (background, foreground, hue) => {
    const shade = createShade(background, foreground, hue);
    for (let share = 0; share <= 1.0001; share += 0.05) {
      const { fill, text } = shade(share);
      const contrast = measureContrast(readColour(fill) ?? [0, 0, 0], readColour(text) ?? [0, 0, 0]);
      expect(contrast).toBeGreaterThanOrEqual(4.2);
    }
    expect(shade(0).fill).toBe(shade(-1).fill);
    expect(readColour(shade(1).fill)).toEqual(readColour(hue));
  });

  it('reads the colours that a theme may hold', () => {
    expect(readColour('#fff')).toEqual([255, 255, 255]);
    expect(readColour('#11223344')).toEqual([17, 34, 51]);
    expect(readColour(' rgba(1, 2, 3, 0.5)')).toEqual([1, 2, 3]);
    expect(readColour('var(--x)')).toBeUndefined();
  });
});
