/** What a run on disk lacks, from its counts. */
import { existsSync } from 'node:fs';
import { batchFileOf } from '../../engine/runDirectory';
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

/** Whether some of its requests were sent as batches; their answers may be in the run already. */
export function hasBatchFile(path: string): boolean {
  return existsSync(batchFileOf(path));
}
