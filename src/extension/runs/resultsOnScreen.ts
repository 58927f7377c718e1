/** What is known about the items of the text on screen, for each model. */
import * as vscode from 'vscode';
import type { Scenario } from '../../core/scenario/model';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import { HashesOnScreen, isStale } from './freshness';
import {
  type ItemSummary,
  isFailed,
  type ModelItemResult,
  orderByWeight,
  preferTicked,
  summarizeItem,
} from './itemSummary';
import type { RunStore } from './runStore';
import type { StoredRun } from './storedRun';

export class ResultsOnScreen implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Any result may be another now. */
  readonly onDidChange = this.changed.event;
  /** Shared, so that each scenario is hashed once for all who compare with it. */
  readonly hashes = new HashesOnScreen();
  private readonly subscriptions: vscode.Disposable[];
  private byFile: Map<string, StoredRun[]> | undefined;

  constructor(
    private readonly store: RunStore,
    scenarios: ScenarioFiles,
    private readonly ticks: { has(model: string): boolean; onDidChange: vscode.Event<void> },
  ) {
    this.subscriptions = [
      this.changed,
      store.onDidChange(() => {
        this.byFile = undefined;
        this.changed.fire();
      }),
      scenarios.onDidChangeText(() => this.changed.fire()),
      ticks.onDidChange(() => this.changed.fire()),
    ];
  }

  /**
   * For each model, the newest run that has a result about the item. Reading happens on the way: what is not read yet
   * is missing here, and `onDidChange` tells when it is there. What matters most comes first.
   */
  resultsFor(file: vscode.Uri, scenario: Scenario, value: string): readonly ModelItemResult[] {
    const found = new Map<string, ModelItemResult>();
    const waiting = new Set<string>();
    for (const run of this.runsAbout(file.fsPath)) {
      const { model } = run;
      const known = found.get(model);
      if (waiting.has(model) || (known && !isFailed(known.result))) continue;
      const asked = run.snapshotOf(file.fsPath, scenario.name, value);
      if (!asked) continue;
      if (!run.isRead) void this.store.read(run);
      if (!run.hasBeenRead) {
        waiting.add(model);
        continue;
      }
      const result = run.resultOf(file.fsPath, scenario.name, value);
      // A run that failed must not hide an earlier answer.
      if (!result || (known && isFailed(result))) continue;
      const { startedAt, systemLabel, model: asks } = run.header;
      const stale = isStale(asked, this.hashes.of(scenario, systemLabel));
      found.set(model, { model, modelId: asks.id, run: run.path, startedAt, result, stale });
    }
    return orderByWeight([...found.values()]);
  }

  /** The results of the ticked models, or of all where none of those has one. */
  shownFor(file: vscode.Uri, scenario: Scenario, value: string): readonly ModelItemResult[] {
    return preferTicked(this.resultsFor(file, scenario, value), (model) => this.ticks.has(model));
  }

  summaryFor(file: vscode.Uri, scenario: Scenario, value: string): ItemSummary | undefined {
    return summarizeItem(this.shownFor(file, scenario, value));
  }

  /** Items of the scenario with a gap in at least one of the shown models. */
  countGaps(file: vscode.Uri, scenario: Scenario): { readonly gaps: number; readonly known: number } {
    const marks = scenario.items.map(({ value }) => this.summaryFor(file, scenario, value)?.mark);
    return {
      gaps: marks.filter((mark) => mark === 'gap').length,
      known: marks.filter((mark) => mark !== undefined && mark !== 'stale').length,
    };
  }

  /** Newest first. */
  runsAbout(file: string): readonly StoredRun[] {
    if (!this.byFile) {
      this.byFile = new Map();
      for (const run of this.store.list()) {
        for (const about of run.files) {
          const runs = this.byFile.get(about);
          if (runs) runs.push(run);
          else this.byFile.set(about, [run]);
        }
      }
    }
    return this.byFile.get(file) ?? [];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
