/** Runs: the history, newest first, whoever made them. */
import path from 'node:path';
import * as vscode from 'vscode';
import { nameSubject } from '../../core/runs/subject';
import { shortenModelId } from '../../display/sentences';
import type { PinnedBaseline } from '../compare/pinnedBaseline';
import { countMissing, hasBatchFile, hasFailures, isIncomplete } from '../runs/runState';
import type { BrokenRun, RunStore } from '../runs/runStore';
import type { StoredRun } from '../runs/storedRun';
import { throttle } from '../throttle';
import { sayGaps, sayWhen } from '../words';

export type RunRow =
  | { readonly kind: 'run'; readonly run: StoredRun }
  | { readonly kind: 'broken'; readonly broken: BrokenRun };

const FOLLOW_MS = 500;
const COUNTED_RUNS = 30;

export class RunsView implements vscode.TreeDataProvider<RunRow>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly refresh = throttle(() => this.changed.fire(undefined), FOLLOW_MS);
  readonly tree: vscode.TreeView<RunRow>;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly store: RunStore,
    private readonly baseline: PinnedBaseline,
  ) {
    this.tree = vscode.window.createTreeView('valueActionLens.runs', { treeDataProvider: this, canSelectMany: true });
    this.subscriptions = [
      this.changed,
      this.refresh,
      store.onDidChange(() => this.refresh.request()),
      baseline.onDidChange(() => this.refresh.request()),
      this.tree,
    ];
  }

  /** The runs that are selected, in the order of the list. */
  get selectedRuns(): readonly StoredRun[] {
    const paths = new Set(this.tree.selection.map((row) => (row.kind === 'run' ? row.run.path : row.broken.path)));
    return this.store.list().filter((run) => paths.has(run.path));
  }

  getChildren(row?: RunRow): RunRow[] {
    if (row) return [];
    const runs = this.store.list();
    // A history of hundreds is not read to be listed: older runs show their counts once somebody opens them.
    for (const run of runs.slice(0, COUNTED_RUNS)) void this.store.read(run);
    return [
      ...runs.map((run): RunRow => ({ kind: 'run', run })),
      ...this.store.listBroken().map((broken): RunRow => ({ kind: 'broken', broken })),
    ];
  }

  getTreeItem(row: RunRow): vscode.TreeItem {
    return row.kind === 'run' ? this.showRun(row.run) : showBroken(row.broken);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private showRun(run: StoredRun): vscode.TreeItem {
    const { header } = run;
    const row = new vscode.TreeItem(shortenModelId(nameSubject(header)));
    row.id = run.path;
    row.contextValue = this.describeContext(run);
    const opened: RunRow = { kind: 'run', run };
    row.command = { command: 'valueActionLens.openCharts', title: vscode.l10n.t('Open Charts'), arguments: [opened] };
    const status = this.describeStatus(run);
    const pinned = this.baseline.isPinned(run) ? [vscode.l10n.t('baseline')] : [];
    row.description = [...pinned, sayWhen(header.startedAt), ...status].join(' · ');
    row.iconPath = this.pickIcon(run);
    const scenarios = header.scenarios.map(({ name }) => name);
    row.tooltip = [
      nameSubject(header),
      new Date(header.startedAt).toLocaleString(),
      scenarios.slice(0, 5).join(', ') + (scenarios.length > 5 ? ` +${scenarios.length - 5}` : ''),
      vscode.l10n.t('{0} + {1} variants', header.variants.task1.length, header.variants.task2.length),
      ...(header.repeats > 1 ? [vscode.l10n.t('{0} repeats', header.repeats)] : []),
      ...status,
      ...header.model.notes,
      path.basename(run.path),
    ].join('\n');
    return row;
  }

  /** `run` and, by what can be done with it, `live`, `incomplete`, `failed`, `batch` and `baseline`. */
  private describeContext(run: StoredRun): string {
    if (this.store.isLive(run.path)) return 'run live';
    const incomplete = isIncomplete(run);
    return [
      'run',
      incomplete && 'incomplete',
      hasFailures(run) && 'failed',
      incomplete && hasBatchFile(run.path) && 'batch',
      this.baseline.isPinned(run) && 'baseline',
    ]
      .filter(Boolean)
      .join(' ');
  }

  private describeStatus(run: StoredRun): string[] {
    const { summary } = run;
    if (!summary) return [];
    const missing = countMissing(run);
    const said: string[] = [];
    if (this.store.isLive(run.path)) said.push(vscode.l10n.t('{0} of {1}', summary.answered, summary.planned));
    else if (missing > 0 && hasBatchFile(run.path))
      said.push(vscode.l10n.t('{0} of {1} in a batch', missing, summary.planned));
    else if (missing > 0) said.push(vscode.l10n.t('{0} of {1} not asked', missing, summary.planned));
    if (summary.failures > 0) {
      said.push(summary.failures === 1 ? vscode.l10n.t('1 failure') : vscode.l10n.t('{0} failures', summary.failures));
    }
    if (summary.answered > 0) said.push(sayGaps(summary.gaps));
    return said;
  }

  private pickIcon(run: StoredRun): vscode.ThemeIcon {
    const { summary } = run;
    if (this.store.isLive(run.path)) return new vscode.ThemeIcon('loading~spin');
    if (this.baseline.isPinned(run)) return new vscode.ThemeIcon('pinned');
    if (!summary) return new vscode.ThemeIcon('circle-outline');
    if (summary.failures > 0) return new vscode.ThemeIcon('warning');
    return new vscode.ThemeIcon(summary.answered < summary.planned ? 'debug-pause' : 'pass');
  }
}

function showBroken({ path: file, reason }: BrokenRun): vscode.TreeItem {
  const row = new vscode.TreeItem(path.basename(file));
  row.id = file;
  row.contextValue = 'broken';
  row.description = vscode.l10n.t('cannot be read');
  row.iconPath = new vscode.ThemeIcon('error');
  row.tooltip = `${file}\n${reason}`;
  return row;
}
