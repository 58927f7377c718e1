/** A comparison as one document: what `compare --json` prints. */
import type { RunComparison } from './compareRuns';

export const COMPARISON_SCHEMA = 'value-action-lens/comparison@1';

export interface ComparisonDocument extends RunComparison {
  readonly schema: typeof COMPARISON_SCHEMA;
  readonly seed: number;
}

export function documentComparison(comparison: RunComparison, seed: number): ComparisonDocument {
  return { schema: COMPARISON_SCHEMA, seed, ...comparison };
}
