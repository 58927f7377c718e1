/** The review panel: one webview that shows a deck or what reviewers found, and hands back what somebody decides. */
import * as vscode from 'vscode';
import { type FromReview, fromReviewSchema, type ToReview } from '../../protocol/review';
import { showError } from '../messages';
import { VIEW_TYPES } from '../names';
import { SinglePanel } from '../panels/singlePanel';

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
export class ReviewPanel implements vscode.Disposable {
  private readonly panel: SinglePanel;
  private content: ReviewContent | undefined;

  constructor(private readonly parts: ReviewPanelParts) {
    this.panel = new SinglePanel({
      extensionUri: parts.extensionUri,
      viewType: VIEW_TYPES.review,
      title: vscode.l10n.t('Review'),
      page: 'review',
      onReady: () => this.show(),
      onMessage: (message) => void this.receive(message),
      onRestore: async () => this.take((await parts.restore()) ?? NOTHING),
      onClosed: () => {
        this.content?.close();
        this.content = undefined;
      },
    });
  }

  /** Shows something else than before, in the panel that is there or in a new one. */
  open(content: ReviewContent): void {
    this.take(content);
    this.panel.open({ column: vscode.ViewColumn.Active });
    this.panel.title = content.title;
    this.show();
  }

  restore(panel: vscode.WebviewPanel): Promise<void> {
    return this.panel.restore(panel);
  }

  dispose(): void {
    this.panel.dispose();
  }

  private take(content: ReviewContent): void {
    this.content?.close();
    this.content = content;
  }

  private show(): void {
    if (!this.content) return;
    this.panel.title = this.content.title;
    this.panel.post(this.content.show());
  }

  private async receive(message: unknown): Promise<void> {
    const checked = fromReviewSchema.safeParse(message);
    const { content } = this;
    if (!checked.success) {
      this.parts.log.warn(`Review: a message of the panel was not understood and left aside. ${checked.error}`);
      return;
    }
    if (!content || checked.data.type === 'ready') return;
    try {
      const answer = await content.receive(checked.data);
      if (answer && this.content === content) this.panel.post(answer);
    } catch (error) {
      await showError(error instanceof Error ? error.message : String(error));
    }
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
