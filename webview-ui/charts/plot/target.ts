/** What a row or a cell says when it is pointed at, and where it leads. */
import type { ItemsQuestion } from '../../../src/protocol/charts';

/** An item's line in its scenario file. */
export interface LineTarget {
  readonly kind: 'line';
  readonly file: string;
  readonly scenario: string;
  readonly value: string;
}

/** The items behind an aggregate. */
export interface ItemsTarget {
  readonly kind: 'items';
  readonly question: ItemsQuestion;
}

export type Target = LineTarget | ItemsTarget;

export interface Described {
  readonly label: string;
  /** Sentences for hover and screen reader; the marker of `series` stands before each. */
  readonly details: readonly { readonly text: string; readonly series?: number }[];
  readonly target?: Target;
}

/** What choosing it does, in words. */
export function describeLead(target: Target): string {
  return target.kind === 'line' ? 'go to the line' : 'see the items';
}
