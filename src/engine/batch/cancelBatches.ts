/** Gives up batches at the endpoint; what they have answered by then can still be fetched. */
import type { RunHeader } from '../../core/runs/record';
import type { BatchClient } from '../../models/batchClient';
import { BatchLedger } from './ledger';

/**
 * Returns the ids of the batches that were asked to end; those that were over already are not among them.
 * @throws {JournalError} where the file that names them is damaged or another run's.
 * @throws {ModelError} where the endpoint does not take it.
 */
export async function cancelBatches(
  runPath: string,
  header: Pick<RunHeader, 'id'>,
  client: BatchClient,
  signal: AbortSignal,
): Promise<string[]> {
  const ledger = await BatchLedger.open(runPath, header, client);
  const canceled: string[] = [];
  for (const chunk of ledger.openChunks) {
    const state = chunk.batchId === undefined ? await client.find(chunk.fileId, signal) : undefined;
    const batchId = chunk.batchId ?? state?.id;
    if (batchId === undefined) continue;
    const { isOver, status } = await client.retrieve(batchId, signal);
    if (isOver) continue;
    // Some endpoints take a second cancel for a mistake.
    if (status !== 'cancelling') await client.cancel(batchId, signal);
    canceled.push(batchId);
  }
  return canceled;
}
