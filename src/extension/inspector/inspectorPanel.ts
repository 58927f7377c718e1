/** The inspector's panel: one webview beside the editor that shows what its source holds. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { type FromInspector, fromInspectorSchema, type ToInspector } from '../../protocol/inspector';
import { renderChartsHtml } from '../panels/chartsHtml';
import { throttle } from '../throttle';

/** Where the page gets what it shows. */
export interface InspectorSource {
  readonly inspected: { readonly value: string } | undefined;
  current(): Promise<ToInspector>;
  readRaw(key: string, model: string): Promise<ToInspector>;
  readonly onDidChange: vscode.Event<void>;
}

/** What the page asks for beyond that. */
export type InspectorRequest = Exclude<FromInspector, { type: 'ready' | 'readRaw' }>;

export interface InspectorPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly source: InspectorSource;
  carryOut(request: InspectorRequest): unknown;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

const POST_INTERVAL = 100;
const LONGEST_TITLE = 40;

/** Owns at most one panel at a time, opened by `open` or brought back by VS Code after a restart. */
export class InspectorPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  static readonly viewType = 'valueActionLens.inspector';
  private readonly subscriptions: vscode.Disposable[];
  private readonly posts = throttle(() => void this.post(), POST_INTERVAL);
  private panel: vscode.WebviewPanel | undefined;
  /** Whether the page in the panel listens: it says so each time it loads, also after having been hidden. */
  private ready = false;
  private posted = 0;

  constructor(private readonly parts: InspectorPanelParts) {
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(InspectorPanel.viewType, this),
      parts.source.onDidChange(() => this.posts.request()),
      this.posts,
    ];
  }

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  /** The keyboard is in the panel. */
  get isActive(): boolean {
    return this.panel?.active ?? false;
  }

  /** Brings the panel to the front, making it beside the editor where there is none. */
  open(preserveFocus = false): void {
    if (this.panel) {
      this.panel.reveal(undefined, preserveFocus);
      return;
    }
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus };
    const title = vscode.l10n.t('Gap Inspector');
    this.adopt(
      vscode.window.createWebviewPanel(InspectorPanel.viewType, title, column, {
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
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get resourceRoot(): vscode.Uri {
    return vscode.Uri.joinPath(this.parts.extensionUri, 'dist', 'webview');
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    this.panel = panel;
    this.ready = false;
    const subscriptions = [
      webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is thrown away; the next one says `ready` when it listens.
        if (!panel.visible) this.ready = false;
      }),
    ];
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
      if (this.panel === panel) this.panel = undefined;
    });
    const icon = (theme: string) => vscode.Uri.joinPath(this.parts.extensionUri, 'media', `file-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.options = { enableScripts: true, localResourceRoots: [this.resourceRoot] };
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.resourceRoot, name)).toString();
    webview.html = renderChartsHtml({
      nonce: randomBytes(18).toString('base64url'),
      script: resource('inspector.js'),
      style: resource('inspector.css'),
      title: 'Gap Inspector',
    });
  }

  private async receive(message: unknown): Promise<void> {
    const checked = fromInspectorSchema.safeParse(message);
    if (!checked.success) {
      this.parts.log.warn(`Inspector: a message of the panel was not understood and left aside. ${checked.error}`);
      return;
    }
    const { data } = checked;
    if (data.type === 'ready') {
      this.ready = true;
      await this.post();
    } else if (data.type === 'readRaw') {
      const reply = await this.parts.source.readRaw(data.key, data.model);
      void this.panel?.webview.postMessage(reply);
    } else {
      await this.parts.carryOut(data);
    }
  }

  private async post(): Promise<void> {
    const { panel } = this;
    if (!panel || !this.ready) return;
    const turn = ++this.posted;
    const message = await this.parts.source.current();
    // Another item may have been chosen meanwhile, and told before.
    if (turn !== this.posted || panel !== this.panel) return;
    const value = this.parts.source.inspected?.value.replace(/\s+/g, ' ') ?? '';
    const name = value.length > LONGEST_TITLE ? `${value.slice(0, LONGEST_TITLE)}…` : value;
    panel.title = name === '' ? vscode.l10n.t('Gap Inspector') : vscode.l10n.t('Gap: {0}', name);
    void panel.webview.postMessage(message);
  }
}
