/** What is predicted about the items of the text on screen. */
import type * as vscode from 'vscode';
import type { LikelyGap } from '../../core/prediction/likelyGap';
import type { SettingScore } from '../../core/prediction/score';
import type { Scenario } from '../../core/scenario/model';
import type { HashesOnScreen } from '../runs/freshness';
import type { PredictionStore } from './predictionStore';

export interface ShownPrediction {
  readonly observer: string;
  /** Whose answers are predicted. */
  readonly target: string;
  readonly gap: LikelyGap;
  /** On the test items, in the setting that the gap was predicted in. */
  readonly score: SettingScore | undefined;
  /** The text has changed since. */
  readonly isStale: boolean;
}

export class PredictionsOnScreen {
  readonly onDidChange: vscode.Event<void>;

  constructor(
    private readonly store: Pick<PredictionStore, 'list' | 'onDidChange'>,
    private readonly hashes: HashesOnScreen,
  ) {
    this.onDidChange = store.onDidChange;
  }

  /** For each observer and target the newest prediction about the item, what belongs to the text as it is first. */
  listFor(file: vscode.Uri, scenario: Scenario, value: string): readonly ShownPrediction[] {
    const found = new Map<string, ShownPrediction>();
    for (const { observer, target, header, score, gap } of this.listHolding(file, scenario, value)) {
      const key = JSON.stringify([observer, target]);
      if (found.has(key)) continue;
      const now = this.hashes.of(scenario, header.target.systemLabel).act.get(value);
      found.set(key, { observer, target, gap, score, isStale: gap.actHash !== undefined && gap.actHash !== now });
    }
    return [...found.values()].sort((a, b) => Number(a.isStale) - Number(b.isStale));
  }

  private listHolding(file: vscode.Uri, { name }: Scenario, value: string) {
    return this.store.list().flatMap((prediction) => {
      const gap = prediction.find(file.fsPath, name, value);
      const { observer, target, header, score } = prediction;
      return gap ? [{ observer, target, header, score, gap }] : [];
    });
  }
}
