/** One Information diagnostic for each misaligned item of an open editor, so that Problems and its friends see gaps. */
import * as vscode from 'vscode';
import { markResult } from '../runs/itemSummary';
import type { ResultsOnScreen } from '../runs/resultsOnScreen';
import { isScenario, type ScenarioFiles } from '../scenarios/scenarioFiles';
import { throttle } from '../throttle';
import { sayWithNumber } from '../words';
import { rangeOf } from './ranges';

const FOLLOW_MS = 250;

export class GapDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('value-action-lens.gaps');
  private readonly refresh = throttle(() => this.showAll(), FOLLOW_MS);
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly scenarios: ScenarioFiles,
    private readonly results: ResultsOnScreen,
  ) {
    this.subscriptions = [
      this.collection,
      this.refresh,
      results.onDidChange(() => this.refresh.request()),
      vscode.workspace.onDidOpenTextDocument(() => this.refresh.request()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
    ];
    this.refresh.request();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private showAll(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (isScenario(document)) this.collection.set(document.uri, this.diagnose(document));
    }
  }

  private diagnose(document: vscode.TextDocument): vscode.Diagnostic[] {
    const found: vscode.Diagnostic[] = [];
    for (const scenario of this.scenarios.look(document)?.scenarios ?? []) {
      for (const item of scenario.items) {
        // A stale result is no finding about the text on screen.
        const gaps = this.results
          .shownFor(document.uri, scenario, item.value)
          .filter((result) => markResult(result) === 'gap');
        if (gaps.length === 0) continue;
        const diagnostic = new vscode.Diagnostic(
          rangeOf(document, item.valueRange),
          gaps.map(sayWithNumber).join('; '),
          vscode.DiagnosticSeverity.Information,
        );
        diagnostic.source = 'Value-Action Lens';
        diagnostic.code = 'gap';
        found.push(diagnostic);
      }
    }
    return found;
  }
}
