/** Carries out what the user asks to run: its models side by side, one run file each, in one progress notification. */
import * as vscode from 'vscode';
import { countRequests } from '../../core/runs/plan';
import { nameSubject } from '../../core/runs/subject';
import { withoutLinks } from '../../display/plainText';
import type { AnswerCache } from '../../engine/answerCache';
import type { EndpointBudgets } from '../../engine/limiter';
import { estimateRun } from '../../engine/preflight';
import { ModelError } from '../../models/client';
import type { RunSettings } from '../settingsSchema';
import { type AskingParts, askAsBatch, askNow, requireBatches } from './asking';
import { carryOutModelRun, type ModelRunParts } from './modelRun';
import type { PreparedRun, RunJob } from './preparedRun';
import type { RunActivity } from './runActivity';
import { addEstimates, describeEstimate, isAboveLimit, type PricedEstimate, type TotalEstimate } from './runEstimate';
import { CombinedProgress } from './runProgress';
import type { ModelOutcome } from './runReport';

export interface RunWork {
  /** Names what is run, for the progress. */
  readonly title: string;
  readonly jobs: readonly RunJob[];
  readonly settings: RunSettings;
  /** Ask everything, whatever is known from earlier runs. */
  readonly withoutCache?: boolean;
  /** The endpoint answers in its own time, which may be a day: other runs need not wait for it. */
  readonly asBatch?: boolean;
  /** What a batch was made of is sent already. */
  readonly isResumed?: boolean;
}

export interface RunControllerParts extends Omit<ModelRunParts, 'activity'> {
  readonly activity: RunActivity;
  /** Runs that follow one another share what was learned about an endpoint's pace. */
  readonly budgets: EndpointBudgets;
  /** Undefined where nothing is to be kept. Whoever gets it closes it. */
  readonly openCache: (options: { readonly finds: boolean }) => AnswerCache | undefined;
  /** Asked where a run is larger than the settings allow unasked, and before a batch is sent. */
  readonly confirm: (estimate: TotalEstimate, asBatch: boolean) => Promise<boolean>;
}

export class RunController implements vscode.Disposable {
  /** What is asked request by request; batches are not among it. */
  private current: AbortController | undefined;
  private readonly all = new Set<AbortController>();
  /** Run file → the switch that stops its model alone. */
  private readonly stops = new Map<string, AbortController>();

  constructor(private readonly parts: RunControllerParts) {}

  /** Ends what is asked at this moment; what was answered is kept. */
  cancel(): void {
    this.current?.abort();
  }

  /** Ends the run of one file; others go on. */
  stop(path: string): void {
    this.stops.get(path)?.abort();
  }

  dispose(): void {
    for (const abort of this.all) abort.abort();
  }

  /**
   * Resolves when every model is done, was stopped or cancelled; never throws for what a model does. Undefined where
   * the user decided against it.
   */
  async carryOut(work: RunWork): Promise<readonly ModelOutcome[] | undefined> {
    const abort = new AbortController();
    this.all.add(abort);
    if (!work.asBatch) {
      this.current = abort;
      await this.parts.activity.start();
    }
    const cache = this.parts.openCache({ finds: !work.withoutCache });
    const prepared: PreparedRun[] = [];
    try {
      const refused = await this.prepareAll(work, prepared, abort.signal);
      const able = work.asBatch ? prepared.filter(({ asked }) => asked.connectToBatches) : prepared;
      if (able.length === 0) return refused;
      const estimate = await this.estimateAll(able, cache, abort.signal);
      if (!estimate) return undefined;
      const mustAsk = isAboveLimit(estimate, work.settings.askAbove) || (work.asBatch && !work.isResumed);
      if (estimate.ask > 0 && mustAsk && !(await this.parts.confirm(estimate, work.asBatch ?? false))) return undefined;
      return [...refused, ...(await this.askAll(able, work, estimate, abort, cache))];
    } finally {
      await Promise.all([cache?.close(), ...prepared.map(({ asked }) => asked.client.dispose?.())]);
      this.all.delete(abort);
      if (!work.asBatch) {
        this.current = undefined;
        await this.parts.activity.stop();
      }
    }
  }

  /** What the jobs would ask; those whose model cannot be asked are left out. Nothing is sent. */
  async estimate(jobs: readonly RunJob[]): Promise<TotalEstimate> {
    const cache = this.parts.openCache({ finds: true });
    const prepared = (await Promise.allSettled(jobs.map((job) => job.prepare()))).flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    try {
      return addEstimates(await estimatePrepared(prepared, cache));
    } finally {
      await Promise.all([cache?.close(), ...prepared.map(({ asked }) => asked.client.dispose?.())]);
    }
  }

