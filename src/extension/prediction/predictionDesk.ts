/** Takes a wish to predict: checks the run, asks who predicts and what, and shows what came of it. */
import * as vscode from 'vscode';
import type { Label } from '../../core/prediction/record';
import { SampleError } from '../../core/prediction/sampling';
import type { ScenarioSelection } from '../../core/runs/plan';
import type { ObservedRun } from '../../core/runs/record';
import { describeScore } from '../../display/predictionSentences';
import { shortenModelId } from '../../display/sentences';
import type { RunOutcome } from '../../engine/events';
import { showInformation, showWarning } from '../messages';
import { type ChooseModelParts, chooseModel, isThere } from '../models/chooseModel';
import type { ModelCatalog } from '../models/modelCatalog';
import type { AssignmentDesk } from '../runs/assignmentDesk';
import type { RunStore } from '../runs/runStore';
import type { StoredRun } from '../runs/storedRun';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Settings } from '../settings';
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

export interface PredictionDeskParts extends ChooseModelParts {
  readonly scenarios: ScenarioFiles;
  readonly settings: Settings;
  readonly catalog: ModelCatalog;
  readonly store: RunStore;
  readonly predictions: PredictionStore;
  readonly pages: PredictionPages;
  readonly assignments: AssignmentDesk;
}

/** What the user would otherwise be asked for. */
export interface PredictionWish {
  readonly observer?: string;
  readonly label?: Label;
  /** Whether items that the target was never asked about are predicted, too. */
  readonly forecast?: boolean;
}

export class PredictionDesk {
  constructor(private readonly parts: PredictionDeskParts) {}

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
      await this.carryOut(describeNewPrediction(planned, asked, target.root), target.root, target.model);
    } catch (error) {
      if (!(error instanceof SampleError)) throw error;
      void this.explainSample(error, target, wish);
    }
  }

  async resume(prediction: StoredPrediction): Promise<void> {
    if (!this.mayBegin()) return;
    const asked = await this.parts.catalog.connectAgain(prediction.header.model);
    const job = describeResumedPrediction(prediction, asked, prediction.answered);
    await this.carryOut(job, prediction.root, prediction.header.target.model);
  }

  private async carryOut(job: PredictionJob, root: string, target: string): Promise<void> {
    const { settings, assignments, predictions, pages } = this.parts;
    const title = vscode.l10n.t('Predicting gaps of {0}', shortenModelId(target));
    const finished = await assignments.carryOut(job, { title, settings: await settings.run(vscode.Uri.file(root)) });
    if (!finished) return;
    await predictions.refresh();
    const prediction = predictions.get(finished.path);
    if (prediction && finished.outcome.done > finished.outcome.failed) await pages.open(prediction);
    void this.tell(finished.outcome, prediction);
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
    return this.parts.assignments.mayBegin(
      vscode.l10n.t('Predicting is off in Restricted Mode, since files decide what is sent to your models.'),
    );
  }

  /** What the target said and did has to be known as a whole. */
  private async readFinished(target: StoredRun): Promise<ObservedRun | undefined> {
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
    const observer =
      wish.observer ??
      (await chooseModel(this.parts, {
        title: vscode.l10n.t('Predict Gaps'),
        placeHolder: vscode.l10n.t('Which model predicts what {0} states?', shortenModelId(target.model)),
      }));
    return observer !== undefined && (await isThere(observer, this.parts)) ? observer : undefined;
  }

  /** Undefined where the user decides against it altogether. */
  private async chooseForecast(run: ObservedRun, files: readonly ScenarioSelection[]): Promise<boolean | undefined> {
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
