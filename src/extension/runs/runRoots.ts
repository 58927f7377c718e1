/** Which folders have their runs looked after: the workspace's, and those of files loaded from elsewhere. */
import * as vscode from 'vscode';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import { isScenario } from '../scenarios/scenarioFiles';
import type { RunStore } from './runStore';

export class RunRoots implements vscode.Disposable {
  /** Resolves when the store knows the runs there are. */
  readonly whenListed: Promise<void>;
  private readonly subscriptions: vscode.Disposable[];
  private roots = new Set<string>();

  constructor(
    private readonly store: RunStore,
    private readonly scenarios: ScenarioFiles,
  ) {
    this.subscriptions = [
      scenarios.onDidChangeList(() => void this.update()),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isScenario(document)) void this.update();
      }),
    ];
    this.whenListed = this.update();
  }

  /** Absolute paths of the folders, as far as they are known by now. */
  list(): readonly string[] {
    return [...this.roots];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async update(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const open = vscode.workspace.textDocuments.filter(isScenario).map(({ uri }) => uri);
    const files = [...(await this.scenarios.list()), ...open].filter(({ scheme }) => scheme === 'file');
    const roots = new Set([...folders, ...files.map((file) => this.scenarios.rootOf(file))]);
    for (const root of this.roots) if (!roots.has(root)) this.store.unwatch(root);
    this.roots = roots;
    for (const root of roots) await this.store.watch(root);
  }
}
