/** What the charts panel shows: a file, a scenario or one run, measured. */
import * as vscode from 'vscode';
import { listItemResults } from '../core/metrics/itemResults';
import { measureRun } from '../core/metrics/report';
import type { ItemResult } from '../core/metrics/results';
import { tabulate } from '../core/metrics/table';
import type { Run } from '../core/runs/record';
import type { ItemRow, ModelRow, ToCharts } from '../protocol/charts';
import type { ModelSeries } from './models/modelSeries';
import { composeRun, type ItemSource } from './runs/composeRun';
import type { ResultsOnScreen } from './runs/resultsOnScreen';
import type { RunActivity } from './runs/runActivity';
import type { RunStore } from './runs/runStore';
import { type StoredRun, summarizeRun } from './runs/storedRun';
import { resolveInside } from './scenarios/insidePath';
import type { ScenarioFiles } from './scenarios/scenarioFiles';
import type { ItemTarget } from './scenarios/target';
import { throttle } from './throttle';
import { sayWhen } from './words';

export type ChartsSelection =
  | { readonly kind: 'file'; readonly file: vscode.Uri; readonly scenario?: string }
  | { readonly kind: 'run'; readonly run: StoredRun };

export interface ChartsSourceParts {
  readonly scenarios: ScenarioFiles;
  readonly store: RunStore;
  readonly results: ResultsOnScreen;
  readonly activity: RunActivity;
  readonly series: ModelSeries;
  readonly memento: vscode.Memento;
}

const SELECTION = 'chartsSelection';
const FOLLOW_MS = 500;

