/** Takes a wish to run: checks what is needed, asks for what is missing, and tells how it went. */
import * as vscode from 'vscode';
import type { ScenarioSelection } from '../../core/runs/plan';
import { shortenModelId } from '../../display/sentences';
import { cancelBatches } from '../../engine/batch/cancelBatches';
import { listOpenBatches } from '../../engine/batch/ledger';
import { showError, showInformation, showWarning } from '../messages';
import type { BuiltInModel } from '../models/builtInModel';
import type { ModelCatalog } from '../models/modelCatalog';
import type { ModelTicks } from '../models/modelTicks';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Target } from '../scenarios/target';
import type { Settings } from '../settings';
import { type KnownResults, selectChanged } from './changedItems';
import { describeNewRuns } from './newRun';
import type { RunJob } from './preparedRun';
import { describeResumedRun } from './resumedRun';
import type { RunActivity } from './runActivity';
import type { RunController, RunWork } from './runController';
import type { TotalEstimate } from './runEstimate';
import { type NextStep, type RunReport, reportRun } from './runReport';
import type { RunStore } from './runStore';
import { NothingToRun, selectScenarios } from './selection';
import type { StoredRun } from './storedRun';
import type { Wanted } from './whatIsLeft';

/** Somebody is waiting in front of it. */
const GIVE_UP_MS = 30_000;

export interface RunDeskParts {
  readonly scenarios: ScenarioFiles;
  readonly settings: Settings;
  readonly catalog: ModelCatalog;
  readonly controller: RunController;
  readonly activity: RunActivity;
  readonly store: RunStore;
  readonly ticks: ModelTicks;
  readonly builtIn: BuiltInModel;
  readonly results: KnownResults;
}

export interface RunWish {
  readonly variants?: 'quick';
  /** Instead of the ticked ones. */
  readonly models?: readonly string[];
  /** Ask everything, whatever is known. */
  readonly withoutCache?: boolean;
  readonly asBatch?: boolean;
  /** Leave out items whose result belongs to the text as it is; where nothing is left, nothing happens. */
  readonly onlyChanged?: boolean;
  /** Nobody pressed a button, so only what needs a hand is told afterwards. */
  readonly isQuiet?: boolean;
}

export class RunDesk {
  constructor(private readonly parts: RunDeskParts) {}

  cancel(): void {
    this.parts.controller.cancel();
  }

  async run(target: Target, wish: RunWish = {}): Promise<void> {
    const { scenarios, settings } = this.parts;
    const { asBatch, withoutCache } = wish;
    if (!this.mayBegin(asBatch)) return;
    try {
      const selection = await selectScenarios(scenarios, target);
      const models = await this.chooseModels(wish.models ?? this.parts.ticks.list());
      if (models.length === 0) return;
      const jobs = await this.describeJobs(target, wish, selection, models);
      if (jobs.length === 0) return;
      const title = scenarios.nameOf(target.file);
      const work = { title, jobs, settings: await settings.run(target.file), withoutCache, asBatch };
      await this.carryOut(work, [target], wish.isQuiet);
    } catch (error) {
      if (!(error instanceof NothingToRun)) throw error;
      void showWarning(error.message);
    }
  }

  /** What `run` would ask, without asking anybody, the user included; undefined where it could not begin. */
  async estimate(target: Target, wish: RunWish = {}): Promise<TotalEstimate | undefined> {
    const { scenarios, ticks, controller } = this.parts;
    const models = wish.models ?? ticks.list();
    if (models.length === 0) return undefined;
    try {
      const selection = await selectScenarios(scenarios, target);
      return await controller.estimate(await this.describeJobs(target, wish, selection, models));
    } catch (error) {
      if (error instanceof NothingToRun) return undefined;
      throw error;
    }
  }

  private async describeJobs(
    target: Target,
    wish: RunWish,
    selection: readonly ScenarioSelection[],
    models: readonly string[],
  ): Promise<RunJob[]> {
    const { scenarios, settings, catalog, results, store } = this.parts;
    const chosen = await settings.run(target.file);
    const plan = {
      selection: wish.onlyChanged ? selectChanged(selection, target.file, models, results) : selection,
      models,
      variants: wish.variants ?? chosen.variants,
      repeats: chosen.repeats,
      root: scenarios.rootOf(target.file),
    };
    await store.watch(plan.root);
    return describeNewRuns(plan, (model) => catalog.connect(model));
  }

  /** Goes on with runs of before, side by side; the answers of their batches are fetched, not asked for again. */
  async resume(runs: readonly StoredRun[], wanted: Wanted): Promise<void> {
    const idle = runs.filter(({ path }) => !this.parts.store.isLive(path));
    const isOpen = await Promise.all(idle.map(async ({ path }) => (await listOpenBatches(path)).length > 0));
    const batches = idle.filter((_, at) => isOpen[at]);
    const others = idle.filter((_, at) => !isOpen[at]);
    await Promise.all([this.goOn(batches, 'missing', true), this.goOn(others, wanted, false)]);
  }

