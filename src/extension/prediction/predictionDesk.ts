/** Takes a wish to predict: checks the run, asks who predicts and what, and shows what came of it. */
import * as vscode from 'vscode';
import type { Label } from '../../core/prediction/record';
import { SampleError } from '../../core/prediction/sampling';
import type { ScenarioSelection } from '../../core/runs/plan';
import type { Run } from '../../core/runs/record';
import { describeScore } from '../../display/predictionSentences';
import { shortenModelId } from '../../display/sentences';
import type { AnswerCache } from '../../engine/answerCache';
import type { RunOutcome } from '../../engine/events';
import { EndpointBudgets } from '../../engine/limiter';
import type { Log } from '../log';
import { showInformation, showWarning } from '../messages';
import type { BuiltInModel } from '../models/builtInModel';
import type { ModelCatalog } from '../models/modelCatalog';
import type { ModelTicks } from '../models/modelTicks';
import type { RunActivity } from '../runs/runActivity';
import type { TotalEstimate } from '../runs/runEstimate';
import type { RunStore } from '../runs/runStore';
import type { StoredRun } from '../runs/storedRun';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Settings } from '../settings';
import { carryOutPrediction } from './carryOutPrediction';
import { chooseObserver } from './chooseObserver';
import {
  countForecasts,
  describeNewPrediction,
  describeResumedPrediction,
  type PredictionJob,
  planFromRun,
} from './newPrediction';
import type { PredictionPages } from './predictionPages';
import type { PredictionStore } from './predictionStore';
import type { StoredPrediction } from './storedPrediction';

export interface PredictionDeskParts {
  readonly scenarios: ScenarioFiles;
  readonly settings: Settings;
  readonly catalog: ModelCatalog;
  readonly ticks: ModelTicks;
  readonly builtIn: BuiltInModel;
  readonly activity: RunActivity;
  readonly store: RunStore;
  readonly predictions: PredictionStore;
  readonly pages: PredictionPages;
  readonly openCache: (options: { readonly finds: boolean }) => AnswerCache | undefined;
  readonly confirm: (estimate: TotalEstimate, asBatch: boolean) => Promise<boolean>;
  readonly log: Log;
}

/** What the user would otherwise be asked for. */
export interface PredictionWish {
  readonly observer?: string;
  readonly label?: Label;
  /** Whether items that the target was never asked about are predicted, too. */
  readonly forecast?: boolean;
}

export class PredictionDesk implements vscode.Disposable {
  private readonly budgets = new EndpointBudgets();
  private current: AbortController | undefined;

  constructor(private readonly parts: PredictionDeskParts) {}

  /** Ends what is asked at this moment; what was answered is kept. */
  cancel(): void {
    this.current?.abort();
  }

  dispose(): void {
    this.cancel();
  }

  async predict(target: StoredRun, wish: PredictionWish = {}): Promise<void> {
    if (!this.mayBegin()) return;
    const run = await this.readFinished(target);
    if (!run) return;
    const files = await this.readScenarios(target.root);
    try {
      // Before anybody is asked for anything: whether there is something to predict.
      planFromRun(run, files, wish.label ?? 'stated', false);
      const observer = await this.chooseObserver(target, wish);
      const withForecast = observer && (wish.forecast ?? (await this.chooseForecast(run, files)));
      if (observer === undefined || withForecast === undefined) return;
      const planned = planFromRun(run, files, wish.label ?? 'stated', withForecast === true);
      const asked = await this.parts.catalog.connect(observer);
      await this.carryOut(describeNewPrediction(planned, asked, target.root));
    } catch (error) {
      if (!(error instanceof SampleError)) throw error;
      void this.explainSample(error, target, wish);
    }
  }

  async resume(prediction: StoredPrediction): Promise<void> {
    if (!this.mayBegin()) return;
    const asked = await this.parts.catalog.connectAgain(prediction.header.model);
    await this.carryOut(describeResumedPrediction(prediction, asked, prediction.answered));
  }

  private async carryOut(job: PredictionJob): Promise<void> {
    const { settings, activity, openCache, confirm, log, predictions, pages } = this.parts;
    const abort = new AbortController();
    this.current = abort;
    await activity.start();
    const cache = openCache({ finds: true });
    try {
      const finished = await carryOutPrediction(job, {
        title: vscode.l10n.t('Predicting gaps of {0}', shortenModelId(job.header.target.model)),
        settings: settings.run(vscode.Uri.file(job.root)),
        budgets: this.budgets,
        cache,
        abort,
        confirm,
        log,
      });
      if (!finished) return;
      await predictions.refresh();
      const prediction = predictions.get(finished.path);
      if (prediction && finished.outcome.done > finished.outcome.failed) await pages.open(prediction);
      void this.tell(finished.outcome, prediction);
    } finally {
      await Promise.all([cache?.close(), job.asked.client.dispose?.()]);
      this.current = undefined;
      await activity.stop();
    }
  }

