/**
 * Keeps what is on screen true while somebody looks at it. A file watcher may poll, lag, or miss what came and went at
 * once (containers, network drives), so the disk is also looked at when attention comes here, and slowly after that.
 */
import * as vscode from 'vscode';
import { isScenario } from '../scenarios/scenarioFiles';

/** Something that shows runs: a tree view, a panel. */
export interface Sight {
  readonly visible: boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
}

const PACE_MS = 3_000;
/** Of the time, at the most: where a look takes long, looks are further apart. */
const MOST_SHARE = 0.02;

export class RunsInSight implements vscode.Disposable {
  private readonly begin = () => void this.look();
  private readonly sights: Sight[] = [];
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(
    private readonly store: { refresh(): Promise<void> },
    sights: readonly Sight[],
  ) {
    this.subscriptions = [
      vscode.window.onDidChangeWindowState(this.begin),
      vscode.window.onDidChangeActiveTextEditor(this.begin),
      vscode.window.onDidChangeVisibleTextEditors(this.begin),
    ];
    for (const sight of sights) this.add(sight);
    this.begin();
  }

  add(sight: Sight): void {
    this.sights.push(sight);
    this.subscriptions.push(sight.onDidChangeVisibility(this.begin));
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Looks, and again and again for as long as somebody sees what it finds. */
  private async look(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.isLookedAt()) return;
    const started = performance.now();
    await this.store.refresh();
    const took = performance.now() - started;
    // Another look may have ended, and set it, meanwhile.
    clearTimeout(this.timer);
    if (!this.disposed) this.timer = setTimeout(() => void this.look(), Math.max(PACE_MS, took / MOST_SHARE));
  }

  private isLookedAt(): boolean {
    return (
      vscode.window.state.focused &&
      (this.sights.some(({ visible }) => visible) ||
        vscode.window.visibleTextEditors.some(({ document }) => isScenario(document)))
    );
  }
}
