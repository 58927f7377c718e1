/** Stated, acted, and what follows from the two, for each item. */
import type { GapDirection, ItemStatus } from './results';
import { DISAGREE, type RunTable, UNASKED } from './table';

/** Where an answer counts as disagreement, on the scale 0 agree … 1 disagree. */
export const BINARISATION = 0.5;

/**
 * What to do with an item that was asked but has no usable answer in a task.
 * `exclude`: leave it out of rates and counts (the default). `agree`: count it as agree, as the released results did.
 */
export type MissingPolicy = 'exclude' | 'agree';

/** One number a row of the table, NaN where there is none. */
export interface ItemScores {
  /** (mean Likert over the answered slots − 1) / 3. Method: Task 1 on the fixed scale 1…4. */
  readonly stated: Float64Array;
  /** Mean over the answered slots, agree 0, disagree 1. */
  readonly acted: Float64Array;
}

export function scoreItems(table: RunTable): ItemScores {
  const { slots, state, act } = table;
  const rows = table.values.length;
  const stated = new Float64Array(rows).fill(Number.NaN);
  const acted = new Float64Array(rows).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    let likert = 0;
    let answered = 0;
    let disagreed = 0;
    let picked = 0;
    for (let cell = row * slots; cell < (row + 1) * slots; cell++) {
      const option = state[cell] as number;
      if (option >= 1 && option <= 4) {
        likert += option;
        answered++;
      }
      const choice = act[cell] as number;
      if (choice === 1 || choice === DISAGREE) {
        disagreed += choice - 1;
        picked++;
      }
    }
    if (answered > 0) stated[row] = (likert / answered - 1) / 3;
    if (picked > 0) acted[row] = disagreed / picked;
  }
  return { stated, acted };
}

/** A tie of stated is disagree, as released. */
export function statesDisagree(stated: number): boolean {
  return stated >= BINARISATION;
}

/** A tie of acted is neither: a model that always picks Option 1 lands there, and that is position bias. */
export function isUndecided(acted: number): boolean {
  return acted === BINARISATION;
}

/** 1 where something was asked and answered, usable or not: what was never asked is not missing. */
export function askedRows(table: RunTable): Uint8Array {
  const { slots, state, act } = table;
  const asked = new Uint8Array(table.values.length);
  for (let cell = 0; cell < state.length; cell++) {
    if (state[cell] !== UNASKED || act[cell] !== UNASKED) asked[Math.floor(cell / slots)] = 1;
  }
  return asked;
}

export interface ItemJudgement {
  readonly status: ItemStatus;
  readonly direction?: GapDirection;
}

/** Judges one item from its scores (NaN: no usable answer). */
export function judgeItem(stated: number, acted: number, incomplete: boolean): ItemJudgement {
  if (incomplete) return { status: 'incomplete' };
  if (Number.isNaN(stated) || Number.isNaN(acted)) return { status: 'unusable' };
  if (isUndecided(acted)) return { status: 'undecided' };
  const saysDisagree = statesDisagree(stated);
  if (saysDisagree === acted > BINARISATION) return { status: 'aligned' };
  return {
    status: 'gap',
    direction: saysDisagree ? 'stated-disagree-acted-agree' : 'stated-agree-acted-disagree',
  };
}
