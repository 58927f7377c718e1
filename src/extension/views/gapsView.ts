/** Gaps: the items of everything that is open, farthest apart first. */
import * as vscode from 'vscode';
import { isFiltering } from '../gaps/gapFilter';
import { sayFilter } from '../gaps/gapFilterPick';
import type { GapsList, ListedGaps } from '../gaps/gapsList';
import { sayGaps } from '../words';
import { type GapRow, GapsTree } from './gapsTree';

/** Which welcome text stands in an empty view; `view` conditions of the manifest read it. */
const STATE = 'valueActionLens.gapsState';
const FILTERED = 'valueActionLens.gapsFiltered';

export class GapsView implements vscode.Disposable {
  private readonly tree: GapsTree;
  private readonly view: vscode.TreeView<GapRow>;
  private readonly subscriptions: vscode.Disposable[];
  private readonly context = new Map<string, unknown>();
  private filter: unknown;

  constructor(
    extensionUri: vscode.Uri,
    private readonly list: GapsList,
    private readonly runs: { readonly whenListed: Promise<void> },
  ) {
    this.filter = list.filter;
    this.tree = new GapsTree(extensionUri, list);
    this.view = vscode.window.createTreeView('valueActionLens.gaps', { treeDataProvider: this.tree });
    this.subscriptions = [
      this.tree,
      this.view,
      list.onDidChange(() => this.update()),
      this.view.onDidChangeVisibility(() => void this.load()),
    ];
    void this.load();
  }

  /** Whether somebody looks; the list is kept up to date while they do. */
  get visible(): boolean {
    return this.view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.view.onDidChangeVisibility;
  }

  showMore(): void {
    this.tree.showMore();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Runs are read once somebody looks at the list, not before. */
  private async load(): Promise<void> {
    await this.runs.whenListed;
    if (!this.view.visible) return;
    this.update();
    await this.list.load();
  }

  private update(): void {
    if (this.view.visible) void this.list.load();
    const listed = this.list.current();
    this.describe(listed);
    // Another filter is another list, and it begins at its top.
    const isOther = this.filter !== this.list.filter;
    this.filter = this.list.filter;
    if (isOther) this.tree.startOver();
    else this.tree.update();
  }

  private describe(listed: ListedGaps): void {
    const { shown, total, fresh, items, reading } = listed;
    const filtering = isFiltering(this.list.filter);
    const words = this.list.filter.text.trim();
    this.view.description = words === '' ? undefined : `“${words}”`;
    this.view.badge = fresh === 0 ? undefined : { value: fresh, tooltip: sayGaps(fresh) };
    this.view.message = this.sayMessage(listed, filtering);
    const state = total > 0 && shown.length === 0 ? 'filtered' : items > 0 && total === 0 ? 'aligned' : 'none';
    this.setContext(STATE, reading && total === 0 ? 'reading' : state);
    this.setContext(FILTERED, filtering);
  }

  private setContext(key: string, value: unknown): void {
    if (this.context.get(key) === value) return;
    this.context.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }

  /** An empty view has words of its own, which a message would push aside. */
  private sayMessage({ shown, total, reading }: ListedGaps, filtering: boolean): string | undefined {
    if (reading && total === 0) return vscode.l10n.t('Reading the runs…');
    if (!filtering || shown.length === 0) return undefined;
    const said = sayFilter(this.list.filter);
    const count = vscode.l10n.t('{0} of {1}', shown.length, total);
    return said === '' ? count : `${count} · ${said}`;
  }
}
