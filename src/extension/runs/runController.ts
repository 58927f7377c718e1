/** Carries out what the user asks to run: one set of runs at a time, its models side by side, one run file each. */
import * as vscode from 'vscode';
import { countRequests } from '../../core/runs/plan';
import { executeRun } from '../../engine/runner';
import { ModelError } from '../../models/client';
import type { RunSettings } from '../settings';
import { carryOutModelRun, type ModelRunParts } from './modelRun';
import type { PreparedRun, RunJob } from './preparedRun';
import { addEstimates, describeEstimate, isAboveLimit, type RunEstimate, type TotalEstimate } from './runEstimate';
import { CombinedProgress } from './runProgress';
import type { ModelOutcome } from './runReport';

export interface RunWork {
  /** Names what is run, for the progress. */
  readonly title: string;
  readonly jobs: readonly RunJob[];
  readonly settings: RunSettings;
  /** Ask everything, whatever is known from earlier runs. */
  readonly withoutCache?: boolean;
}

export interface RunControllerParts extends ModelRunParts {
  /** Asked where a run is larger than the settings allow unasked. */
  readonly confirm: (estimate: TotalEstimate) => Promise<boolean>;
}

export class RunController implements vscode.Disposable {
  private abort: AbortController | undefined;
  /** Run file → the switch that stops its model alone. */
  private readonly stops = new Map<string, AbortController>();

  constructor(private readonly parts: RunControllerParts) {}

  /** Ends everything; what was answered is kept. */
  cancel(): void {
    this.abort?.abort();
  }

  /** Ends the run of one file; others go on. */
  stop(path: string): void {
    this.stops.get(path)?.abort();
  }

  dispose(): void {
    this.cancel();
  }

  /**
   * Resolves when every model is done, was stopped or cancelled; never throws for what a model does. Undefined where
   * the user decided against it.
   */
  async carryOut(work: RunWork): Promise<readonly ModelOutcome[] | undefined> {
    const abort = new AbortController();
    this.abort = abort;
    const { activity } = this.parts;
    await activity.start();
    const prepared: PreparedRun[] = [];
    try {
      const refused: ModelOutcome[] = [];
      for (const job of work.jobs) {
        try {
          prepared.push(await job.prepare());
        } catch (error) {
          refused.push(this.explainRefusal(job, error));
        }
      }
      if (prepared.length === 0) return refused;
      const estimate = addEstimates(await this.estimateAll(prepared));
      if (isAboveLimit(estimate, work.settings.askAbove) && !(await this.parts.confirm(estimate))) return undefined;
      return [...refused, ...(await this.askAll(prepared, work, estimate, abort))];
    } finally {
      await Promise.all(prepared.map(({ asked }) => asked.client.dispose?.()));
      this.abort = undefined;
      await activity.stop();
    }
  }

  private askAll(prepared: readonly PreparedRun[], work: RunWork, estimate: TotalEstimate, abort: AbortController) {
    const title = `${work.title}: ${describeEstimate(estimate, vscode.l10n.t)}`;
    return vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        cancellable: true,
        title: vscode.l10n.t('Value-Action Lens: {0}', title),
      },
      async (reporter, token) => {
        token.onCancellationRequested(() => abort.abort());
        const progress = new CombinedProgress(reporter);
        for (const { header, settled, leftAlone } of prepared) {
          const total = countRequests(header);
          const done = settled.size - leftAlone;
          progress.add(header.id, { model: header.model.id, done, total, failed: 0, remainingMs: null });
        }
        progress.show();
        try {
          return await Promise.all(prepared.map((run) => this.askModel(run, work, progress, abort.signal)));
        } finally {
          progress.dispose();
        }
      },
    );
  }

  private async askModel(
    run: PreparedRun,
    { settings }: RunWork,
    progress: CombinedProgress,
    signal: AbortSignal,
  ): Promise<ModelOutcome> {
    const stop = new AbortController();
    const { header } = run;
    try {
      return await carryOutModelRun(
        run,
        progress,
        ({ client, opened, onEvent }) => {
          this.stops.set(opened.path, stop);
          return executeRun({
            header,
            client,
            journal: opened.journal,
            answered: opened.settled,
            known: opened.known,
            concurrency: settings.concurrency,
            timeoutMs: settings.timeout * 1000,
            signal: AbortSignal.any([signal, stop.signal]),
            onEvent,
          });
        },
        this.parts,
      );
    } catch (error) {
      return this.explainRefusal({ model: header.model.id, total: countRequests(header) }, error);
    } finally {
      progress.end(header.id);
      for (const [path, switched] of this.stops) if (switched === stop) this.stops.delete(path);
    }
  }

  private async estimateAll(prepared: readonly PreparedRun[]): Promise<readonly RunEstimate[]> {
    return prepared.map(({ header, settled, asked }) => ({
      toAsk: countRequests(header) - settled.size,
      known: 0,
      tokens: { input: 0, output: 0 },
      price: asked.price,
    }));
  }

  /** What cannot even begin is told like what was stopped: with its reason. */
  private explainRefusal({ model, total }: Pick<RunJob, 'model' | 'total'>, error: unknown): ModelOutcome {
    const reason = error instanceof Error ? error.message : String(error);
    this.parts.log.error(`${model}:`, error);
    const status = this.abort?.signal.aborted ? 'canceled' : 'stopped';
    const errorCode = error instanceof ModelError ? error.code : undefined;
    return { model, errorCode, outcome: { status, done: 0, failed: 0, total, reason } };
  }
}
