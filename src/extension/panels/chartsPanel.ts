/** The charts panel: one webview that shows what its source holds and leads back to the lines of scenario files. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { fromChartsSchema, type ItemsQuestion, type ToCharts } from '../../protocol/charts';
import { throttle } from '../throttle';
import { renderChartsHtml } from './chartsHtml';

/** Where the charts get their results. */
export interface ChartsSource {
  current(): ToCharts;
  answer(question: ItemsQuestion): ToCharts;
  readonly onDidChange: vscode.Event<void>;
}

export interface ChartsPanelDependencies {
  readonly extensionUri: vscode.Uri;
  readonly source: ChartsSource;
  /** Shows an item's line. `file` as in run records: from the workspace folder, with `/`. */
  reveal(file: string, scenario: string, value: string): unknown;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** Shortest time between two posts to the webview, in milliseconds: a run brings several answers a second. */
const POST_INTERVAL = 250;

/** Owns at most one panel at a time, opened by `open` or brought back by VS Code after a restart. */
export class ChartsPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  static readonly viewType = 'valueActionLens.charts';
  private readonly visibilityChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeVisibility = this.visibilityChanged.event;
  private readonly disposables: vscode.Disposable[] = [this.visibilityChanged];
  private readonly posts = throttle(() => this.post(), POST_INTERVAL);
  private panel: vscode.WebviewPanel | undefined;
  /** Whether the page in the panel listens: it says so each time it loads, also after having been hidden. */
  private ready = false;

  constructor(private readonly dependencies: ChartsPanelDependencies) {
    this.disposables.push(
      vscode.window.registerWebviewPanelSerializer(ChartsPanel.viewType, this),
      dependencies.source.onDidChange(() => this.posts.request()),
      this.posts,
    );
  }

  get visible(): boolean {
    return this.panel?.visible ?? false;
  }

  /** Brings the panel to the front, making it where there is none. */
  open(column: vscode.ViewColumn = vscode.ViewColumn.Beside): void {
    if (this.panel) {
      this.panel.reveal(undefined, false);
      return;
    }
    this.adopt(
      vscode.window.createWebviewPanel(ChartsPanel.viewType, vscode.l10n.t('Value-Action Charts'), column, {
        enableScripts: true,
        localResourceRoots: [this.resourceRoot],
      }),
    );
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.panel?.dispose();
    this.adopt(panel);
  }

  dispose(): void {
    this.panel?.dispose();
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private get resourceRoot(): vscode.Uri {
    return vscode.Uri.joinPath(this.dependencies.extensionUri, 'dist', 'webview');
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    this.panel = panel;
    this.ready = false;
    const subscriptions = [
      webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is thrown away; the next one says `ready` when it listens.
        if (!panel.visible) this.ready = false;
        this.visibilityChanged.fire();
      }),
    ];
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
      if (this.panel === panel) this.panel = undefined;
    });
    const icon = (theme: string) => vscode.Uri.joinPath(this.dependencies.extensionUri, 'media', `file-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.options = { enableScripts: true, localResourceRoots: [this.resourceRoot] };
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.resourceRoot, name)).toString();
    webview.html = renderChartsHtml({
      nonce: randomBytes(18).toString('base64url'),
      script: resource('charts.js'),
      style: resource('charts.css'),
    });
    this.visibilityChanged.fire();
  }

  private receive(message: unknown): void {
    const checked = fromChartsSchema.safeParse(message);
    if (!checked.success) {
      this.dependencies.log.warn(`Charts: a message of the panel was not understood and left aside. ${checked.error}`);
      return;
    }
    const { data } = checked;
    switch (data.type) {
      case 'reveal':
        this.dependencies.reveal(data.file, data.scenario, data.value);
        break;
      case 'items':
        void this.panel?.webview.postMessage(this.dependencies.source.answer(data.question));
        break;
      case 'ready':
        this.ready = true;
        // Somebody waits for the first picture.
        this.post();
        break;
    }
  }

  private post(): void {
    if (!this.panel || !this.ready) return;
    void this.panel.webview.postMessage(this.dependencies.source.current());
  }
}
