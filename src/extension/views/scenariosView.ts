/** Scenarios: file → scenario → item, each with what was found so far. */
import * as vscode from 'vscode';
import type { ChangeKind } from '../../core/compare/itemChanges';
import type { Item, Scenario } from '../../core/scenario/model';
import { shortenModelId } from '../../display/sentences';
import type { ChangesOnScreen } from '../compare/changesOnScreen';
import type { ItemMark, ItemSummary } from '../runs/itemSummary';
import type { ResultsOnScreen } from '../runs/resultsOnScreen';
import type { RunActivity } from '../runs/runActivity';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Target } from '../scenarios/target';
import { throttle } from '../throttle';
import { sayChange, sayChangeInTree, sayGaps, sayInTree, sayWithNumber } from '../words';

export type ScenarioRow =
  | { readonly kind: 'file'; readonly uri: vscode.Uri; readonly target: Target }
  | { readonly kind: 'scenario'; readonly uri: vscode.Uri; readonly scenario: Scenario; readonly target: Target }
  | {
      readonly kind: 'item';
      readonly uri: vscode.Uri;
      readonly scenario: Scenario;
      readonly item: Item;
      readonly target: Target;
    };

const FOLLOW_MS = 300;
/** A longer list is folded, and a file in it is read when somebody unfolds or opens it. */
const UNFOLDED_FILES = 20;
/** A scenario this short shows its items at once. */
const UNFOLDED_ITEMS = 20;

/** What comes first against a baseline, last to first; everything else keeps the file's order. */
const FLIPS: readonly ChangeKind[] = ['closed', 'opened'];

/** States without a picture of their own; the others have the one of the gutter. */
const ICONS: Partial<Record<ItemMark, string>> = { failed: 'warning', incomplete: 'circle-large-outline' };

