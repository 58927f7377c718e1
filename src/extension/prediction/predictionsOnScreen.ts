/** What is predicted about the items of the text on screen. */
import type * as vscode from 'vscode';
import type { LikelyGap } from '../../core/prediction/likelyGap';
import type { Scenario } from '../../core/scenario/model';
import type { HashesOnScreen } from '../runs/freshness';
import type { PredictionStore } from './predictionStore';
import type { StoredPrediction } from './storedPrediction';

export interface ShownPrediction {
  /** By whom, about whom, and how well it was tested. */
  readonly from: Pick<StoredPrediction, 'observer' | 'target' | 'score'>;
  readonly gap: LikelyGap;
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
    for (const from of this.store.list()) {
      const gap = from.find(file.fsPath, scenario.name, value);
      const key = JSON.stringify([from.observer, from.target]);
      if (!gap || found.has(key)) continue;
      const now = this.hashes.of(scenario, from.header.target.systemLabel).act.get(value);
      found.set(key, { from, gap, isStale: gap.actHash !== undefined && gap.actHash !== now });
    }
    return [...found.values()].sort((a, b) => Number(a.isStale) - Number(b.isStale));
  }
}
