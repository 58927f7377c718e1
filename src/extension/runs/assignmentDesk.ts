/**
 * Carries out generations and predictions, one at a time: what it costs is known before anything is asked, the endpoint's
 * budget is that of evaluations, and it can be cancelled at any moment.
 */

import * as vscode from 'vscode';
import type { Assignment, Observed } from '../../core/runs/assignment';
import type { RunTally } from '../../core/runs/tally';
import { withoutLinks } from '../../display/plainText';
import type { AnswerCache } from '../../engine/answerCache';
import type { RunEvent, RunOutcome } from '../../engine/events';
import type { EndpointBudgets } from '../../engine/limiter';
import type { Journal } from '../../engine/ports';
import { estimateAssignment } from '../../engine/preflight';
import { execute } from '../../engine/runner';
import type { ModelErrorCode } from '../../models/client';
import type { Log } from '../log';
import { showInformation, showWarning } from '../messages';
import type { ModelToAsk } from '../models/modelToAsk';
import type { RunSettings } from '../settingsSchema';
import { throttle } from '../throttle';
import { chooseExecution } from './asking';
import type { RunActivity } from './runActivity';
import { addEstimates, describeEstimate, isAboveLimit, type TotalEstimate } from './runEstimate';
import { CombinedProgress } from './runProgress';
import { WatchedClient } from './watchedClient';

const FOLLOW_MS = 250;

export interface OpenJournal<O extends Observed> {
  readonly path: string;
  readonly journal: Journal<O>;
  /** Ids of requests that have an answer, and what those come to. */
  readonly answered: ReadonlySet<string>;
  readonly known?: RunTally;
}

/** Something that can begin, new or taken up again. Nothing was asked yet. */
export interface AssignmentJob<Key, O extends Observed> {
  readonly id: string;
  readonly assignment: Assignment<Key, O>;
  readonly asked: ModelToAsk;
  /** As in `OpenJournal`, for the estimate. */
  readonly answered: ReadonlySet<string>;
  /** @throws {JournalError | RunFileError} where the file cannot be written or read. */
  open(): Promise<OpenJournal<O>>;
}

export interface AssignmentWork {
  /** Names what is asked for, for the progress. */
  readonly title: string;
  readonly settings: RunSettings;
  /** False: known answers are those that were not wanted. */
  readonly findsKnown?: boolean;
}

export interface FinishedAssignment {
  readonly path: string;
  readonly outcome: RunOutcome;
  /** Why the model was given up, for the step that helps. */
  readonly errorCode?: ModelErrorCode;
  readonly firstFailure?: string;
}

export interface AssignmentDeskParts {
  readonly activity: RunActivity;
  readonly budgets: EndpointBudgets;
  /** Undefined where nothing is to be kept. */
  readonly openCache: (options: { readonly finds: boolean }) => AnswerCache | undefined;
  readonly confirm: (estimate: TotalEstimate, asBatch: boolean) => Promise<boolean>;
  readonly log: Log;
}

export class AssignmentDesk implements vscode.Disposable {
  private current: AbortController | undefined;

  constructor(private readonly parts: AssignmentDeskParts) {}

  /** Ends what is asked at this moment; what was answered is kept. */
  cancel(): void {
    this.current?.abort();
  }

  dispose(): void {
    this.cancel();
  }

  /** False where models may not be asked now; the user is told why. @param inRestrictedMode Why not there. */
  mayBegin(inRestrictedMode: string): boolean {
    if (!vscode.workspace.isTrusted) {
      void showWarning(inRestrictedMode);
      return false;
    }
    if (!this.parts.activity.isRunning) return true;
    const cancel = vscode.l10n.t('Cancel Run');
    const message = vscode.l10n.t('Models are being asked. Wait for that, or cancel it first; its answers are kept.');
    void showInformation(message, cancel).then((answer) => {
      if (answer === cancel) void vscode.commands.executeCommand('valueActionLens.cancelRun');
    });
    return false;
  }

  /**
   * Undefined where the user decided against it.
   * @throws {JournalError | RunFileError} where the file cannot be written or read.
   */
  async carryOut<Key, O extends Observed>(
    job: AssignmentJob<Key, O>,
    { title, settings, findsKnown = true }: AssignmentWork,
  ): Promise<FinishedAssignment | undefined> {
    const { activity, openCache, confirm } = this.parts;
    const { assignment, asked, answered } = job;
    const abort = new AbortController();
    this.current = abort;
    await activity.start();
    const cache = openCache({ finds: findsKnown });
    try {
      const estimated = await estimateAssignment({ assignment, client: asked.client, cache, answered });
      const estimate = addEstimates([{ ...estimated, price: asked.price }]);
      const mustAsk = estimate.ask > 0 && isAboveLimit(estimate, settings.askAbove);
      if (mustAsk && !(await confirm(estimate, false))) return undefined;
      const named = withoutLinks(vscode.l10n.t('{0} ({1})', title, describeEstimate(estimate, vscode.l10n.t)));
      return await this.showProgress(named, abort, (progress) =>
        this.ask(job, settings, cache, abort.signal, progress),
      );
    } finally {
      await Promise.all([cache?.close(), asked.client.dispose?.()]);
      this.current = undefined;
      await activity.stop();
    }
  }

  private showProgress<T>(
    title: string,
    abort: AbortController,
    during: (progress: CombinedProgress) => Promise<T>,
  ): Thenable<T> {
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, cancellable: true, title }, async (reporter, token) => {
      token.onCancellationRequested(() => abort.abort());
      const progress = new CombinedProgress(reporter);
      try {
        return await during(progress);
      } finally {
        progress.dispose();
      }
    });
  }

  private async ask<Key, O extends Observed>(
    { id, assignment, asked, open }: AssignmentJob<Key, O>,
    settings: RunSettings,
    cache: AnswerCache | undefined,
    signal: AbortSignal,
    progress: CombinedProgress,
  ): Promise<FinishedAssignment> {
    const { budgets, log } = this.parts;
    const client = new WatchedClient(asked.client);
    const { path, journal, answered, known } = await open();
    const counts = { done: answered.size, total: assignment.count(), failed: 0, remainingMs: null };
    progress.add(id, { model: client.id, ...counts });
    progress.show();
    const follow = throttle(() => progress.show(), FOLLOW_MS);
    let firstFailure: string | undefined;
    const onEvent = (event: RunEvent<O>) => {
      if (event.type === 'notice') log.info(`${client.id}: ${event.message}`);
      if (event.type === 'waiting') log.warn(`${client.id}: ${event.reason}`);
      if (event.type === 'observation') {
        const { failure } = event.observation;
        if (!failure) return;
        firstFailure ??= failure.message;
        log.warn(`${client.id}: ${failure.message}`);
        return;
      }
      progress.update(id, event, 0);
      follow.request();
    };
    try {
      const outcome = await execute({
        ...chooseExecution(client, asked, { settings, budgets, cache, signal }),
        assignment,
        journal,
        answered,
        known,
        onEvent,
      });
      if (outcome.reason) log.error(`${client.id}: ${outcome.reason}`);
      return { path, outcome, errorCode: client.errorCode, firstFailure };
    } finally {
      follow.dispose();
      await journal.close();
    }
  }
}
