/** Colours and fonts for the canvas, read from the variables that VS Code sets on a webview's root element. */

import { styleOfSeries } from '../src/display/markers';
import { SERIES_COLOURS } from './series';
import { createShade, type Shade } from './shade';

export interface Theme {
  readonly foreground: string;
  /** Second voice: axis, counts, notes. */
  readonly quiet: string;
  readonly background: string;
  readonly gridLine: string;
  readonly rowHover: string;
  /** The one hue that tells the size of a gap. */
  readonly gap: string;
  readonly highContrast: boolean;
  readonly fontFamily: string;
  /** CSS pixels. */
  readonly fontSize: number;
  colourOf(series: number): string;
  /** Ground and text of a cell whose amount is this share of the largest, 0…1. */
  shade(share: number): Shade;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const body = getComputedStyle(document.body);
  const highContrast =
    document.body.classList.contains('vscode-high-contrast') ||
    document.body.classList.contains('vscode-high-contrast-light');
  const foreground = read('--vscode-editor-foreground', body.color);
  const series = SERIES_COLOURS.map(([name, fallback]) => read(name, fallback));
  const background = read('--vscode-editor-background', '#ffffff');
  const gap = read('--vscode-valueActionLens-gapForeground', read('--vscode-charts-orange', '#d18616'));
  return {
    foreground,
    quiet: highContrast ? foreground : read('--vscode-descriptionForeground', foreground),
    background,
    gridLine: highContrast
      ? read('--vscode-contrastBorder', foreground)
      : read('--vscode-editorIndentGuide-background1', read('--vscode-charts-lines', '#80808040')),
    rowHover: read('--vscode-list-hoverBackground', '#80808020'),
    gap,
    highContrast,
    fontFamily: body.fontFamily || 'sans-serif',
    fontSize: Number.parseFloat(body.fontSize) || 13,
    shade: createShade(background, foreground, gap),
    colourOf: (index) => series[styleOfSeries(index).colour] ?? foreground,
  };
}

/** Calls `onChange` when VS Code switches theme: it changes the body's classes, its theme id or the root's variables. */
export function watchTheme(onChange: () => void): void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