export class ScenariosView implements vscode.TreeDataProvider<ScenarioRow>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly refresh = throttle(() => this.changed.fire(undefined), FOLLOW_MS);
  readonly tree: vscode.TreeView<ScenarioRow>;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly scenarios: ScenarioFiles,
    private readonly results: ResultsOnScreen,
    private readonly activity: RunActivity,
    private readonly changes: ChangesOnScreen,
  ) {
    this.tree = vscode.window.createTreeView('valueActionLens.scenarios', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.subscriptions = [
      this.changed,
      this.refresh,
      scenarios.onDidChangeList(() => this.refresh.request()),
      results.onDidChange(() => this.refresh.request()),
      activity.onDidChange(() => this.refresh.request()),
      changes.onDidChange(() => this.refresh.request()),
      this.tree,
    ];
  }

  async getChildren(row?: ScenarioRow): Promise<ScenarioRow[]> {
    if (!row) {
      const files = await this.scenarios.list();
      return files.map((uri) => ({ kind: 'file', uri, target: { kind: 'file', file: uri } }));
    }
    const { uri } = row;
    if (row.kind === 'file') {
      const parsed = await this.scenarios.parse(uri);
      return (parsed?.scenarios ?? []).map((scenario) => ({
        kind: 'scenario',
        uri,
        scenario,
        target: { kind: 'scenario', file: uri, scenario: scenario.name },
      }));
    }
    if (row.kind === 'item') return [];
    const { scenario } = row;
    return this.order(uri, scenario).map((item) => ({
      kind: 'item',
      uri,
      scenario,
      item,
      target: { kind: 'item', file: uri, scenario: scenario.name, value: item.value },
    }));
  }

  /** As in the file; against a baseline flips first, opened before closed. */
  private order(uri: vscode.Uri, scenario: Scenario): readonly Item[] {
    if (!this.changes.isComparing) return scenario.items;
    const weigh = ({ value }: Item) => FLIPS.indexOf(this.changes.changeOf(uri, scenario, value)?.kind ?? 'same');
    const weighed = scenario.items.map((item) => ({ item, weight: weigh(item) }));
    return weighed.toSorted((a, b) => b.weight - a.weight).map(({ item }) => item);
  }

  getTreeItem(row: ScenarioRow): Promise<vscode.TreeItem> | vscode.TreeItem {
    if (row.kind === 'file') return this.showFile(row.uri);
    return row.kind === 'scenario' ? this.showScenario(row.uri, row.scenario) : this.showItem(row);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async showFile(uri: vscode.Uri): Promise<vscode.TreeItem> {
    const isShort = (await this.scenarios.list()).length <= UNFOLDED_FILES;
    const parsed = isShort ? await this.scenarios.parse(uri) : this.scenarios.peek(uri);
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const row = new vscode.TreeItem(uri, isShort ? Expanded : Collapsed);
    row.id = uri.toString();
    row.iconPath = vscode.ThemeIcon.File;
    row.contextValue = this.scenarios.isLoaded(uri) ? 'file.loaded' : 'file';
    row.tooltip = uri.fsPath;
    if (!parsed) {
      row.description = isShort ? vscode.l10n.t('cannot be read') : '';
    } else if (parsed.scenarios.every(({ items }) => items.length === 0)) {
      row.description = vscode.l10n.t('no items yet');
    } else {
      row.description = this.countAll(uri, parsed.scenarios);
    }
    return row;
  }

  private showScenario(uri: vscode.Uri, scenario: Scenario): vscode.TreeItem {
    const row = new vscode.TreeItem(
      scenario.name,
      scenario.items.length <= UNFOLDED_ITEMS
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed,
    );
    row.id = JSON.stringify([uri.toString(), scenario.name]);
    row.iconPath = new vscode.ThemeIcon(this.isAsked(uri, scenario) ? 'loading~spin' : 'globe');
    row.contextValue = 'scenario';
    row.description = this.countAll(uri, [scenario]);
    row.tooltip = `${scenario.country} · ${scenario.topic}`;
    return row;
  }

  private showItem({ uri, scenario, item }: Extract<ScenarioRow, { kind: 'item' }>): vscode.TreeItem {
    const row = new vscode.TreeItem(item.value);
    row.id = JSON.stringify([uri.toString(), scenario.name, item.value]);
    row.contextValue = 'item';
    row.command = {
      command: 'valueActionLens.revealItem',
      title: vscode.l10n.t('Go to Item'),
      arguments: [{ kind: 'item', file: uri, scenario: scenario.name, value: item.value } satisfies Target],
    };
    const results = this.results.shownFor(uri, scenario, item.value);
    const summary = this.results.summaryFor(uri, scenario, item.value);
    const asked = this.activity.modelsAsked(uri, scenario.name, item.value);
    if (summary) row.contextValue = 'item known';
    const change = this.changes.changeOf(uri, scenario, item.value);
    row.description = [summary && sayInTree(summary), change && sayChangeInTree(change)].filter(Boolean).join(' · ');
    if (asked.length > 0) {
      row.iconPath = new vscode.ThemeIcon('loading~spin');
    } else if (summary) {
      row.iconPath = this.pickIcon(summary);
    } else {
      row.iconPath = new vscode.ThemeIcon('blank');
    }
    row.tooltip = [
      `${item.value}: ${item.definition}`,
      ...results.map(sayWithNumber),
      ...(change && change.kind !== 'same' ? [sayChange(change)] : []),
      ...asked.map((model) => vscode.l10n.t('asking {0}…', shortenModelId(model))),
      ...(results.length + asked.length === 0 ? [vscode.l10n.t('Not evaluated yet.')] : []),
    ].join('\n');
    return row;
  }

  private pickIcon({ mark, lead }: ItemSummary): vscode.TreeItem['iconPath'] {
    const icon = ICONS[mark];
    if (icon) return new vscode.ThemeIcon(icon);
    const isReverse = mark === 'gap' && lead.result.direction === 'stated-disagree-acted-agree';
    const picture = (theme: string) =>
      vscode.Uri.joinPath(this.extensionUri, 'media', `gutter-${isReverse ? 'gap-reverse' : mark}-${theme}.svg`);
    return { light: picture('light'), dark: picture('dark') };
  }

  private countAll(uri: vscode.Uri, scenarios: readonly Scenario[]): string {
    let items = 0;
    let gaps = 0;
    let known = 0;
    for (const scenario of scenarios) {
      const counts = this.results.countGaps(uri, scenario);
      items += scenario.items.length;
      gaps += counts.gaps;
      known += counts.known;
    }
    const size = items === 1 ? vscode.l10n.t('1 item') : vscode.l10n.t('{0} items', items);
    return known === 0 ? size : sayGaps(gaps);
  }

  private isAsked(uri: vscode.Uri, scenario: Scenario): boolean {
    return scenario.items.some(({ value }) => this.activity.modelsAsked(uri, scenario.name, value).length > 0);
  }
}
