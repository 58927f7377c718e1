/** What a chart is: a new one is a file that exports a `ChartDefinition`, and a line in `catalogue.ts`. */
import type { Control } from './choices';
import type { Heatmap } from './plot/heatmap';
import type { Plot } from './plot/plot';
import type { Target } from './plot/target';
import type { Selection } from './selection';

export interface LegendEntry {
  readonly glyph:
    | 'stated'
    | 'acted'
    | 'gap-bar'
    | 'interval'
    | 'ramp'
    | 'aligned-bar'
    | 'open-bar'
    | 'to-disagree'
    | 'to-agree'
    | 'large-dot'
    | 'small-dot';
  readonly text: string;
}

export interface TableCell {
  readonly text: string;
  /** Numbers stand right-aligned. */
  readonly number?: boolean;
  /** Words where a number would stand: they need more room. */
  readonly words?: boolean;
  /** Makes the cell a link. */
  readonly target?: Target;
  /** The run whose marker stands before the text. */
  readonly series?: number;
}

export interface TableRow {
  readonly key: string;
  /** The first cell is the row's header. */
  readonly cells: readonly TableCell[];
}

/** The same figures as the plot, to be read as text. */
export interface TableTwin {
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly number?: boolean }[];
  readonly rows: readonly TableRow[];
}

export interface ChartContent {
  /** Where they depend on what is shown; else the definition's. */
  readonly title?: string;
  readonly lead?: string;
  readonly hint?: string;
  /** What can be chosen, with what is chosen now. */
  readonly controls?: readonly Control[];
  readonly plot: Plot | Heatmap;
  readonly table: TableTwin;
  readonly legend: readonly LegendEntry[];
  /** What the figures leave out, in whole sentences. */
  readonly notes: readonly string[];
  /** Present where there are more rows than are shown at first. */
  readonly more?: { readonly showAll: string; readonly showFew: string };
}

/** `S`: what it is drawn from; each panel has its own. */
export interface ChartDefinition<S = Selection> {
  readonly id: string;
  readonly title: string;
  /** One sentence: what is seen here and how to read it. */
  readonly lead: string;
  /** Where its rows or cells lead: said beside the lead, but not in a saved picture. */
  readonly hint?: string;
  /** Takes the panel's whole width. */
  readonly wide?: boolean;
  /** Whether the chart makes sense for what is on show; absent: always. */
  appliesTo?(selection: S): boolean;
  /** Pure: the same selection and view give the same content. */
  build(selection: S, view: ChartView): ChartContent;
}

/** What the reader chose in one chart. */
export interface ChartView {
  /** Every row was asked for, as far as a canvas holds them; `every`: for a file, which holds all. */
  readonly all: boolean | 'every';
  /** Chosen option by control; what is no longer offered counts as not chosen. */
  readonly chosen: ReadonlyMap<string, string>;
}

export const FIRST_CHART_VIEW: ChartView = { all: false, chosen: new Map() };

/** Rows shown at first, and the most that a canvas is asked to hold. */
export const FEW_ROWS = 20;
export const MOST_ROWS = 200;

/** The rows to show and the words of the control that shows more. `which`: e.g. "largest distances". */
export function limitRows<T>(
  rows: readonly T[],
  all: ChartView['all'],
  which: string,
): { shown: readonly T[]; more: ChartContent['more'] } {
  if (rows.length <= FEW_ROWS) return { shown: rows, more: undefined };
  const total = rows.length.toLocaleString('en');
  return {
    shown: all === 'every' ? rows : rows.slice(0, all ? MOST_ROWS : FEW_ROWS),
    more: {
      showAll: rows.length > MOST_ROWS ? `Show ${MOST_ROWS} of ${total} rows` : `Show all ${total} rows`,
      showFew: `Show only the ${FEW_ROWS} ${which}`,
    },
  };
}
