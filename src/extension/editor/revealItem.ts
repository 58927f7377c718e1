/** Goes to the line of an item, wherever it stands now. */
import * as vscode from 'vscode';
import { showWarning } from '../messages';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { ItemTarget } from '../scenarios/target';
import { rangeOf } from './ranges';

export async function revealItem(scenarios: ScenarioFiles, { file, scenario, value }: ItemTarget): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const home = (await scenarios.parse(file))?.scenarios.find(({ name }) => name === scenario);
  const item = home?.items.find((candidate) => candidate.value === value);
  if (!item) {
    await vscode.window.showTextDocument(document);
    await showWarning(vscode.l10n.t('“{0}” is no longer in {1} of {2}.', value, scenario, scenarios.nameOf(file)));
    return;
  }
  const selection = rangeOf(document, item.valueRange);
  // A chart stays where it is: the text opens beside it.
  const inChart = vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  const viewColumn = shown ?? (inChart ? vscode.ViewColumn.Beside : undefined);
  const editor = await vscode.window.showTextDocument(document, { selection, viewColumn });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Puts the cursor on an item where an editor shows its file already; the keyboard stays where it is. */
export async function selectItemInView(scenarios: ScenarioFiles, { file, scenario, value }: ItemTarget): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
  if (!editor) return;
  const home = (await scenarios.parse(file))?.scenarios.find(({ name }) => name === scenario);
  const item = home?.items.find((candidate) => candidate.value === value);
  if (!item) return;
  const { start, end } = rangeOf(editor.document, item.valueRange);
  editor.selection = new vscode.Selection(start, end);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