  /** Not awaited: the command is done, whatever the user does with the message. */
  private async tell(outcome: RunOutcome, prediction: StoredPrediction | undefined): Promise<void> {
    const { status, done, failed, total, reason } = outcome;
    const goOn = vscode.l10n.t('Go On');
    const buttons = prediction && done - failed < total ? [goOn] : [];
    const answer = await (status === 'done'
      ? showInformation(this.sayScore(prediction))
      : showWarning(
          [
            vscode.l10n.t('{0} of {1} predictions were made.', done - failed, total),
            ...(failed > 0 ? [vscode.l10n.t('{0} requests failed; the log says why.', failed)] : []),
            ...(reason === undefined ? [] : [reason]),
          ].join(' '),
          ...buttons,
        ));
    if (answer === goOn && prediction) await this.resume(prediction);
  }

  private sayScore(prediction: StoredPrediction | undefined): string {
    if (!prediction?.score) return vscode.l10n.t('The predictions were made.');
    const { observer, target, score } = prediction;
    return vscode.l10n.t(
      '{0} predicts {1}: {2}.',
      shortenModelId(observer),
      shortenModelId(target),
      describeScore(score),
    );
  }

  private mayBegin(): boolean {
    if (!vscode.workspace.isTrusted) {
      void showWarning(
        vscode.l10n.t('Predicting is off in Restricted Mode, since files decide what is sent to your models.'),
      );
      return false;
    }
    if (!this.parts.activity.isRunning) return true;
    void showInformation(vscode.l10n.t('A run is going on. Wait for it, or cancel it first; its answers are kept.'));
    return false;
  }

  /** What the target said and did has to be known as a whole. */
  private async readFinished(target: StoredRun): Promise<Run | undefined> {
    await this.parts.store.read(target);
    const { summary } = target;
    const missing = summary ? summary.planned - summary.answered : 0;
    if (summary && missing === 0) return { header: target.header, observations: target.observations };
    void showWarning(
      summary
        ? vscode.l10n.t('The run is not finished: {0} requests have no answer. Resume it, then predict.', missing)
        : vscode.l10n.t('The run cannot be read; the log says why.'),
    );
    return undefined;
  }

  /** All scenario files of the target's folder: what is known of its actions, and what it was not asked about. */
  private async readScenarios(root: string): Promise<ScenarioSelection[]> {
    const { scenarios } = this.parts;
    const files = (await scenarios.list()).filter((file) => scenarios.rootOf(file) === root);
    const parsed = await Promise.all(
      files.map(async (file) => ({ file: scenarios.nameOf(file), read: await scenarios.parse(file) })),
    );
    return parsed.flatMap(({ file, read }) => (read?.scenarios ?? []).map((scenario) => ({ file, scenario })));
  }

  private async chooseObserver(target: StoredRun, wish: PredictionWish): Promise<string | undefined> {
    const { catalog, ticks, builtIn } = this.parts;
    const observer = wish.observer ?? (await chooseObserver(catalog, ticks, shortenModelId(target.model)));
    if (observer !== builtIn.id || (await builtIn.isInstalled()) || (await builtIn.offerDownload())) return observer;
    return undefined;
  }

  /** Undefined where the user decides against it altogether. */
  private async chooseForecast(run: Run, files: readonly ScenarioSelection[]): Promise<boolean | undefined> {
    const items = countForecasts(run, files);
    if (items === 0) return false;
    const rows = [
      {
        label: vscode.l10n.t('Test on items of the run'),
        detail: vscode.l10n.t('How well the model predicts what is known already.'),
        forecast: false,
      },
      {
        label: vscode.l10n.t('Test, and predict {0} items without a run', items),
        detail: vscode.l10n.t('Likely gaps are marked in the editor, as predictions. 4 requests an item.'),
        forecast: true,
      },
    ];
    return (await vscode.window.showQuickPick(rows, { title: vscode.l10n.t('Predict Gaps') }))?.forecast;
  }

  private async explainSample(error: SampleError, target: StoredRun, wish: PredictionWish): Promise<void> {
    const acted = vscode.l10n.t('Predict What It Chose');
    const buttons = error.reason === 'one-class' && wish.label !== 'acted' ? [acted] : [];
    if ((await showWarning(error.message, ...buttons)) !== acted) return;
    await this.predict(target, { ...wish, label: 'acted' });
  }
}
