/** One sequential ramp from the editor's background to the hue of gaps, with text that can be read on it. */

export interface Shade {
  readonly fill: string;
  readonly text: string;
}

type Rgb = readonly [red: number, green: number, blue: number];

const LIGHT: Rgb = [255, 255, 255];
const DARK: Rgb = [20, 20, 20];

/** WCAG AA for text. */
const READABLE = 4.5;

/**
 * The theme's own text stands where it can be read, so that faint cells stay quiet. Colours come as `#rgb`,
 * `#rrggbb(aa)` or `rgb(…)`; anything else counts as white, black and orange.
 */
export function createShade(background: string, foreground: string, hue: string): (share: number) => Shade {
  const from = readColour(background) ?? LIGHT;
  const plain = readColour(foreground) ?? DARK;
  const to = readColour(hue) ?? [209, 134, 22];
  return (share) => {
    const at = Math.max(0, Math.min(1, share));
    const mix = from.map((part, index) => Math.round(part + at * ((to[index] ?? 0) - part))) as unknown as Rgb;
    const strong = measureContrast(mix, LIGHT) >= measureContrast(mix, DARK) ? LIGHT : DARK;
    const text = measureContrast(mix, plain) >= READABLE ? plain : strong;
    return { fill: writeColour(mix), text: writeColour(text) };
  };
}

export function readColour(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text.trim())?.[1];
  if (hex && (hex.length === 3 || hex.length === 4)) {
    const [red = '', green = '', blue = ''] = hex;
    return [red, green, blue].map((digit) => Number.parseInt(digit + digit, 16)) as unknown as Rgb;
  }
  if (hex && (hex.length === 6 || hex.length === 8)) {
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
  }
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(text.trim());
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : undefined;
}

/** WCAG contrast ratio, 1…21. */
export function measureContrast(one: Rgb, other: Rgb): number {
  const [high = 0, low = 0] = [one, other].map(measureLuminance).sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function measureLuminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function writeColour([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}
