/**
 * Colours of the charts in reports, for light and dark paper. Literal colours, no variables: pictures are opened in
 * programs that know none. Series differ in shape, too; a gap's size is the strength of one hue.
 */

interface Palette {
  readonly paper: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly gap: string;
  /** Full hue of a heatmap's cells, and the text on weak and on strong ones. */
  readonly heat: string;
  readonly onWeak: string;
  readonly onStrong: string;
  readonly series: readonly string[];
}

export const LIGHT: Palette = {
  paper: '#ffffff',
  text: '#1f2328',
  quiet: '#59636e',
  grid: '#d8dde3',
  gap: '#b3560a',
  heat: '#d07018',
  onWeak: '#000000',
  onStrong: '#000000',
  series: ['#0b62c4', '#7c3fb5', '#1b7f4f', '#8f6b00', '#0b7f9c', '#b5179e', '#c62f2f', '#5f6670'],
};

export const DARK: Palette = {
  paper: '#181a1f',
  text: '#e4e7eb',
  quiet: '#a0a8b3',
  grid: '#3a3f47',
  gap: '#e8943a',
  heat: '#e8943a',
  onWeak: '#ffffff',
  onStrong: '#000000',
  series: ['#59a4f9', '#bd94ec', '#7fcf8f', '#d8b640', '#43bfd9', '#e582d8', '#f47c72', '#a5adb8'],
};

export const FONT = 'system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif';

/** The style sheet of every chart. */
export function styleCharts(): string {
  return `${SHAPES}${paint(LIGHT)}@media (prefers-color-scheme: dark){${paint(DARK)}}`;
}

const SHAPES = `.val-chart{font-family:${FONT};font-size:12px}.val-strong{font-weight:600}.val-small{font-size:11px}.val-title{font-size:14px;font-weight:600}.val-cell{font-size:10px}.val-halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}`;

function paint({ paper, text, quiet, grid, gap, heat, onWeak, onStrong, series }: Palette): string {
  return [
    `.val-paper{fill:${paper}}`,
    `.val-halo{stroke:${paper}}`,
    `.val-text{fill:${text}}`,
    `.val-quiet{fill:${quiet}}`,
    `.val-grid{stroke:${grid};fill:none}`,
    `.val-axis{stroke:${quiet};fill:none}`,
    `.val-line{stroke:${text};fill:none}`,
    `.val-gap{fill:${gap}}`,
    `.val-gap-line{stroke:${gap};fill:none}`,
    `.val-quiet-line{stroke:${quiet};fill:none}`,
    `.val-heat{fill:${heat}}`,
    `.val-weak{fill:${onWeak}}`,
    `.val-hot{fill:${onStrong}}`,
    ...series.flatMap((colour, at) => [
      `.val-s${at}{fill:${colour}}`,
      `.val-s${at}-line{stroke:${colour};fill:${paper}}`,
    ]),
  ].join('');
}
