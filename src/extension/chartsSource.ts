/** What the charts panel shows: a file, a scenario, or runs side by side. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ObservedRun } from '../core/runs/record';
import type { ItemsQuestion, ToCharts } from '../protocol/charts';
import { ChartedRuns, measureInSlices } from './chartedRuns';
import type { ModelSeries } from './models/modelSeries';
import { composeRun, type ItemSource } from './runs/composeRun';
import type { ResultsOnScreen } from './runs/resultsOnScreen';
import type { RunActivity } from './runs/runActivity';
import type { RunStore } from './runs/runStore';
import type { StoredRun } from './runs/storedRun';
import { resolveInside } from './scenarios/insidePath';
import type { ScenarioFiles } from './scenarios/scenarioFiles';
import type { ItemTarget } from './scenarios/target';
import { throttle } from './throttle';
import { sayWhen } from './words';

export type ChartsSelection =
  | { readonly kind: 'file'; readonly file: vscode.Uri; readonly scenario?: string }
  /** Paths of run files: runs come, go and are read while their charts are open. */
  | { readonly kind: 'runs'; readonly paths: readonly string[] };

interface OpenedRuns {
  readonly title: string;
  readonly runs: readonly ObservedRun[];
  readonly running: boolean;
}

export interface ChartsSourceParts {
  readonly scenarios: ScenarioFiles;
  readonly store: RunStore;
  /** Resolves when the store knows the runs there are. */
  readonly roots: { readonly whenListed: Promise<void> };
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
  private listed = false;

  constructor(private readonly parts: ChartsSourceParts) {
    const { results, activity, store, roots } = parts;
    void roots.whenListed.then(() => {
      this.listed = true;
      if (this.selection?.kind === 'runs') this.refresh.request();
    });
    this.selection = readSelection(parts.memento.get<unknown>(SELECTION));
    this.subscriptions = [
      this.changed,
      this.refresh,
      // The text on screen and the ticks say nothing about runs that were chosen themselves.
      results.onDidChange(() => this.selection?.kind !== 'runs' && this.refresh.request()),
      store.onDidChange(() => this.selection?.kind === 'runs' && this.refresh.request()),
      activity.onDidChange(() => this.refresh.request()),
    ];
  }

  async select(selection: ChartsSelection): Promise<void> {
    this.selection = selection;
    if (selection.kind === 'file') await this.parts.scenarios.parse(selection.file);
    else for (const run of this.listRuns(selection.paths)) void this.parts.store.read(run);
    this.changed.fire();
    const kept =
      selection.kind === 'file' ? { file: selection.file.toString(), scenario: selection.scenario } : selection;
    await this.parts.memento.update(SELECTION, kept);
  }

  async current(): Promise<ToCharts> {
    const opened = this.open();
    if ('reason' in opened) return { type: 'empty', reason: opened.reason };
    await measureInSlices(opened.runs);
    const { title, running } = opened;
    return { type: 'show', title, ...this.chart(opened.runs).describe(), running };
  }

  /** The items behind a bar, cell or ranked value; none where the charts are about something else by now. */
  answer(question: ItemsQuestion): ToCharts {
    const opened = this.open();
    return 'reason' in opened
      ? { type: 'items', question, items: [], total: 0 }
      : this.chart(opened.runs).answer(question);
  }

  /** The item a chart's row stands for; undefined where the row leads nowhere. */
  locate(file: string, scenario: string, value: string): ItemTarget | undefined {
    const { selection } = this;
    if (!selection || file === '') return undefined;
    if (selection.kind === 'file') return { kind: 'item', file: selection.file, scenario, value };
    for (const run of this.listRuns(selection.paths)) {
      // Rows of a run carry the run's key, which differs from the name where two files use the same one.
      const asked = run.header.scenarios.find((snapshot) => snapshot.key === scenario && snapshot.file === file);
      const path = asked && resolveInside(run.root, file);
      if (path !== undefined) return { kind: 'item', file: vscode.Uri.file(path), scenario: asked?.name ?? '', value };
    }
    return undefined;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private open(): OpenedRuns | { readonly reason: string } {
    const { selection } = this;
    if (!selection) return { reason: vscode.l10n.t('Open the charts of a scenario file or of runs.') };
    return selection.kind === 'runs'
      ? this.openRuns(selection.paths)
      : this.openFile(selection.file, selection.scenario);
  }

  private openRuns(paths: readonly string[]): OpenedRuns | { readonly reason: string } {
    const stored = this.listRuns(paths);
    const [first] = stored;
    if (!first && !this.listed) return { reason: vscode.l10n.t('Reading the runs…') };
    if (!first) return { reason: vscode.l10n.t('These runs are no longer there. Open others from the Runs view.') };
    for (const run of stored) void this.parts.store.read(run);
    const runs = stored.filter((run) => run.hasBeenRead);
    // Half of a comparison would be taken for the whole.
    if (runs.length < stored.length) {
      return { reason: stored.length > 1 ? vscode.l10n.t('Reading the runs…') : vscode.l10n.t('Reading the run…') };
    }
    const title =
      stored.length > 1
        ? vscode.l10n.t('{0} runs side by side', stored.length)
        : `${first.model} · ${sayWhen(first.header.startedAt)}`;
    return { title, runs, running: runs.some((run) => this.parts.store.isLive(run.path)) };
  }

  private listRuns(paths: readonly string[]): StoredRun[] {
    return paths.map((path) => this.parts.store.get(path)).filter((run): run is StoredRun => run !== undefined);
  }

  private openFile(file: vscode.Uri, scenario?: string): OpenedRuns | { readonly reason: string } {
    const name = this.parts.scenarios.nameOf(file);
    const { runs, stale } = this.collect(file, scenario);
    if (runs.length === 0) {
      const reason = stale
        ? vscode.l10n.t('The text of {0} has changed since it was evaluated. Run it again to see its charts.', name)
        : vscode.l10n.t('{0} has no results yet. Tick a model in the Models view, then run it.', name);
      return { reason };
    }
    const title = scenario === undefined ? name : `${name} · ${scenario}`;
    return { title, runs, running: this.parts.activity.isRunning };
  }

  private chart(runs: readonly ObservedRun[]): ChartedRuns {
    const { selection } = this;
    const roots = new Map(
      selection?.kind === 'runs' ? this.listRuns(selection.paths).map((run) => [run.header, run.root]) : [],
    );
    return new ChartedRuns(runs, {
      seriesOf: (model) => this.parts.series.indexOf(model),
      fileOf: ({ header }, file) => {
        if (selection?.kind === 'file') return file;
        const root = roots.get(header);
        const path = root === undefined ? undefined : resolveInside(root, file);
        return path !== undefined && existsSync(path) ? file : '';
      },
    });
  }

  /** For each model a run about the text on screen; stale results are none. */
  private collect(file: vscode.Uri, name?: string): { runs: ObservedRun[]; stale: boolean } {
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
    const runs = [...sources.values()].map(composeRun).filter((run) => run !== undefined);
    return { runs, stale };
  }
}

function readSelection(stored: unknown): ChartsSelection | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { file, scenario, paths } = stored as Record<string, unknown>;
  if (Array.isArray(paths)) {
    return { kind: 'runs', paths: paths.filter((path): path is string => typeof path === 'string') };
  }
  if (typeof file !== 'string') return undefined;
  return { kind: 'file', file: vscode.Uri.parse(file), scenario: typeof scenario === 'string' ? scenario : undefined };
}
