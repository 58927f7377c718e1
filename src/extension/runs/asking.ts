/** The two ways a prepared run is asked: request by request, or as batches that the endpoint answers in its own time. */

import * as vscode from 'vscode';
import type { AnswerCache } from '../../engine/answerCache';
import { executeBatchRun } from '../../engine/batch/batchRun';
import type { EndpointBudgets } from '../../engine/limiter';
import { executeRun } from '../../engine/runner';
import type { BatchClient } from '../../models/batchClient';
import { type ModelClient, ModelError } from '../../models/client';
import type { ModelToAsk } from '../models/modelToAsk';
import type { RunSettings } from '../settingsSchema';
import type { AskModel } from './modelRun';
import type { PreparedRun } from './preparedRun';

export interface AskingParts {
  readonly settings: RunSettings;
  readonly budgets: EndpointBudgets;
  /** Absent where nothing is kept. */
  readonly cache?: AnswerCache;
  readonly signal: AbortSignal;
}

/** How requests of any assignment are sent: as the settings say, within the endpoint's budget. */
export function chooseExecution(client: ModelClient, { limits = {} }: ModelToAsk, parts: AskingParts) {
  const { settings, budgets, cache, signal } = parts;
  return {
    client,
    concurrency: settings.concurrency,
    timeoutMs: settings.timeout * 1000,
    reasks: settings.reasks,
    budget: budgets.of(client.baseUrl ?? client.id, limits),
    cache,
    signal,
  };
}

export function askNow({ header, asked }: PreparedRun, parts: AskingParts): AskModel {
  return ({ client, opened, onEvent }) =>
    executeRun({
      ...chooseExecution(client, asked, parts),
      header,
      journal: opened.journal,
      answered: opened.settled,
      known: opened.known,
      onEvent,
    });
}

/** @throws {ModelError} where the model cannot be asked so. */
export function askAsBatch({ header, asked }: PreparedRun, { cache, signal }: AskingParts): AskModel {
  const connect = requireBatches(asked);
  return ({ opened, onEvent }) =>
    executeBatchRun({
      header,
      runPath: opened.path,
      client: connect(),
      journal: opened.journal,
      answered: opened.settled,
      known: opened.known,
      cache,
      signal,
      onEvent,
    });
}

/** @throws {ModelError} where the model belongs to no endpoint that could take batches. */
export function requireBatches({ client, connectToBatches }: ModelToAsk): () => BatchClient {
  if (connectToBatches) return connectToBatches;
  const message = vscode.l10n.t(
    '{0} cannot be asked in batches. Tick a model of an endpoint, or run as usual.',
    client.id,
  );
  throw new ModelError('bad-request', 'stop', message);
}
