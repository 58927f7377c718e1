/** What a chart is: a new one is a file that exports a `ChartDefinition`, and a line in `catalogue.ts`. */
import type { Plot, RevealTarget } from './plot/plot';
import type { Selection } from './selection';

export interface LegendEntry {
  readonly glyph:
    | 'stated'
    | 'acted'
    | 'gap-bar'
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
  /** Makes the cell a link to an item's line. */
  readonly target?: RevealTarget;
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
  readonly plot: Plot;
  readonly table: TableTwin;
  readonly legend: readonly LegendEntry[];
  /** What the figures leave out, in whole sentences. */
  readonly notes: readonly string[];
  /** Present where there are more rows than are shown at first. */
  readonly more?: { readonly showAll: string; readonly showFew: string };
}

export interface ChartDefinition {
  readonly id: string;
  readonly title: string;
  /** One sentence: what is seen here and how to read it. */
  readonly lead: string;
  /** Pure: the same selection gives the same content. `all`: every row was asked for. */
  build(selection: Selection, all: boolean): ChartContent;
}

/** Rows shown at first, and the most that a canvas is asked to hold. */
export const FEW_ROWS = 20;
export const MOST_ROWS = 200;

/** The rows to show and the words of the control that shows more. `which`: e.g. "largest distances". */
export function limitRows<T>(
  rows: readonly T[],
  all: boolean,
  which: string,
): { shown: readonly T[]; more: ChartContent['more'] } {
  if (rows.length <= FEW_ROWS) return { shown: rows, more: undefined };
  const total = rows.length.toLocaleString('en');
  return {
    shown: rows.slice(0, all ? MOST_ROWS : FEW_ROWS),
    more: {
      showAll: rows.length > MOST_ROWS ? `Show ${MOST_ROWS} of ${total} rows` : `Show all ${total} rows`,
      showFew: `Show only the ${FEW_ROWS} ${which}`,
    },
  };
}
