/** Colours of the report: readable on both papers, and told apart. */
import { describe, expect, it } from 'vitest';
import { STRONG_SHARE } from '../../src/display/svg/heatmap';
import { DARK, LIGHT } from '../../src/display/svg/style';

type Rgb = readonly number[];

const read = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: Rgb, other: Rgb): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('on %s paper', (_, palette) => {
  const paper = read(palette.paper);

  it('words can be read and marks can be seen', () => {
    for (const colour of [palette.text, palette.quiet, palette.gap]) {
      expect(contrast(read(colour), paper)).toBeGreaterThan(4.5);
    }
    for (const colour of palette.series) expect(contrast(read(colour), paper)).toBeGreaterThan(3);
  });

  it('the number in a cell can be read at every strength of the hue', () => {
    for (let percent = 0; percent <= 100; percent++) {
      const share = percent / 100;
      const heat = read(palette.heat);
      const cell = paper.map((part, at) => part + share * ((heat[at] ?? 0) - part));
      const text = read(share >= STRONG_SHARE ? palette.onStrong : palette.onWeak);
      expect(contrast(text, cell)).toBeGreaterThan(4.5);
    }
  });

  it('has eight different series colours, none of them the hue of gaps', () => {
    expect(new Set([...palette.series, palette.gap]).size).toBe(9);
  });
});
