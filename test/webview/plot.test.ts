import { describe, expect, it } from 'vitest';
import { cornersOf, SERIES_SHAPES, styleOfSeries } from '../../src/display/markers';
import { findRow, fitText, layoutPlot } from '../../webview-ui/charts/plot/layout';
import type { Plot, PlotRow } from '../../webview-ui/charts/plot/plot';
import { formatName } from '../../webview-ui/format';

const makeRow = (key: string, lanes: number): PlotRow => ({
  key,
  label: key,
  lanes: Array.from({ length: lanes }, () => ({ marks: [] })),
  details: [],
});
const plot: Plot = {
  kind: 'rows',
  min: 0,
  max: 1,
  ticks: [],
  laneHeight: 16,
  rows: [makeRow('one', 1), makeRow('three', 3)],
};
const texts = { label: 120, end: 30, before: 0 };

describe('layoutPlot', () => {
  it('stacks rows without holes and puts lanes inside their row', () => {
    const layout = layoutPlot(plot, 800, texts);
    const [one, three] = layout.rows;
    expect(one?.top).toBe(0);
    expect(three?.top).toBe(one?.height);
    expect(layout.height).toBe((one?.height ?? 0) + (three?.height ?? 0));
    for (const row of layout.rows) {
      for (const y of row.laneY) expect(y > row.top && y < row.top + row.height).toBe(true);
    }
    expect(three?.laneY.map((y) => y - (three.laneY[0] ?? 0))).toEqual([0, 16, 32]);
  });

  it('puts labels above their rows in a narrow panel, clear of the lanes', () => {
    const layout = layoutPlot(plot, 320, texts);
    expect(layout.labelsAbove).toBe(true);
    for (const row of layout.rows) expect(row.labelY + 8).toBeLessThanOrEqual((row.laneY[0] ?? 0) - 8);
    expect(layout.left).toBeLessThan(32);
  });

  it('never lets long labels take the scale’s room', () => {
    const layout = layoutPlot(plot, 800, { ...texts, label: 5000 });
    expect(layout.left).toBeLessThan(320);
  });

  it('finds the row under a height', () => {
    const layout = layoutPlot(plot, 800, texts);
    const border = layout.rows[1]?.top ?? 0;
    expect([-1, 0, border - 1, border, layout.height].map((y) => findRow(layout, y))).toEqual([-1, 0, 0, 1, -1]);
  });
});

describe('fitText', () => {
  const measure = (text: string) => Array.from(text).length;
  it('keeps what fits and shortens the rest to the width', () => {
    expect(fitText('Freedom', 7, measure)).toBe('Freedom');
    expect(fitText('Social Power', 8, measure)).toBe('Social…');
    expect(measure(fitText('👩👩👩👩', 3, measure))).toBe(3);
    expect(fitText('Freedom', 0, measure)).toBe('…');
  });
});

describe('series', () => {
  it('tells 64 runs apart by colour and shape, the first eight by each', () => {
    const styles = Array.from({ length: 64 }, (_, series) => styleOfSeries(series));
    expect(new Set(styles.map(({ colour, shape }) => `${colour} ${shape}`)).size).toBe(64);
    expect(new Set(styles.slice(0, 8).map(({ colour }) => colour)).size).toBe(8);
    expect(new Set(styles.slice(0, 8).map(({ shape }) => shape)).size).toBe(8);
  });

  it('draws markers of about the same size', () => {
    for (const shape of SERIES_SHAPES) {
      for (const [x, y] of cornersOf(shape, 1) ?? []) expect(Math.hypot(x, y)).toBeLessThanOrEqual(1.5);
    }
  });
});

describe('formatName', () => {
  it('gives one bounded line that cannot turn the text around it', () => {
    expect(formatName(' a\n\tb ')).toBe('a b');
    expect(formatName('\u202eevil\u202c')).toBe('evil');
    expect(formatName('x'.repeat(1e6))).toHaveLength(200);
    expect(formatName('<b>&</b>')).toBe('<b>&</b>');
  });
});
