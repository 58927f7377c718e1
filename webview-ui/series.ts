/** The colours of series in the webview; their shapes are those of every other face (`display/markers`). */

/**
 * Theme variables with a fallback each, by `styleOfSeries(…).colour`. Orange is left out: it means the size of a gap.
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
