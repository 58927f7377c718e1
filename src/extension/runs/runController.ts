/** Carries out what the user asks to run: one run at a time, all ticked models side by side, one run file each. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { ALL_VARIANTS, QUICK_VARIANTS } from '../../core/prompts/variants';
import { countRequests, type ScenarioSelection, snapshotSelection } from '../../core/runs/plan';
import { type Observation, RUN_SCHEMA, type RunHeader } from '../../core/runs/record';
import { createRunFile } from '../../engine/journal';
import { newRunPath } from '../../engine/runDirectory';
import { executeRun } from '../../engine/runner';
import { ModelError } from '../../models/client';
import type { Log } from '../log';
import type { ModelCatalog } from '../models/modelCatalog';
import type { ModelToAsk } from '../models/modelToAsk';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Target } from '../scenarios/target';
import type { RunSettings, Settings } from '../settings';
import { throttle } from '../throttle';
import type { RunActivity } from './runActivity';
import { CombinedProgress } from './runProgress';
import type { ModelOutcome } from './runReport';
import type { RunStore } from './runStore';
import { WatchedClient } from './watchedClient';

/** Highlights and trees follow the answers at this pace. */
const FOLLOW_MS = 250;

export interface RunRequest {
  readonly target: Target;
  readonly selection: readonly ScenarioSelection[];
  readonly models: readonly string[];
  readonly variants?: RunSettings['variants'];
}

export class RunController implements vscode.Disposable {
  private abort: AbortController | undefined;

  constructor(
    private readonly scenarios: ScenarioFiles,
    private readonly settings: Settings,
    private readonly catalog: ModelCatalog,
    private readonly store: RunStore,
    private readonly activity: RunActivity,
    private readonly log: Log,
  ) {}

  cancel(): void {
    this.abort?.abort();
  }

  dispose(): void {
    this.cancel();
  }

  /** Resolves when every model is done, was stopped or cancelled; never throws for what a model does. */
  async run({ target, selection, models, variants }: RunRequest): Promise<readonly ModelOutcome[]> {
    const abort = new AbortController();
    this.abort = abort;
    const settings = this.settings.run(target.file);
    const root = this.scenarios.rootOf(target.file);
    const plan = {
      group: randomUUID(),
      variants: pickVariants(variants ?? settings.variants),
      repeats: 1,
      scenarios: snapshotSelection(selection),
    };
    await this.activity.start();
    try {
      await this.store.watch(root);
      return await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          cancellable: true,
          title: vscode.l10n.t('Value-Action Lens: {0}', this.scenarios.nameOf(target.file)),
        },
        (reporter, token) => {
          token.onCancellationRequested(() => abort.abort());
          const total = countRequests(plan);
          const progress = new CombinedProgress(reporter, new Map(models.map((model) => [model, total])));
          progress.show();
          const shared = { plan, root, concurrency: settings.concurrency, signal: abort.signal, progress };
          return Promise.all(models.map((model) => this.askModel(model, shared)));
        },
      );
    } finally {
      this.abort = undefined;
      await this.activity.stop();
    }
  }

  private async askModel(model: string, shared: Shared): Promise<ModelOutcome> {
    const { plan, signal } = shared;
    let asked: ModelToAsk | undefined;
    try {
      asked = await this.catalog.connect(model);
      return await this.carryOut(asked, shared);
    } catch (error) {
      // What cannot even begin is told like what was stopped: with its reason.
      const reason = error instanceof Error ? error.message : String(error);
      this.log.error(`${model}:`, error);
      const status = signal.aborted ? 'canceled' : 'stopped';
      const errorCode = error instanceof ModelError ? error.code : undefined;
      return { model, errorCode, outcome: { status, done: 0, failed: 0, total: countRequests(plan), reason } };
    } finally {
      await asked?.client.dispose?.();
    }
  }

  private async carryOut({ client: inner, parameters }: ModelToAsk, shared: Shared): Promise<ModelOutcome> {
    const { plan, root, concurrency, signal, progress } = shared;
    const client = new WatchedClient(inner);
    const model = client.id;
    const startedAt = new Date().toISOString();
    const header: RunHeader = {
      type: 'run',
      schema: RUN_SCHEMA,
      id: randomUUID(),
      startedAt,
      model: { id: model, baseUrl: client.baseUrl, parameters, notes: [...client.notes] },
      ...plan,
    };
    const file = newRunPath(root, startedAt, model);
    const journal = await createRunFile(file, header);
    const run = this.store.begin(file, root, header);
    this.activity.begin(root, header);
    const observations: Observation[] = [];
    const follow = throttle(() => {
      this.store.update(run, observations);
      progress.show();
    }, FOLLOW_MS);
    this.log.info(vscode.l10n.t('{0}: {1} requests, written to {2}', model, countRequests(header), file));
    try {
      const outcome = await executeRun({
        header,
        client,
        journal,
        concurrency,
        signal,
        onEvent: (event) => {
          if (event.type === 'progress') progress.update(model, event);
          if (event.type === 'observation') {
            observations.push(event.observation);
            this.activity.observe(root, header, event.observation);
            if (event.observation.type === 'failure') this.log.warn(`${model}: ${event.observation.failure.message}`);
          }
          if (event.type === 'notice') this.log.info(`${model}: ${event.message}`);
          if (event.type === 'waiting') {
            this.log.warn(`${model}: ${event.reason}`);
            progress.note(model, event.reason);
            return;
          }
          follow.request();
        },
      });
      if (outcome.reason) this.log.error(`${model}: ${outcome.reason}`);
      const failed = observations.find((observation) => observation.type === 'failure');
      return {
        model,
        outcome,
        errorCode: client.errorCode,
        summary: this.settle(run, observations),
        firstFailure: failed?.failure.message,
      };
    } finally {
      follow.dispose();
      await journal.close();
      this.store.end(run);
      this.activity.finish(model);
      // A file that says nothing but what was asked would only clutter the history.
      if (observations.length === 0) await this.store.delete(run);
    }
  }

  private settle(run: ReturnType<RunStore['begin']>, observations: readonly Observation[]) {
    this.store.update(run, observations);
    return run.summary;
  }
}

interface Shared {
  readonly plan: Pick<RunHeader, 'group' | 'variants' | 'repeats' | 'scenarios'>;
  readonly root: string;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly progress: CombinedProgress;
}

function pickVariants(choice: RunSettings['variants']): RunHeader['variants'] {
  const variants = choice === 'quick' ? QUICK_VARIANTS : ALL_VARIANTS;
  return { task1: [...variants], task2: [...variants] };
}