  private async prepareAll(
    { jobs, asBatch }: RunWork,
    prepared: PreparedRun[],
    signal: AbortSignal,
  ): Promise<ModelOutcome[]> {
    const refused: ModelOutcome[] = [];
    for (const job of jobs) {
      try {
        const run = await job.prepare();
        // Kept at once, so that its model is let go of whatever comes.
        prepared.push(run);
        if (asBatch) requireBatches(run.asked);
      } catch (error) {
        refused.push(this.explainEnd(job, error, signal));
      }
    }
    return refused;
  }

  /** Undefined where the user cancels meanwhile: a whole study takes some seconds to look up. */
  private async estimateAll(
    prepared: readonly PreparedRun[],
    cache: AnswerCache | undefined,
    signal: AbortSignal,
  ): Promise<TotalEstimate | undefined> {
    const estimating = estimatePrepared(prepared, cache);
    const canceled = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    const location = vscode.ProgressLocation.Window;
    const title = vscode.l10n.t('Looking up what is known…');
    const found = await vscode.window.withProgress({ location, title }, () => Promise.race([estimating, canceled]));
    return found && !signal.aborted ? addEstimates(found) : undefined;
  }

  private askAll(
    prepared: readonly PreparedRun[],
    work: RunWork,
    estimate: TotalEstimate,
    abort: AbortController,
    cache: AnswerCache | undefined,
  ) {
    const what = describeEstimate(estimate, vscode.l10n.t);
    const location = vscode.ProgressLocation.Notification;
    const title = withoutLinks(vscode.l10n.t('{0} ({1})', work.title, what));
    return vscode.window.withProgress({ location, cancellable: true, title }, async (reporter, token) => {
      token.onCancellationRequested(() => abort.abort());
      const progress = new CombinedProgress(reporter);
      for (const { header, settled, leftAlone } of prepared) {
        const done = settled.size - leftAlone;
        const total = countRequests(header);
        progress.add(header.id, {
          model: nameSubject(header),
          done,
          total,
          failed: 0,
          remainingMs: null,
          isBatch: work.asBatch,
        });
      }
      progress.show();
      try {
        return await Promise.all(
          prepared.map((run) => this.askModel(run, work, progress, { cache, signal: abort.signal })),
        );
      } finally {
        progress.dispose();
      }
    });
  }

  private async askModel(
    run: PreparedRun,
    { settings, asBatch }: RunWork,
    progress: CombinedProgress,
    { cache, signal }: Pick<AskingParts, 'cache' | 'signal'>,
  ): Promise<ModelOutcome> {
    const { header } = run;
    const stop = new AbortController();
    const ending = AbortSignal.any([signal, stop.signal]);
    const parts = { settings, budgets: this.parts.budgets, cache, signal: ending };
    const ask = asBatch ? askAsBatch(run, parts) : askNow(run, parts);
    try {
      // Items of a batch are not "being asked": nobody knows when their turn comes.
      const { activity, ...shared } = this.parts;
      const outcome = await carryOutModelRun(
        run,
        progress,
        (asking) => {
          this.stops.set(asking.opened.path, stop);
          return ask(asking);
        },
        asBatch ? shared : { ...shared, activity },
      );
      return asBatch ? { ...outcome, isBatch: true } : outcome;
    } catch (error) {
      return this.explainEnd({ model: nameSubject(header), total: countRequests(header) }, error, signal);
    } finally {
      progress.end(header.id);
      for (const [path, switched] of this.stops) if (switched === stop) this.stops.delete(path);
    }
  }

  /** What cannot even begin is told like what was stopped: with its reason. */
  private explainEnd(
    { model, total }: Pick<RunJob, 'model' | 'total'>,
    error: unknown,
    signal: AbortSignal,
  ): ModelOutcome {
    const reason = error instanceof Error ? error.message : String(error);
    this.parts.log.error(`${model}:`, error);
    const status = signal.aborted ? 'canceled' : 'stopped';
    const errorCode = error instanceof ModelError ? error.code : undefined;
    return { model, errorCode, outcome: { status, done: 0, failed: 0, total, reason } };
  }
}

function estimatePrepared(prepared: readonly PreparedRun[], cache: AnswerCache | undefined): Promise<PricedEstimate[]> {
  return Promise.all(
    prepared.map(async ({ header, settled, leftAlone, asked }) => {
      const { known, ...rest } = await estimateRun({ header, client: asked.client, cache, answered: settled });
      return { ...rest, known: known - leftAlone, price: asked.price };
    }),
  );
}
