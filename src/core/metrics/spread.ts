/** How far the repeats of a run lie apart: the standard deviation (n − 1) over repeats, each measured by itself. */
import { meanOf, rateScenarios } from './alignmentRate';
import { classifyRows, countOutcomes } from './confusion';
import { type MissingPolicy, scoreItems } from './itemScores';
import { type RunTable, VARIANTS } from './table';

/** On the scale of what is measured, 0…1; null where fewer than two repeats have a figure. */
export interface Spread {
  readonly repeats: number;
  /** Mean over the items of the deviation of an item's stated (acted). */
  readonly stated: number | null;
  readonly acted: number | null;
  readonly alignmentRate: {
    /** Of each repeat, in order; null where it has none. */
    readonly byRepeat: readonly (number | null)[];
    readonly deviation: number | null;
  };
}

/** Null for a run without repeats. */
export function measureSpread(table: RunTable, missing: MissingPolicy = 'exclude'): Spread | null {
  const { repeats } = table;
  if (repeats < 2) return null;
  const single = Array.from({ length: repeats }, (_, repeat) => selectRepeat(table, repeat));
  const scores = single.map(scoreItems);
  const rates = single.map((each, index) => {
    const outcomes = classifyRows(each, scores[index] ?? scoreItems(each), missing);
    return meanOf(
      rateScenarios(each.scenarios.map(({ firstRow, endRow }) => countOutcomes(outcomes, firstRow, endRow))),
    );
  });
  return {
    repeats,
    stated: meanDeviation(scores.map(({ stated }) => stated)),
    acted: meanDeviation(scores.map(({ acted }) => acted)),
    alignmentRate: { byRepeat: rates, deviation: computeDeviation(rates.filter((rate) => rate !== null)) },
  };
}

/** The table of one repeat, as if the run had no other. */
function selectRepeat(table: RunTable, repeat: number): RunTable {
  const { slots } = table;
  const rows = table.values.length;
  const pick = (cells: Uint8Array) => {
    const picked = new Uint8Array(rows * VARIANTS);
    for (let row = 0; row < rows; row++) {
      const from = row * slots + repeat * VARIANTS;
      picked.set(cells.subarray(from, from + VARIANTS), row * VARIANTS);
    }
    return picked;
  };
  return { ...table, slots: VARIANTS, repeats: 1, state: pick(table.state), act: pick(table.act) };
}

function meanDeviation(scores: readonly Float64Array[]): number | null {
  const rows = scores[0]?.length ?? 0;
  const deviations = Array.from({ length: rows }, (_, row) =>
    computeDeviation(scores.map((score) => score[row] ?? Number.NaN).filter((score) => !Number.isNaN(score))),
  );
  return meanOf(deviations);
}

/** Of a sample; null for fewer than two figures. */
export function computeDeviation(figures: readonly number[]): number | null {
  if (figures.length < 2) return null;
  const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  const squares = figures.reduce((sum, figure) => sum + (figure - mean) ** 2, 0);
  return Math.sqrt(squares / (figures.length - 1));
}
