/** `--batch`: a run through the endpoint's Batch API, and what can be done about batches that are still out. */
import type { AnswerCache } from '../engine/answerCache';
import { executeBatchRun } from '../engine/batch/batchRun';
import { cancelBatches } from '../engine/batch/cancelBatches';
import { listOpenBatches } from '../engine/batch/ledger';
import type { RunEvent } from '../engine/events';
import { JournalError } from '../engine/ports';
import type { BatchClient } from '../models/batchClient';
import { type ModelClient, ModelError } from '../models/client';
import { OpenAICompatibleClient } from '../models/openai';
import type { OpenRun, PreparedRun } from './preparedRun';
import type { RecognizedRun } from './resumedRun';
import type { FinishedRun } from './runReport';
import { UsageError } from './usageError';

/** @throws {UsageError} where the model has no endpoint that could take batches. */
export function requireBatchClient(client: ModelClient): BatchClient {
  if (client instanceof OpenAICompatibleClient) return client.forBatches();
  throw new UsageError(
    `${client.id} cannot be asked in batches. Leave --batch away, or choose a model of an endpoint.`,
  );
}

export interface BatchRunSurroundings {
  readonly signal: AbortSignal;
  readonly cache: AnswerCache;
  readonly onEvent: (event: RunEvent) => void;
}

export async function carryOutAsBatch(
  { header, client, answered, known }: PreparedRun,
  { path, journal }: OpenRun,
  { signal, cache, onEvent }: BatchRunSurroundings,
): Promise<FinishedRun> {
  const batches = requireBatchClient(client);
  const outcome = await executeBatchRun({
    header,
    runPath: path,
    client: batches,
    journal,
    answered,
    known,
    cache,
    signal,
    onEvent,
  });
  // A damaged list of batches is the outcome's reason already.
  return { path, header, outcome, openBatches: await listOpenBatches(path).catch(() => []) };
}

/**
 * Asking now what a batch will answer would be paid for twice.
 * @throws {UsageError} where batches of the run are still out.
 */
export async function refuseOpenBatches(runPath: string): Promise<void> {
  const open = await refusingKindly(() => listOpenBatches(runPath));
  if (open.length === 0) return;
  throw new UsageError(
    `The answers of ${open.join(', ')} are not in the run yet. Fetch them with --batch; to give them up first, use --cancel-batch.`,
  );
}

/**
 * `--cancel-batch`. Returns what was done, in words.
 * @throws {UsageError} where the endpoint does not take it.
 */
export async function giveUpBatches({ path, header, client }: RecognizedRun): Promise<string> {
  const batches = requireBatchClient(client);
  const { signal } = new AbortController();
  const given = await refusingKindly(() => cancelBatches(path, header, batches, signal));
  const what =
    given.length === 0
      ? 'No batch of this run is at work'
      : `${batches.baseUrl} was asked to give up ${given.join(', ')}`;
  return `${what}. Answers that are ready can still be fetched with --batch.`;
}

async function refusingKindly<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof JournalError || error instanceof ModelError) throw new UsageError(error.message);
    throw error;
  }
}
