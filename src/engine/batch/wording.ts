/** What is said about batches, and what can be done about them. */
import type { BatchClient, BatchState } from '../../models/batchClient';
import type { BatchChunk } from './ledger';

const MOST_NAMED = 3;

export function describeSent({ batchId, requests }: BatchChunk, { id }: Pick<BatchClient, 'id'>): string {
  return `${id}: ${requests} requests are with the endpoint as batch ${batchId}. The answers may take up to a day.`;
}

/** Request counts of the batches under way, as the endpoint tells them. */
export function describeWaiting(open: readonly BatchChunk[], states: ReadonlyMap<BatchChunk, BatchState>): string {
  let answered = 0;
  let failed = 0;
  let total = 0;
  const statuses = new Set<string>();
  for (const chunk of open) {
    const state = states.get(chunk);
    statuses.add((state?.status ?? 'unknown').replaceAll('_', ' '));
    answered += state?.counts?.completed ?? 0;
    failed += state?.counts?.failed ?? 0;
    // Some endpoints count 0 until they have looked at the file.
    total += state?.counts?.total || chunk.requests;
  }
  const counts = `${answered} of ${total} answered${failed > 0 ? `, ${failed} failed` : ''}`;
  return `${nameBatches(open)} ${open.length === 1 ? 'is' : 'are'} ${[...statuses].join(' / ')}, ${counts}`;
}

/** What outlives this process, and how it is fetched; empty where nothing does. */
export function describeOpenBatches(chunks: readonly BatchChunk[], { baseUrl }: Pick<BatchClient, 'baseUrl'>): string {
  const open = chunks.filter(({ batchId }) => batchId !== undefined);
  if (open.length === 0) return '';
  return `${nameBatches(open)} ${open.length === 1 ? 'goes' : 'go'} on at ${baseUrl}. Resume the run as a batch to fetch the answers.`;
}

function nameBatches(chunks: readonly BatchChunk[]): string {
  const ids = chunks.slice(0, MOST_NAMED).map(({ batchId }) => batchId ?? 'not yet named');
  const more = chunks.length > MOST_NAMED ? ` and ${chunks.length - MOST_NAMED} more` : '';
  return `${chunks.length === 1 ? 'Batch' : 'Batches'} ${ids.join(', ')}${more}`;
}
