/** The filter as a workspace keeps it. Checked by hand: it is read with the first view, before any schema is needed. */
import { MOTIVATIONAL_TYPES } from '../../core/values';
import { type GapFilter, NO_FILTER, OWN_VALUES } from './gapFilter';

const DIRECTIONS: readonly string[] = ['stated-agree-acted-disagree', 'stated-disagree-acted-agree'];
const TYPES: readonly string[] = [...MOTIVATIONAL_TYPES, OWN_VALUES];

/** A filter of another version, or none, is no filter. */
export function readStoredFilter(stored: unknown): GapFilter {
  return isFilter(stored) ? stored : NO_FILTER;
}

function isFilter(stored: unknown): stored is GapFilter {
  if (typeof stored !== 'object' || stored === null) return false;
  const { models, directions, types, threshold, onlyNew, text } = stored as Record<string, unknown>;
  return (
    isListOf(models, (model) => typeof model === 'string') &&
    isListOf(directions, (direction) => DIRECTIONS.includes(String(direction))) &&
    isListOf(types, (type) => TYPES.includes(String(type))) &&
    typeof threshold === 'number' &&
    threshold >= 0 &&
    threshold <= 1 &&
    typeof onlyNew === 'boolean' &&
    typeof text === 'string'
  );
}

function isListOf(list: unknown, isOne: (entry: unknown) => boolean): boolean {
  return Array.isArray(list) && list.every(isOne);
}