  /** Asks the endpoint to end the batches of a run. */
  async giveUpBatches(run: StoredRun): Promise<void> {
    const { client, connectToBatches } = await this.parts.catalog.connectAgain(run.header.model);
    try {
      if (!connectToBatches) return;
      const given = await cancelBatches(run.path, run.header, connectToBatches(), AbortSignal.timeout(GIVE_UP_MS));
      const message =
        given.length > 0
          ? vscode.l10n.t('The endpoint was asked to give up {0}.', given.join(', '))
          : vscode.l10n.t('No batch of this run is at work.');
      const resume = vscode.l10n.t('Resume');
      const next = vscode.l10n.t('Resume the run to fetch the answers that are ready.');
      void showInformation(`${message} ${next}`, resume).then((answer) => {
        if (answer === resume) void this.resume([run], 'missing');
      });
    } finally {
      await client.dispose?.();
    }
  }

  private async goOn(runs: readonly StoredRun[], wanted: Wanted, asBatch: boolean): Promise<void> {
    const { settings, catalog } = this.parts;
    const [first] = runs;
    if (!first || !this.mayBegin(asBatch)) return;
    const jobs = runs.map((run) => describeResumedRun(run, wanted, (model) => catalog.connectAgain(model)));
    const title = runs.length === 1 ? shortenModelId(first.model) : vscode.l10n.t('{0} runs', runs.length);
    const rows = runs.map((run) => ({ kind: 'run', run }));
    const work = { title, jobs, settings: await settings.run(vscode.Uri.file(first.root)), asBatch, isResumed: true };
    await this.carryOut(work, [rows[0], rows]);
  }

  /** @param shown What the charts are opened with. */
  private async carryOut(work: RunWork, shown: readonly unknown[], isQuiet = false): Promise<void> {
    const outcomes = await this.parts.controller.carryOut(work);
    // Not awaited: the command is done, whatever the user does with the message.
    const report = outcomes && reportRun(outcomes);
    if (report && !(isQuiet && report.severity === 'info')) void this.tell(report, shown);
  }

  /** A batch waits at the endpoint, so it may wait beside a run. */
  private mayBegin(asBatch = false): boolean {
    if (!vscode.workspace.isTrusted) void this.explainRestricted();
    else if (!asBatch && this.parts.activity.isRunning) void this.explainRunning();
    else return true;
    return false;
  }

  /** Those that can be asked now. */
  private async chooseModels(wanted: readonly string[]): Promise<readonly string[]> {
    const { builtIn } = this.parts;
    if (wanted.length === 0) {
      const open = vscode.l10n.t('Show Models');
      const message = vscode.l10n.t('No model is ticked. Tick one in the Models view, then run again.');
      void showWarning(message, open).then((answer) => {
        if (answer === open) void vscode.commands.executeCommand('valueActionLens.models.focus');
      });
      return [];
    }
    if (!wanted.includes(builtIn.id) || (await builtIn.isInstalled()) || (await builtIn.offerDownload())) return wanted;
    return wanted.filter((id) => id !== builtIn.id);
  }

  private async tell(report: RunReport, shown: readonly unknown[]): Promise<void> {
    const { severity, message, steps } = report;
    if (message === '') return;
    const names: Record<NextStep, string> = {
      resume: vscode.l10n.t('Resume'),
      retry: vscode.l10n.t('Retry Failed'),
      charts: vscode.l10n.t('Open Charts'),
      key: vscode.l10n.t('Set API Key…'),
      choose: vscode.l10n.t('Choose Models…'),
      test: vscode.l10n.t('Test Connection'),
      download: vscode.l10n.t('Download'),
      models: vscode.l10n.t('Show Models'),
      log: vscode.l10n.t('Show Log'),
    };
    const show = {
      info: showInformation,
      warning: showWarning,
      error: showError,
    }[severity];
    const answer = await show(message, ...steps.map((step) => names[step]));
    const step = steps.find((candidate) => names[candidate] === answer);
    if (step) await this.take(step, report, shown);
  }

  private async take(step: NextStep, { model, unfinished }: RunReport, shown: readonly unknown[]): Promise<void> {
    if (step === 'models') {
      await vscode.commands.executeCommand('valueActionLens.models.focus');
      return;
    }
    if (step === 'resume' || step === 'retry') {
      const runs = unfinished.flatMap((path) => this.parts.store.get(path) ?? []);
      await this.resume(runs, step === 'resume' ? 'missing' : 'failed');
      return;
    }
    const commands: Record<typeof step, [command: string, ...args: unknown[]]> = {
      charts: ['openCharts', ...shown],
      key: ['setKey', { model }],
      choose: ['chooseModels', { model }],
      test: ['testConnection', { model }],
      download: ['downloadBuiltIn'],
      log: ['showLog'],
    };
    const [command, ...args] = commands[step];
    await vscode.commands.executeCommand(`valueActionLens.${command}`, ...args);
  }

  private async explainRestricted(): Promise<void> {
    const manage = vscode.l10n.t('Manage Workspace Trust');
    const message = vscode.l10n.t(
      'Running is off in Restricted Mode, since a scenario file decides what is sent to your models. Trust the workspace to run.',
    );
    if ((await showWarning(message, manage)) === manage) {
      await vscode.commands.executeCommand('workbench.trust.manage');
    }
  }

  private async explainRunning(): Promise<void> {
    const cancel = vscode.l10n.t('Cancel Run');
    const message = vscode.l10n.t('A run is going on. Wait for it, or cancel it first; its answers are kept.');
    if ((await showInformation(message, cancel)) === cancel) this.cancel();
  }
}
