/** Two runs side by side in a panel: what closed and opened, what moved the rates, and what was asked differently. */
import * as vscode from 'vscode';
import { type FromComparison, fromComparisonSchema, type ToComparison } from '../../protocol/comparison';
import type { Log } from '../log';
import { SCHEMES, VIEW_TYPES } from '../names';
import { SinglePanel } from '../panels/singlePanel';
import type { RunStore } from '../runs/runStore';
import type { StoredRun } from '../runs/storedRun';
import { resolveInside } from '../scenarios/insidePath';
import type { ItemTarget } from '../scenarios/target';
import { throttle } from '../throttle';
import { sayWhen } from '../words';
import { listChangedTexts } from './changedTexts';
import { composeComparison } from './composeComparison';

const COMPARED = 'comparedRuns';
const FOLLOW_MS = 500;

export interface ComparisonParts {
  readonly extensionUri: vscode.Uri;
  readonly store: RunStore;
  readonly roots: { readonly whenListed: Promise<void> };
  readonly memento: vscode.Memento;
  readonly log: Log;
  /** Shows an item's line. */
  reveal(item: ItemTarget): unknown;
}

export class ComparisonPanel implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly panel: SinglePanel;
  private readonly posts = throttle(() => void this.post(), FOLLOW_MS);
  private readonly subscriptions: vscode.Disposable[];
  /** Paths: baseline, run. */
  private compared: readonly [string, string] | undefined;

  constructor(private readonly parts: ComparisonParts) {
    this.compared = readPair(parts.memento.get<unknown>(COMPARED));
    this.panel = new SinglePanel({
      extensionUri: parts.extensionUri,
      viewType: VIEW_TYPES.comparison,
      title: vscode.l10n.t('Compare Runs'),
      page: 'compare',
      onReady: () => void this.post(),
      onMessage: (message) => void this.receive(message),
    });
    this.subscriptions = [this.panel, this.posts, parts.store.onDidChange(() => this.posts.request())];
  }

  /** @param baseline What `run` is held against. */
  async show(baseline: StoredRun, run: StoredRun): Promise<void> {
    await this.compare([baseline.path, run.path]);
    this.panel.open();
  }

  provideTextDocumentContent({ query }: vscode.Uri): string {
    const runs = this.find();
    if (!runs) return '';
    const { before, after } = listChangedTexts(runs[0].header, runs[1].header);
    return query === 'before' ? before : after;
  }

  restore(panel: vscode.WebviewPanel): Promise<void> {
    return this.panel.restore(panel);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async compare(pair: readonly [string, string]): Promise<void> {
    this.compared = pair;
    await this.parts.memento.update(COMPARED, pair);
    await this.post();
  }

  private find(): readonly [StoredRun, StoredRun] | undefined {
    const [baseline, run] = (this.compared ?? []).map((path) => this.parts.store.get(path));
    return baseline && run ? [baseline, run] : undefined;
  }

  private async post(): Promise<void> {
    await this.parts.roots.whenListed;
    this.panel.post(await this.describe());
  }

  private async describe(): Promise<ToComparison> {
    const runs = this.find();
    if (!runs) {
      const reason = this.compared
        ? vscode.l10n.t('One of the two runs is no longer there. Choose two in the Runs view.')
        : vscode.l10n.t('Choose two runs in the Runs view, then compare them.');
      return { type: 'empty', reason, loading: false };
    }
    await Promise.all(runs.map((run) => (run.isRead ? undefined : this.parts.store.read(run))));
    if (!runs.every((run) => run.hasBeenRead)) {
      return { type: 'empty', reason: vscode.l10n.t('Reading the runs…'), loading: true };
    }
    const [baseline, run] = runs.map(({ header, observations }) => ({ header, observations })) as [
      Pick<StoredRun, 'header' | 'observations'>,
      Pick<StoredRun, 'header' | 'observations'>,
    ];
    return composeComparison(baseline, run, (iso) => sayWhen(iso, 'seconds'));
  }

  private async receive(message: unknown): Promise<void> {
    const checked = fromComparisonSchema.safeParse(message);
    if (!checked.success) {
      this.parts.log.warn(`Comparison: a message of the panel was not understood and left aside. ${checked.error}`);
      return;
    }
    const { data } = checked;
    if (data.type === 'reveal') this.reveal(data);
    else if (data.type === 'swap' && this.compared) await this.compare([this.compared[1], this.compared[0]]);
    else if (data.type === 'showTexts') await this.showTexts();
  }

  /** Items carry the run's key of their scenario, which differs from the name where two files use the same one. */
  private reveal({ file, scenario: key, value }: Extract<FromComparison, { type: 'reveal' }>): void {
    const run = this.find()?.[1];
    const asked = run?.header.scenarios.find((scenario) => scenario.key === key && scenario.file === file);
    const path = run && asked && resolveInside(run.root, file);
    if (!asked || path === undefined) return;
    this.parts.reveal({ kind: 'item', file: vscode.Uri.file(path), scenario: asked.name, value });
  }

  private async showTexts(): Promise<void> {
    if (!this.find()) return;
    // Another name for another pair: the editor keeps what it was given under the same one.
    const path = `/${encodeURIComponent((this.compared ?? []).join(' '))}.scenario.yaml`;
    const [before, after] = ['before', 'after'].map((query) =>
      vscode.Uri.from({ scheme: SCHEMES.comparison, path, query }),
    );
    await vscode.commands.executeCommand('vscode.diff', before, after, vscode.l10n.t('What was asked: baseline ↔ run'));
  }
}

function readPair(kept: unknown): readonly [string, string] | undefined {
  if (!Array.isArray(kept)) return undefined;
  const [a, b] = kept;
  return typeof a === 'string' && typeof b === 'string' ? [a, b] : undefined;
}
