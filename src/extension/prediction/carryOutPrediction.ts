/** Carries out one prediction: what it costs is known before anything is asked, and it can be cancelled at any moment. */
import * as vscode from 'vscode';
import { Predicting } from '../../core/prediction/assignment';
import type { PredictionObservation } from '../../core/prediction/record';
import { withoutLinks } from '../../display/plainText';
import type { AnswerCache } from '../../engine/answerCache';
import type { RunEvent, RunOutcome } from '../../engine/events';
import type { EndpointBudgets } from '../../engine/limiter';
import { estimateAssignment } from '../../engine/preflight';
import { execute } from '../../engine/runner';
import type { Log } from '../log';
import { addEstimates, describeEstimate, isAboveLimit, type TotalEstimate } from '../runs/runEstimate';
import { CombinedProgress } from '../runs/runProgress';
import type { RunSettings } from '../settings';
import { throttle } from '../throttle';
import type { PredictionJob } from './newPrediction';

const FOLLOW_MS = 250;

export interface PredictionSurroundings {
  /** Names what is predicted, for the progress. */
  readonly title: string;
  readonly settings: RunSettings;
  readonly budgets: EndpointBudgets;
  /** Absent where nothing is kept. */
  readonly cache?: AnswerCache;
  readonly abort: AbortController;
  readonly confirm: (estimate: TotalEstimate, asBatch: boolean) => Promise<boolean>;
  readonly log: Log;
}

export interface FinishedPrediction {
  readonly path: string;
  readonly outcome: RunOutcome;
}

/**
 * Undefined where the user decided against it.
 * @throws {JournalError | RunFileError} where the file cannot be written or read.
 */
export async function carryOutPrediction(
  job: PredictionJob,
  surroundings: PredictionSurroundings,
): Promise<FinishedPrediction | undefined> {
  const { title, settings, cache, abort, confirm } = surroundings;
  const { header, asked, answered } = job;
  const { client, price } = asked;
  const estimated = await estimateAssignment({ assignment: new Predicting(header), client, cache, answered });
  const estimate = addEstimates([{ ...estimated, price }]);
  if (estimate.ask > 0 && isAboveLimit(estimate, settings.askAbove) && !(await confirm(estimate, false)))
    return undefined;
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
  { header, asked, open }: PredictionJob,
  { settings, budgets, cache, abort, log }: PredictionSurroundings,
  progress: CombinedProgress,
): Promise<FinishedPrediction> {
  const { client } = asked;
  const { path, assignment, journal, answered, known } = await open();
  const { id, model } = header;
  const counts = { done: answered.size, total: assignment.count(), failed: 0, remainingMs: null };
  progress.add(id, { model: model.id, ...counts });
  progress.show();
  const follow = throttle(() => progress.show(), FOLLOW_MS);
  const onEvent = (event: RunEvent<PredictionObservation>) => {
    if (event.type === 'notice') log.info(`${model.id}: ${event.message}`);
    if (event.type === 'waiting') log.warn(`${model.id}: ${event.reason}`);
    if (event.type === 'observation') {
      if (event.observation.type === 'failure') log.warn(`${model.id}: ${event.observation.failure.message}`);
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
    return { path, outcome };
  } finally {
    follow.dispose();
    await journal.close();
  }
}
