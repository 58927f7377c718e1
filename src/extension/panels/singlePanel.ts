/** A webview panel of which there is at most one: opened by a command, or brought back by VS Code after a restart. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { renderChartsHtml } from './chartsHtml';

export interface SinglePanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly viewType: string;
  readonly title: string;
  /** Name of the page's script and style in `dist/webview`. */
  readonly page: string;
  /** The page listens from now on, for the first time or after it was hidden. */
  onReady(): void;
  /** Untrusted: the page may have been tampered with. */
  onMessage(message: unknown): void;
  /** The user closed the panel. */
  onClosed?(): void;
  /** VS Code brings the panel back; the page begins when this resolves. */
  onRestore?(): Promise<void>;
}

interface OpenOptions {
  readonly column?: vscode.ViewColumn;
  readonly preserveFocus?: boolean;
}

/** Owned by whoever fills the page: it checks what comes from there, and posts what the page shows. */
export class SinglePanel implements vscode.Disposable {
  private readonly visibilityChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeVisibility = this.visibilityChanged.event;
  private panel: vscode.WebviewPanel | undefined;
  /** The page says so each time it loads, also after having been hidden. */
  private ready = false;

  constructor(private readonly options: SinglePanelOptions) {}

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  get visible(): boolean {
    return this.panel?.visible ?? false;
  }

  /** The keyboard is in the panel. */
  get isActive(): boolean {
    return this.panel?.active ?? false;
  }

  /** What is posted now arrives: the page said that it listens, and was not hidden since. */
  get isListening(): boolean {
    return this.ready && this.panel !== undefined;
  }

  set title(title: string) {
    if (this.panel) this.panel.title = title;
  }

  /** Brings the panel to the front, making it beside the editor where there is none. */
  open({ column = vscode.ViewColumn.Beside, preserveFocus = false }: OpenOptions = {}): void {
    if (this.panel) {
      this.panel.reveal(undefined, preserveFocus);
      return;
    }
    const { viewType, title } = this.options;
    const localResourceRoots = [this.resourceRoot];
    const place = { viewColumn: column, preserveFocus };
    this.adopt(vscode.window.createWebviewPanel(viewType, title, place, { enableScripts: true, localResourceRoots }));
  }

  /** Goes nowhere while no page listens: a page that comes says so, and is told then. */
  post(message: unknown): void {
    if (this.isListening) void this.panel?.webview.postMessage(message);
  }

  /** Fills a panel that VS Code brings back. */
  async restore(panel: vscode.WebviewPanel): Promise<void> {
    this.panel?.dispose();
    await this.options.onRestore?.();
    this.adopt(panel);
  }

  dispose(): void {
    this.panel?.dispose();
    this.visibilityChanged.dispose();
  }

  private get resourceRoot(): vscode.Uri {
    return vscode.Uri.joinPath(this.options.extensionUri, 'dist', 'webview');
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const { extensionUri, page, title } = this.options;
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
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.options.onClosed?.();
    });
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `file-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.options = { enableScripts: true, localResourceRoots: [this.resourceRoot] };
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.resourceRoot, name)).toString();
    const nonce = randomBytes(18).toString('base64url');
    webview.html = renderChartsHtml({ nonce, script: resource(`${page}.js`), style: resource(`${page}.css`), title });
    this.visibilityChanged.fire();
  }

  private receive(message: unknown): void {
    if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready') {
      this.ready = true;
      this.options.onReady();
      return;
    }
    this.options.onMessage(message);
  }
}
