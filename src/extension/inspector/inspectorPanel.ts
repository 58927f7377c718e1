/** The inspector's panel: one webview beside the editor that shows what its source holds. */
import * as vscode from 'vscode';
import { type FromInspector, fromInspectorSchema, type ToInspector } from '../../protocol/inspector';
import { VIEW_TYPES } from '../names';
import { SinglePanel } from '../panels/singlePanel';
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

export class InspectorPanel implements vscode.Disposable {
  private readonly posts = throttle(() => void this.post(), POST_INTERVAL);
  private readonly panel: SinglePanel;
  private readonly subscriptions: readonly vscode.Disposable[];
  private posted = 0;

  constructor(private readonly parts: InspectorPanelParts) {
    this.panel = new SinglePanel({
      extensionUri: parts.extensionUri,
      viewType: VIEW_TYPES.inspector,
      title: vscode.l10n.t('Gap Inspector'),
      page: 'inspector',
      onReady: () => void this.post(),
      onMessage: (message) => void this.receive(message),
    });
    this.subscriptions = [this.panel, this.posts, parts.source.onDidChange(() => this.posts.request())];
  }

  get isOpen(): boolean {
    return this.panel.isOpen;
  }

  /** The keyboard is in the panel. */
  get isActive(): boolean {
    return this.panel.isActive;
  }

  /** Brings the panel to the front, making it beside the editor where there is none. */
  open(preserveFocus = false): void {
    this.panel.open({ preserveFocus });
  }

  restore(panel: vscode.WebviewPanel): Promise<void> {
    return this.panel.restore(panel);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async receive(message: unknown): Promise<void> {
    const checked = fromInspectorSchema.safeParse(message);
    if (!checked.success) {
      this.parts.log.warn(`Inspector: a message of the panel was not understood and left aside. ${checked.error}`);
      return;
    }
    const { data } = checked;
    if (data.type === 'readRaw') this.panel.post(await this.parts.source.readRaw(data.key, data.model));
    // That the page listens is the panel's business.
    else if (data.type !== 'ready') await this.parts.carryOut(data);
  }

  private async post(): Promise<void> {
    if (!this.panel.isListening) return;
    const turn = ++this.posted;
    const message = await this.parts.source.current();
    // Another item may have been chosen meanwhile, and told before.
    if (turn !== this.posted) return;
    const value = this.parts.source.inspected?.value.replace(/\s+/g, ' ') ?? '';
    const name = value.length > LONGEST_TITLE ? `${value.slice(0, LONGEST_TITLE)}…` : value;
    this.panel.title = name === '' ? vscode.l10n.t('Gap Inspector') : vscode.l10n.t('Gap: {0}', name);
    this.panel.post(message);
  }
}
