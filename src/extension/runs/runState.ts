/** What a run on disk lacks, from its counts. */
import { hasModelToAsk } from '../models/modelOfRun';
import type { StoredRun } from './storedRun';

/** Requests without an answer that did not fail either. */
export function countMissing({ summary }: Pick<StoredRun, 'summary'>): number {
  return summary ? summary.planned - summary.answered - summary.failures : 0;
}

/** Whether going on with it would ask something; false until its observations were read. */
export function isIncomplete(run: Pick<StoredRun, 'summary' | 'header'>): boolean {
  return hasModelToAsk(run.header.model) && countMissing(run) > 0;
}

export function hasFailures(run: Pick<StoredRun, 'summary' | 'header'>): boolean {
  return hasModelToAsk(run.header.model) && (run.summary?.failures ?? 0) > 0;
}
