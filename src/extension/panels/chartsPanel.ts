/** The charts panel: one webview that shows what its source holds and leads back to the lines of scenario files. */
import * as vscode from 'vscode';
import { fromChartsSchema, type ItemsQuestion, type ToCharts } from '../../protocol/charts';
import { VIEW_TYPES } from '../names';
import { throttle } from '../throttle';
import { saveChart } from './saveChart';
import { SinglePanel } from './singlePanel';

/** Where the charts get their results. */
export interface ChartsSource {
  current(): Promise<ToCharts>;
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

export class ChartsPanel implements vscode.Disposable {
  private readonly posts = throttle(() => void this.post(), POST_INTERVAL);
  private readonly panel: SinglePanel;
  private readonly subscriptions: readonly vscode.Disposable[];
  private isPosting = false;
  private isOutdated = false;

  constructor(private readonly dependencies: ChartsPanelDependencies) {
    this.panel = new SinglePanel({
      extensionUri: dependencies.extensionUri,
      viewType: VIEW_TYPES.charts,
      title: vscode.l10n.t('Value-Action Charts'),
      page: 'charts',
      // Somebody waits for the first picture.
      onReady: () => void this.post(),
      onMessage: (message) => this.receive(message),
    });
    this.subscriptions = [this.panel, this.posts, dependencies.source.onDidChange(() => this.posts.request())];
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  get onDidChangeVisibility(): vscode.Event<void> {
    return this.panel.onDidChangeVisibility;
  }

  /** Brings the panel to the front, making it where there is none. */
  open(): void {
    this.panel.open();
  }

  restore(panel: vscode.WebviewPanel): Promise<void> {
    return this.panel.restore(panel);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private receive(message: unknown): void {
    const checked = fromChartsSchema.safeParse(message);
    if (!checked.success) {
      this.dependencies.log.warn(`Charts: a message of the panel was not understood and left aside. ${checked.error}`);
      return;
    }
    const { data } = checked;
    if (data.type === 'reveal') this.dependencies.reveal(data.file, data.scenario, data.value);
    else if (data.type === 'items') this.panel.post(this.dependencies.source.answer(data.question));
    else if (data.type === 'save') void saveChart(data.chart, data.saved);
  }

  /** One after the other, the newest last; those that come meanwhile are one. */
  private async post(): Promise<void> {
    this.isOutdated = true;
    if (this.isPosting || !this.panel.isListening) return;
    this.isPosting = true;
    try {
      while (this.isOutdated) {
        this.isOutdated = false;
        this.panel.post(await this.dependencies.source.current());
      }
    } finally {
      this.isPosting = false;
    }
  }
}
