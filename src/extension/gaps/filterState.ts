/** The filter as a workspace keeps it. */
import * as z from 'zod';
import { MOTIVATIONAL_TYPES } from '../../core/values';
import { type GapFilter, NO_FILTER, OWN_VALUES } from './gapFilter';

const filterSchema = z.object({
  models: z.array(z.string()),
  directions: z.array(z.enum(['stated-agree-acted-disagree', 'stated-disagree-acted-agree'])),
  types: z.array(z.enum([...MOTIVATIONAL_TYPES, OWN_VALUES])),
  threshold: z.number().min(0).max(1),
  onlyNew: z.boolean(),
  text: z.string(),
});

/** A filter of another version, or none, is no filter. */
export function readStoredFilter(stored: unknown): GapFilter {
  return filterSchema.safeParse(stored).data ?? NO_FILTER;
}
