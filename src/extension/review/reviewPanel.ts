/** The review panel: one webview that shows a deck or what reviewers found, and hands back what somebody decides. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { type FromReview, fromReviewSchema, type ToReview } from '../../protocol/review';
import { renderChartsHtml } from '../panels/chartsHtml';

/** What the panel is about; it outlives the page, which is thrown away whenever it is hidden. */
export interface ReviewContent {
  readonly title: string;
  show(): ToReview;
  /** A rejection is shown to the user. */
  receive(message: Exclude<FromReview, { type: 'ready' }>): Promise<ToReview | undefined>;
  /** The panel was closed, or is about something else now. */
  close(): void;
}

export interface ReviewPanelParts {
  readonly extensionUri: vscode.Uri;
  /** What the panel was about before VS Code was closed; undefined where that is gone. */
  restore(): Promise<ReviewContent | undefined>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** Owns at most one panel at a time, opened by `open` or brought back by VS Code after a restart. */
export class ReviewPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  static readonly viewType = 'valueActionLens.review';
  private readonly serializer: vscode.Disposable;
  private panel: vscode.WebviewPanel | undefined;
  private content: ReviewContent | undefined;
  /** Whether the page in the panel listens: it says so each time it loads, also after having been hidden. */
  private ready = false;

  constructor(private readonly parts: ReviewPanelParts) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(ReviewPanel.viewType, this);
  }

  open(content: ReviewContent): void {
    this.take(content);
    if (this.panel) {
      this.panel.reveal();
      this.post(content.show());
      return;
    }
    this.adopt(
      vscode.window.createWebviewPanel(ReviewPanel.viewType, content.title, vscode.ViewColumn.Active, {
        enableScripts: true,
        localResourceRoots: [this.resourceRoot],
      }),
    );
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.panel?.dispose();
    const content = await this.parts.restore();
    this.take(content ?? NOTHING);
    this.adopt(panel);
  }

  dispose(): void {
    this.panel?.dispose();
    this.serializer.dispose();
  }

  private get resourceRoot(): vscode.Uri {
    return vscode.Uri.joinPath(this.parts.extensionUri, 'dist', 'webview');
  }

  private take(content: ReviewContent): void {
    this.content?.close();
    this.content = content;
    if (this.panel) this.panel.title = content.title;
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    this.panel = panel;
    this.ready = false;
    panel.title = this.content?.title ?? panel.title;
    const subscriptions = [
      webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is thrown away; the next one says `ready` when it listens.
        if (!panel.visible) this.ready = false;
      }),
    ];
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.content?.close();
      this.content = undefined;
    });
    const icon = (theme: string) => vscode.Uri.joinPath(this.parts.extensionUri, 'media', `file-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.options = { enableScripts: true, localResourceRoots: [this.resourceRoot] };
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.resourceRoot, name)).toString();
    webview.html = renderChartsHtml({
      nonce: randomBytes(18).toString('base64url'),
      script: resource('review.js'),
      style: resource('review.css'),
      title: 'Review',
    });
  }

  private async receive(message: unknown): Promise<void> {
    const checked = fromReviewSchema.safeParse(message);
    const { content } = this;
    if (!checked.success) {
      this.parts.log.warn(`Review: a message of the panel was not understood and left aside. ${checked.error}`);
      return;
    }
    if (!content) return;
    if (checked.data.type === 'ready') {
      this.ready = true;
      this.post(content.show());
      return;
    }
    try {
      const answer = await content.receive(checked.data);
      if (answer && this.content === content) this.post(answer);
    } catch (error) {
      await vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  private post(message: ToReview): void {
    if (this.ready) void this.panel?.webview.postMessage(message);
  }
}

const NOTHING: ReviewContent = {
  title: 'Review',
  show: () => ({
    type: 'empty',
    reason: vscode.l10n.t('What was reviewed here cannot be found any more. Use “Review Actions…” to begin again.'),
  }),
  receive: async () => undefined,
  close: () => undefined,
};
