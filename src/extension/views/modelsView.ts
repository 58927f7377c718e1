/** Models: tick which ones a run asks. */
import * as vscode from 'vscode';
import type { ModelCatalog, ModelGroup, OfferedModel } from '../models/modelCatalog';
import type { ModelTicks } from '../models/modelTicks';

export type ModelRow =
  | { readonly kind: 'group'; readonly group: ModelGroup }
  | { readonly kind: 'model'; readonly group: ModelGroup; readonly model: OfferedModel }
  | { readonly kind: 'hint'; readonly label: string; readonly icon: string; readonly command?: vscode.Command };

export class ModelsView implements vscode.TreeDataProvider<ModelRow>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private isTicking = false;

  constructor(
    private readonly catalog: ModelCatalog,
    private readonly ticks: ModelTicks,
  ) {
    const view = vscode.window.createTreeView<ModelRow>('valueActionLens.models', { treeDataProvider: this });
    this.subscriptions = [
      this.changed,
      view,
      view.onDidChangeCheckboxState(({ items }) => {
        const changes = items.flatMap(([row, state]) =>
          row.kind === 'model' ? [[row.model.id, state === vscode.TreeItemCheckboxState.Checked] as const] : [],
        );
        // The row shows its new tick already; drawing the tree again would swallow a quick second click.
        this.isTicking = true;
        void ticks.set(changes);
        this.isTicking = false;
      }),
      catalog.onDidChange(() => this.changed.fire(undefined)),
      ticks.onDidChange(() => {
        if (!this.isTicking) this.changed.fire(undefined);
      }),
    ];
  }

  async getChildren(row?: ModelRow): Promise<ModelRow[]> {
    if (row) return row.kind === 'group' ? listModels(row.group) : [];
    const groups = await this.catalog.list();
    const rows: ModelRow[] = groups.map((group) => ({ kind: 'group', group }));
    if (!groups.some(({ kind }) => kind === 'endpoint')) rows.splice(1, 0, ADD_ENDPOINT);
    return rows;
  }

  getTreeItem(row: ModelRow): vscode.TreeItem {
    if (row.kind === 'group') return showGroup(row.group);
    if (row.kind === 'model') return this.showModel(row.group, row.model);
    const item = new vscode.TreeItem(row.label);
    item.iconPath = new vscode.ThemeIcon(row.icon);
    item.command = row.command;
    return item;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private showModel(group: ModelGroup, { id, label, detail, about }: OfferedModel): vscode.TreeItem {
    const item = new vscode.TreeItem(label);
    item.id = id;
    item.description = detail;
    item.tooltip = [id, detail, about].filter(Boolean).join('\n');
    item.contextValue = group.kind === 'builtIn' ? (group.isInstalled ? 'builtin.ready' : 'builtin.absent') : 'model';
    item.checkboxState = {
      state: this.ticks.has(id) ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
      tooltip: vscode.l10n.t('Ask {0} in the next run', label),
      accessibilityInformation: { label: vscode.l10n.t('Ask {0} in the next run', label) },
    };
    return item;
  }
}

const ADD_ENDPOINT: ModelRow = {
  kind: 'hint',
  label: vscode.l10n.t('Add an endpoint: OpenAI, Ollama, vLLM, LM Studio…'),
  icon: 'add',
  command: { command: 'valueActionLens.addEndpoint', title: vscode.l10n.t('Add Endpoint…') },
};

function listModels(group: ModelGroup): ModelRow[] {
  if (group.models.length > 0) return group.models.map((model) => ({ kind: 'model', group, model }));
  if (group.kind === 'endpoint') {
    const command = {
      command: 'valueActionLens.chooseModels',
      title: vscode.l10n.t('Choose Models of Endpoint…'),
      arguments: [{ kind: 'group', group } satisfies ModelRow],
    };
    return [{ kind: 'hint', label: vscode.l10n.t('Choose its models…'), icon: 'list-selection', command }];
  }
  return [{ kind: 'hint', label: vscode.l10n.t('None offered: sign in to Copilot or another provider'), icon: 'info' }];
}

function showGroup(group: ModelGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(group.label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group ${group.kind} ${group.label}`;
  item.contextValue = group.kind;
  switch (group.kind) {
    case 'builtIn':
      item.iconPath = new vscode.ThemeIcon('chip');
      item.tooltip = vscode.l10n.t(
        'Works without key or network. A tiny model to try the tool with, not a subject worth conclusions.',
      );
      break;
    case 'endpoint':
      item.iconPath = new vscode.ThemeIcon(group.key === 'set' ? 'key' : 'server-environment');
      item.description = `${group.endpoint.baseUrl} · ${sayKey(group.key)}`;
      item.tooltip = `${group.endpoint.name}\n${group.endpoint.baseUrl}\n${sayKey(group.key)}`;
      break;
    case 'vscode':
      item.iconPath = new vscode.ThemeIcon('vscode');
      item.tooltip = vscode.l10n.t('Models that other extensions offer, such as Copilot. Asked only when you run.');
      if (group.models.length === 0) item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
      break;
  }
  return item;
}

function sayKey(key: 'set' | 'none' | 'other-origin'): string {
  switch (key) {
    case 'set':
      return vscode.l10n.t('key set');
    case 'none':
      return vscode.l10n.t('no key');
    case 'other-origin':
      return vscode.l10n.t('key was set for another address');
  }
}
