/** What a row chart shows, free of pixels and of the browser: rows of lanes of marks on one horizontal scale. */
import type { Described } from './target';

/** `gap`: the hue of gaps, stronger with `strength`; `quiet`: aligned; `open`: undecided, drawn dashed. */
export type Tone = 'gap' | 'quiet' | 'open';

export type Mark =
  /** A bar from `from` to `at`; with a series it takes that colour, without one the hue of gaps. */
  | { readonly kind: 'bar'; readonly from: number; readonly at: number; readonly series?: number }
  /** A thin line over the range from `from` to `at` that an estimate may lie in. */
  | { readonly kind: 'interval'; readonly from: number; readonly at: number }
  /** Stated hollow at `from`, acted filled at `at`. */
  | {
      readonly kind: 'dumbbell';
      readonly from: number;
      readonly at: number;
      readonly series: number;
      readonly tone: Tone;
    }
  /** One point: hollow for a stated answer alone; `weight` strong for a gap, quiet otherwise. */
  | {
      readonly kind: 'dot';
      readonly at: number;
      readonly series: number;
      readonly hollow?: boolean;
      readonly weight: 'strong' | 'quiet';
      /** CSS pixels below the middle of the lane, where points would cover each other. */
      readonly shift?: number;
    }
  /** Words beside a place on the scale. `side` −1 puts them left of it. */
  | {
      readonly kind: 'text';
      readonly at: number;
      readonly text: string;
      readonly quiet?: string;
      readonly side: 1 | -1;
    };

export interface PlotLane {
  readonly marks: readonly Mark[];
  /** The run that the lane stands for, drawn as its marker left of the scale. */
  readonly series?: number;
  /** Right of the scale, in a column of its own. */
  readonly end?: string;
  /** Whether `end` is about a gap, so set strong. */
  readonly strong?: boolean;
}

export interface PlotRow extends Described {
  readonly key: string;
  /** Stands above the row, over its whole width: the first of a block of rows. */
  readonly heading?: string;
  /** Quiet second line under the label. */
  readonly sublabel?: string;
  /** The run that the row stands for, drawn as its marker before the label. */
  readonly series?: number;
  readonly lanes: readonly PlotLane[];
}

export interface PlotTick {
  readonly at: number;
  readonly label: string;
  /** Drawn solid in the foreground: the middle of a two-sided scale. */
  readonly main?: boolean;
  /** Drawn dashed: the border between agree and disagree. */
  readonly dashed?: boolean;
}

export interface Plot {
  readonly kind: 'rows';
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly PlotTick[];
  /** Height of a lane in CSS pixels; steps of 4 are kept by the layout. */
  readonly laneHeight: number;
  readonly rows: readonly PlotRow[];
}
