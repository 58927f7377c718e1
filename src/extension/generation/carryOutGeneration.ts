/** Carries out one generation: what it costs is known before anything is asked, and it can be cancelled at any moment. */
import * as vscode from 'vscode';
import { Generation } from '../../core/generation/generation';
import type { GenerationObservation } from '../../core/generation/record';
import { withoutLinks } from '../../display/plainText';
import type { AnswerCache } from '../../engine/answerCache';
import type { RunEvent, RunOutcome } from '../../engine/events';
import type { EndpointBudgets } from '../../engine/limiter';
import { estimateAssignment } from '../../engine/preflight';
import { execute } from '../../engine/runner';
import type { ModelErrorCode } from '../../models/client';
import type { Log } from '../log';
import { addEstimates, describeEstimate, isAboveLimit, type TotalEstimate } from '../runs/runEstimate';
import { CombinedProgress } from '../runs/runProgress';
import { WatchedClient } from '../runs/watchedClient';
import type { RunSettings } from '../settings';
import { throttle } from '../throttle';
import type { GenerationJob } from './generationJob';

const FOLLOW_MS = 250;

export interface GenerationSurroundings {
  /** Names what is generated, for the progress. */
  readonly title: string;
  readonly settings: RunSettings;
  readonly budgets: EndpointBudgets;
  /** Absent where nothing is kept. */
  readonly cache?: AnswerCache;
  readonly abort: AbortController;
  readonly confirm: (estimate: TotalEstimate, asBatch: boolean) => Promise<boolean>;
  readonly log: Log;
}

export interface FinishedGeneration {
  readonly path: string;
  readonly outcome: RunOutcome;
  /** Why the model was given up, for the step that helps. */
  readonly errorCode?: ModelErrorCode;
  readonly firstFailure?: string;
}

/**
 * Undefined where the user decided against it.
 * @throws {JournalError | RunFileError} where the file cannot be written or read.
 */
export async function carryOutGeneration(
  job: GenerationJob,
  surroundings: GenerationSurroundings,
): Promise<FinishedGeneration | undefined> {
  const { title, settings, cache, abort, confirm } = surroundings;
  const { header, asked, answered } = job;
  const { client, price } = asked;
  const estimated = await estimateAssignment({ assignment: new Generation(header), client, cache, answered });
  const estimate = addEstimates([{ ...estimated, price }]);
  const mustAsk = estimate.ask > 0 && isAboveLimit(estimate, settings.askAbove);
  if (mustAsk && !(await confirm(estimate, false))) return undefined;
  const options = {
    location: vscode.ProgressLocation.Notification,
    cancellable: true,
    title: withoutLinks(vscode.l10n.t('{0} ({1})', title, describeEstimate(estimate, vscode.l10n.t))),
  };
  return vscode.window.withProgress(options, async (reporter, token) => {
    token.onCancellationRequested(() => abort.abort());
    const progress = new CombinedProgress(reporter);
    try {
      return await ask(job, surroundings, progress);
    } finally {
      progress.dispose();
    }
  });
}

async function ask(
  { header, asked, open }: GenerationJob,
  { settings, budgets, cache, abort, log }: GenerationSurroundings,
  progress: CombinedProgress,
): Promise<FinishedGeneration> {
  const client = new WatchedClient(asked.client);
  const assignment = new Generation(header);
  const { path, journal, answered, known } = await open();
  const { id, model } = header;
  progress.add(id, {
    model: model.id,
    done: answered.size,
    total: assignment.count(),
    failed: 0,
    remainingMs: null,
  });
  progress.show();
  const follow = throttle(() => progress.show(), FOLLOW_MS);
  let firstFailure: string | undefined;
  const onEvent = (event: RunEvent<GenerationObservation>) => {
    if (event.type === 'notice') log.info(`${model.id}: ${event.message}`);
    if (event.type === 'waiting') log.warn(`${model.id}: ${event.reason}`);
    if (event.type === 'observation') {
      if (event.observation.type !== 'failure') return;
      const { message } = event.observation.failure;
      firstFailure ??= message;
      log.warn(`${model.id}: ${message}`);
      return;
    }
    progress.update(id, event, 0);
    follow.request();
  };
  try {
    const outcome = await execute({
      assignment,
      client,
      journal,
      answered,
      known,
      concurrency: settings.concurrency,
      timeoutMs: settings.timeout * 1000,
      reasks: settings.reasks,
      budget: budgets.of(client.baseUrl ?? client.id, asked.limits ?? {}),
      cache,
      signal: abort.signal,
      onEvent,
    });
    if (outcome.reason) log.error(`${model.id}: ${outcome.reason}`);
    return { path, outcome, errorCode: client.errorCode, firstFailure };
  } finally {
    follow.dispose();
    await journal.close();
  }
}
