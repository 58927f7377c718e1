/** What can be done with a scenario and an item, above each. */
import * as vscode from 'vscode';
import { SCHEMES } from '../names';
import type { ResultsOnScreen } from '../runs/resultsOnScreen';
import type { RunActivity } from '../runs/runActivity';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Target } from '../scenarios/target';
import { throttle } from '../throttle';
import { sayGaps } from '../words';
import { rangeOf } from './ranges';

const FOLLOW_MS = 1000;
/** VS Code drops a request for lenses that is due when the keyboard leaves the editor, say for our views: once more, then. */
const AGAIN_MS = 2000;
/** The editor takes all lenses of a file anew with each change; in a longer one the scenario's have to do. */
const ITEMS_WITH_LENSES = 1_000;

export class ScenarioCodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly refresh = throttle(() => this.changed.fire(), FOLLOW_MS);
  private again: NodeJS.Timeout | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly scenarios: ScenarioFiles,
    private readonly results: ResultsOnScreen,
    private readonly activity: RunActivity,
  ) {
    this.subscriptions = [
      this.changed,
      this.refresh,
      results.onDidChange(() => this.refresh.request()),
      activity.onDidChange(() => this.refresh.request()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.refresh.request()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.askAgain()),
    ];
    this.askAgain();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    // Beside a proposal stands what can be done with it, and nothing else.
    if (document.uri.scheme === SCHEMES.proposals) return [];
    const mayRun = vscode.workspace.isTrusted;
    const lenses: vscode.CodeLens[] = [];
    const scenarios = this.scenarios.look(document)?.scenarios ?? [];
    const withItems = scenarios.reduce((sum, { items }) => sum + items.length, 0) <= ITEMS_WITH_LENSES;
    for (const scenario of scenarios) {
      const file = document.uri;
      const target: Target = { kind: 'scenario', file, scenario: scenario.name };
      const at = rangeOf(document, scenario.nameRange);
      // Lenses change their words, not their number: lines that jump when a run begins lose the reader.
      if (this.activity.isRunning) {
        lenses.push(lens(at, vscode.l10n.t('$(loading~spin) Cancel Run'), 'cancelRun', target));
      } else if (mayRun) {
        lenses.push(
          lens(at, vscode.l10n.t('$(play) Run'), 'run', target, vscode.l10n.t('Ask all 8 + 8 variants')),
          lens(at, vscode.l10n.t('Run quick'), 'runQuick', target, vscode.l10n.t('Ask 2 + 2 variants')),
        );
      }
      const { gaps, known } = this.results.countGaps(file, scenario);
      if (known > 0) lenses.push(lens(at, vscode.l10n.t('{0} · Open Charts', sayGaps(gaps)), 'openCharts', target));
      for (const item of withItems ? scenario.items : []) {
        const one: Target = { kind: 'item', file, scenario: scenario.name, value: item.value };
        const above = rangeOf(document, item.valueRange);
        if (mayRun) lenses.push(lens(above, vscode.l10n.t('Run'), 'run', one));
        if (mayRun && !(item.agree && item.disagree)) {
          const tooltip = vscode.l10n.t('Let a model propose the action that is missing');
          lenses.push(lens(above, vscode.l10n.t('$(sparkle) Generate…'), 'generateActions', one, tooltip));
        }
        if (this.results.summaryFor(file, scenario, item.value)) {
          lenses.push(lens(above, vscode.l10n.t('Inspect'), 'inspectGap', one));
        }
      }
    }
    return lenses;
  }

  dispose(): void {
    clearTimeout(this.again);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private askAgain(): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.refresh.request(), AGAIN_MS);
  }
}

function lens(range: vscode.Range, title: string, command: string, target: Target, tooltip?: string): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, tooltip, command: `valueActionLens.${command}`, arguments: [target] });
}
