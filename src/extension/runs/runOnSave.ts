/** Runs what has changed whenever a scenario file is saved, where the settings say so, and says before what it will ask. */
import * as vscode from 'vscode';
import type { Log } from '../log';
import { isScenario } from '../scenarios/scenarioFiles';
import type { Settings } from '../settings';
import { throttle } from '../throttle';
import type { RunActivity } from './runActivity';
import type { RunDesk } from './runDesk';

/** A pause in typing is long enough to look up what is known. */
const FOLLOW_MS = 500;

export interface RunOnSaveParts {
  readonly desk: () => Promise<RunDesk>;
  readonly settings: Settings;
  readonly activity: RunActivity;
  /** Something a count depends on: results, ticked models. */
  readonly onDidChange: readonly vscode.Event<unknown>[];
  readonly log: Log;
}

export class RunOnSave implements vscode.Disposable {
  private readonly status = vscode.window.createStatusBarItem(
    'valueActionLens.runOnSave',
    vscode.StatusBarAlignment.Left,
    -10,
  );
  private readonly follow = throttle(() => void this.count(), FOLLOW_MS);
  private readonly subscriptions: vscode.Disposable[];
  /** Files that were saved while a run went on. */
  private readonly waiting = new Map<string, vscode.Uri>();
  private latest = 0;

  constructor(private readonly parts: RunOnSaveParts) {
    this.status.name = vscode.l10n.t('Value-Action Lens: run on save');
    const follow = () => this.follow.request();
    this.subscriptions = [
      this.status,
      this.follow,
      vscode.workspace.onDidSaveTextDocument((document) => this.saved(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) follow();
      }),
      vscode.window.onDidChangeActiveTextEditor(follow),
      vscode.workspace.onDidChangeConfiguration(follow),
      ...parts.onDidChange.map((event) => event(follow)),
      parts.activity.onDidChange(() => this.takeNext()),
    ];
    follow();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private isOn(document: vscode.TextDocument): boolean {
    return vscode.workspace.isTrusted && isScenario(document) && this.parts.settings.runsOnSave(document.uri);
  }

  private saved(document: vscode.TextDocument): void {
    if (!this.isOn(document)) return;
    this.waiting.set(document.uri.toString(), document.uri);
    this.takeNext();
  }

  /** One run at a time: what is saved meanwhile is run afterwards, once, as it is then. */
  private takeNext(): void {
    if (this.parts.activity.isRunning) return;
    const [next] = this.waiting;
    if (!next) return;
    this.waiting.delete(next[0]);
    this.parts
      .desk()
      .then((desk) => desk.run({ kind: 'file', file: next[1] }, { onlyChanged: true, isQuiet: true }))
      .catch((error: unknown) => {
        this.parts.log.error(vscode.l10n.t('Run on save:'), error);
      });
  }

  private async count(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const turn = ++this.latest;
    if (!document || !this.isOn(document)) {
      this.status.hide();
      return;
    }
    const estimate = await (await this.parts.desk()).estimate(
      { kind: 'file', file: document.uri },
      { onlyChanged: true },
    );
    // Somebody typed on or went elsewhere meanwhile.
    if (turn !== this.latest) return;
    if (!estimate) {
      this.status.hide();
      return;
    }
    const { describeEstimate } = await import('./runEstimate');
    const { ask } = estimate;
    this.status.text = ask === 0 ? vscode.l10n.t('$(check) nothing to ask') : `$(play) ${toAsk(ask)}`;
    this.status.tooltip = vscode.l10n.t('Value-Action Lens, on save: {0}', describeEstimate(estimate, vscode.l10n.t));
    this.status.command = {
      command: 'workbench.action.openSettings',
      title: vscode.l10n.t('Settings'),
      arguments: ['valueActionLens.run.onSave'],
    };
    this.status.show();
  }
}

function toAsk(ask: number): string {
  return ask === 1
    ? vscode.l10n.t('1 request on save')
    : vscode.l10n.t('{0} requests on save', ask.toLocaleString('en'));
}
