/** Predicting gaps, and reading what was predicted. */
import * as vscode from 'vscode';
import { labelSchema } from '../../core/prediction/record';
import { shortenModelId } from '../../display/sentences';
import { showInformation } from '../messages';
import type { PredictionDesk, PredictionWish } from '../prediction/predictionDesk';
import type { PredictionPages } from '../prediction/predictionPages';
import type { PredictionStore } from '../prediction/predictionStore';
import type { StoredPrediction } from '../prediction/storedPrediction';
import type { RunStore } from '../runs/runStore';
import { StoredRun } from '../runs/storedRun';
import { sayGaps, sayWhen } from '../words';
import type { CommandTable } from './commandTable';
import { readRunRow } from './runFileCommands';

export interface PredictCommandParts {
  readonly store: RunStore;
  /** Resolves when the store knows the runs there are. */
  readonly roots: { readonly whenListed: Promise<void> };
  readonly predictionDesk: PredictionDesk;
  readonly predictions: PredictionStore;
  readonly predictionPages: PredictionPages;
}

export function predictCommands(parts: PredictCommandParts): CommandTable {
  const { predictionDesk, predictionPages } = parts;
  return {
    predictGaps: async (argument, options) => {
      const row = readRunRow(argument);
      const run = row instanceof StoredRun ? row : await chooseRun(parts);
      if (run) await predictionDesk.predict(run, readWish(options));
    },
    showPrediction: async () => {
      const prediction = await choosePrediction(parts);
      if (prediction) await predictionPages.open(prediction);
    },
    resumePrediction: async () => {
      const prediction = await choosePrediction(parts, ({ unanswered }) => unanswered > 0);
      if (prediction) await predictionDesk.resume(prediction);
    },
  };
}

/** A keybinding or another extension may say everything that is asked for otherwise. */
function readWish(options: unknown): PredictionWish {
  if (typeof options !== 'object' || options === null) return {};
  const { observer, label, forecast } = options as Record<string, unknown>;
  const known = labelSchema.safeParse(label);
  return {
    ...(typeof observer === 'string' && { observer }),
    ...(typeof forecast === 'boolean' && { forecast }),
    ...(known.success && { label: known.data }),
  };
}

async function chooseRun({ store, roots }: PredictCommandParts): Promise<StoredRun | undefined> {
  await roots.whenListed;
  await store.refresh();
  const runs = store.list().filter(({ path }) => !store.isLive(path));
  if (runs.length === 0) {
    void showInformation(
      vscode.l10n.t('There is no run yet. A prediction starts from what a model stated and did: run a file first.'),
    );
    return undefined;
  }
  const rows = runs.map((run) => ({
    label: shortenModelId(run.model),
    description: [sayWhen(run.header.startedAt), ...(run.summary ? [sayGaps(run.summary.gaps)] : [])].join(' · '),
    run,
  }));
  const placeHolder = vscode.l10n.t('Predict the gaps of which run?');
  return (await vscode.window.showQuickPick(rows, { title: vscode.l10n.t('Predict Gaps'), placeHolder }))?.run;
}

async function choosePrediction(
  { predictions }: PredictCommandParts,
  isWanted: (prediction: StoredPrediction) => boolean = () => true,
): Promise<StoredPrediction | undefined> {
  await predictions.refresh();
  const wanted = predictions.list().filter(isWanted);
  if (wanted.length === 0) {
    void showInformation(vscode.l10n.t('There is no such prediction. Choose “Predict Gaps…” on a run to make one.'));
    return undefined;
  }
  const rows = wanted.map((prediction) => ({
    label: vscode.l10n.t('{0} about {1}', shortenModelId(prediction.observer), shortenModelId(prediction.target)),
    description: sayWhen(prediction.header.startedAt),
    ...(prediction.unanswered > 0 && {
      detail: vscode.l10n.t('{0} requests without an answer', prediction.unanswered),
    }),
    prediction,
  }));
  return (await vscode.window.showQuickPick(rows, { placeHolder: vscode.l10n.t('Which prediction?') }))?.prediction;
}
