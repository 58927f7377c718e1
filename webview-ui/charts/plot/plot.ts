/** What a row chart shows, free of pixels and of the browser: rows of lanes of marks on one horizontal scale. */

/** Where a row leads: an item's line in its scenario file. */
export interface RevealTarget {
  readonly file: string;
  readonly scenario: string;
  readonly value: string;
}

/** `gap`: the hue of gaps, stronger with `strength`; `quiet`: aligned; `open`: undecided, drawn dashed. */
export type Tone = 'gap' | 'quiet' | 'open';

export type Mark =
  /** A bar from `from` to `at`; with a series it takes that colour, without one the hue of gaps. */
  | { readonly kind: 'bar'; readonly from: number; readonly at: number; readonly series?: number }
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
  /** Right of the scale, in a column of its own. */
  readonly end?: string;
  /** Whether `end` is about a gap, so set strong. */
  readonly strong?: boolean;
}

export interface PlotRow {
  readonly key: string;
  readonly label: string;
  /** Quiet second line under the label. */
  readonly sublabel?: string;
  /** The run that the row stands for, drawn as its marker before the label. */
  readonly series?: number;
  readonly lanes: readonly PlotLane[];
  /** Sentences for hover and screen reader; the marker of `series` stands before each. */
  readonly details: readonly { readonly text: string; readonly series?: number }[];
  readonly target?: RevealTarget;
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
