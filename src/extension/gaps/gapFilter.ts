/** Which gaps of the list are on show. In each group, nothing chosen means everything. */
import type { GapDirection } from '../../core/metrics/results';
import type { MotivationalType } from '../../core/values';
import type { Baseline } from './baseline';
import type { Gap } from './gap';

/** Values that are none of the 56 have no motivational type. */
export const OWN_VALUES = 'own';
export type GapType = MotivationalType | typeof OWN_VALUES;

export interface GapFilter {
  /** Model ids. */
  readonly models: readonly string[];
  readonly directions: readonly GapDirection[];
  readonly types: readonly GapType[];
  /** Smallest distance that is shown, 0…1. */
  readonly threshold: number;
  /** Without a baseline this hides nothing. */
  readonly onlyNew: boolean;
  /** Words that value, scenario or model must contain, in any case and order. */
  readonly text: string;
}

export const NO_FILTER: GapFilter = { models: [], directions: [], types: [], threshold: 0, onlyNew: false, text: '' };

export const THRESHOLDS: readonly number[] = [0.25, 0.5, 0.75];

export function isFiltering({ models, directions, types, threshold, onlyNew, text }: GapFilter): boolean {
  return models.length + directions.length + types.length > 0 || threshold > 0 || onlyNew || text.trim() !== '';
}

/** Keeps the order. */
export function filterGaps(gaps: readonly Gap[], filter: GapFilter, baseline?: Baseline): readonly Gap[] {
  if (!isFiltering(filter)) return gaps;
  const models = new Set(filter.models);
  const directions = new Set<string>(filter.directions);
  const types = new Set<string>(filter.types);
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const onlyNew = filter.onlyNew ? baseline : undefined;
  return gaps.filter(
    (gap) =>
      gap.distance >= filter.threshold &&
      (models.size === 0 || models.has(gap.model)) &&
      (directions.size === 0 || directions.has(gap.direction)) &&
      (types.size === 0 || types.has(gap.type ?? OWN_VALUES)) &&
      (words.length === 0 || containsAll(gap, words)) &&
      (!onlyNew || onlyNew.isNew(gap)),
  );
}

function containsAll({ value, scenario, model }: Gap, words: readonly string[]): boolean {
  const text = `${value}\n${scenario}\n${model}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
