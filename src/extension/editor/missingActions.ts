/** The lightbulb at an item that lacks an action: a model may propose it. */
import * as vscode from 'vscode';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Target } from '../scenarios/target';

export class MissingActionFixes implements vscode.CodeActionProvider {
  constructor(private readonly scenarios: ScenarioFiles) {}

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const missing = diagnostics.filter(({ code }) => code === 'missing-action');
    if (missing.length === 0 || !vscode.workspace.isTrusted) return [];
    const scenarios = this.scenarios.look(document)?.scenarios ?? [];
    return missing.flatMap((diagnostic) => {
      const offset = document.offsetAt(diagnostic.range.start);
      const found = scenarios.flatMap((scenario) =>
        scenario.items
          .filter(({ range }) => range.start <= offset && offset <= range.end)
          .map((item) => ({ scenario, item })),
      )[0];
      if (!found) return [];
      const title = vscode.l10n.t('Generate the missing action…');
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      const { scenario, item } = found;
      const target: Target = { kind: 'item', file: document.uri, scenario: scenario.name, value: item.value };
      action.command = { title, command: 'valueActionLens.generateActions', arguments: [target] };
      action.diagnostics = [diagnostic];
      return [action];
    });
  }
}