export class ChartsSource implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly refresh = throttle(() => this.changed.fire(), FOLLOW_MS);
  private readonly subscriptions: vscode.Disposable[];
  private selection: ChartsSelection | undefined;

  constructor(private readonly parts: ChartsSourceParts) {
    const { results, activity } = parts;
    this.selection = readSelection(parts.memento.get<unknown>(SELECTION));
    this.subscriptions = [
      this.changed,
      this.refresh,
      results.onDidChange(() => this.refresh.request()),
      activity.onDidChange(() => this.refresh.request()),
    ];
  }

  async select(selection: ChartsSelection): Promise<void> {
    this.selection = selection;
    if (selection.kind === 'file') await this.parts.scenarios.parse(selection.file);
    else await this.parts.store.read(selection.run);
    this.changed.fire();
    // A run's charts are opened from its row again; a file's come back with the window.
    const kept =
      selection.kind === 'file' ? { file: selection.file.toString(), scenario: selection.scenario } : undefined;
    await this.parts.memento.update(SELECTION, kept);
  }

  current(): ToCharts {
    const { selection } = this;
    if (!selection) return { type: 'empty', reason: vscode.l10n.t('Open the charts of a scenario file or of a run.') };
    return selection.kind === 'run' ? this.showRun(selection.run) : this.showFile(selection.file, selection.scenario);
  }

  /** The item a chart's row stands for; undefined where the row leads nowhere. */
  locate(file: string, scenario: string, value: string): ItemTarget | undefined {
    const { selection } = this;
    if (!selection) return undefined;
    if (selection.kind === 'file') return { kind: 'item', file: selection.file, scenario, value };
    const path = resolveInside(selection.run.root, file);
    // Rows of a run carry the run's key, which differs from the name where two files use the same one.
    const name = selection.run.header.scenarios.find(({ key }) => key === scenario)?.name ?? scenario;
    return path === undefined ? undefined : { kind: 'item', file: vscode.Uri.file(path), scenario: name, value };
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private showRun(run: StoredRun): ToCharts {
    const { header } = run;
    if (!run.hasBeenRead) return { type: 'empty', reason: vscode.l10n.t('Reading the run…') };
    return {
      type: 'show',
      title: `${header.model.id} · ${sayWhen(header.startedAt)}`,
      ...this.measure([run]),
      running: this.parts.store.isLive(run.path),
    };
  }

  private showFile(file: vscode.Uri, scenario?: string): ToCharts {
    const name = this.parts.scenarios.nameOf(file);
    const { runs, stale } = this.collect(file, scenario);
    if (runs.length === 0) {
      const reason = stale
        ? vscode.l10n.t('The text of {0} has changed since it was evaluated. Run it again to see its charts.', name)
        : vscode.l10n.t('{0} has no results yet. Tick a model in the Models view, then run it.', name);
      return { type: 'empty', reason };
    }
    const title = scenario === undefined ? name : `${name} · ${scenario}`;
    return { type: 'show', title, ...this.measure(runs), running: this.parts.activity.isRunning };
  }

  /** For each model a run about the text on screen; stale results are none. */
  private collect(file: vscode.Uri, name?: string): { runs: Run[]; stale: boolean } {
    const sources = new Map<string, ItemSource[]>();
    let stale = false;
    for (const scenario of this.parts.scenarios.peek(file)?.scenarios ?? []) {
      if (name !== undefined && scenario.name !== name) continue;
      for (const { value } of scenario.items) {
        for (const found of this.parts.results.resultsFor(file, scenario, value)) {
          const run = this.parts.store.get(found.run);
          const asked = run?.snapshotOf(file.fsPath, scenario.name, value);
          stale ||= found.stale;
          if (!run || !asked || found.stale) continue;
          const known = sources.get(found.model);
          if (known) known.push({ run, ...asked });
          else sources.set(found.model, [{ run, ...asked }]);
        }
      }
    }
    const runs = [...sources.values()].map(composeRun).filter((run): run is Run => run !== undefined);
    return { runs, stale };
  }

  private measure(runs: readonly Run[]): { models: ModelRow[]; items: ItemRow[] } {
    const models: ModelRow[] = [];
    const items: ItemRow[] = [];
    for (const run of runs) {
      const results = listItemResults(run);
      const name = run.header.model.id;
      models.push(this.describeModel(name, run, results));
      items.push(...results.map((result) => describeItem(name, result)));
    }
    return { models, items };
  }

  private describeModel(name: string, run: Run, results: readonly ItemResult[]): ModelRow {
    // The charts show no intervals, and a live run is measured several times a second.
    const report = measureRun(tabulate(run), { bootstrap: { resamples: 0, seed: 1 } });
    return {
      name,
      model: run.header.model.id,
      startedAt: run.header.startedAt,
      series: this.parts.series.indexOf(run.header.model.id),
      alignmentRate: report.alignmentRate.overall,
      accuracy: report.accuracy,
      precision: report.precision,
      recall: report.recall,
      kappa: report.kappa,
      items: report.misaligned.items,
      statedAgreeActedDisagree: report.misaligned.statedAgreeActedDisagree,
      statedDisagreeActedAgree: report.misaligned.statedDisagreeActedAgree,
      undecided: report.misaligned.undecided,
      tiesStated: report.tiesStated,
      incomplete: report.incomplete,
      unusable: results.filter(({ status }) => status === 'unusable').length,
      failures: summarizeRun(run, results).failures,
      promptAgreementTask1: report.promptAgreement.task1,
      promptAgreementTask2: report.promptAgreement.task2,
      positionBias: report.positionBias,
      firstOptionRate: report.firstOptionRate,
    };
  }
}

function describeItem(run: string, { file, scenario, value, status, direction, ...measures }: ItemResult): ItemRow {
  const { stated, acted, distance } = measures;
  return { run, file, scenario, value, status, direction, stated, acted, distance };
}

function readSelection(stored: unknown): ChartsSelection | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { file, scenario } = stored as Record<string, unknown>;
  if (typeof file !== 'string') return undefined;
  return { kind: 'file', file: vscode.Uri.parse(file), scenario: typeof scenario === 'string' ? scenario : undefined };
}
