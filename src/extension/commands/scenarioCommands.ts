/** Finding, loading and showing scenario files and their items. */
import * as vscode from 'vscode';
import { revealItem } from '../editor/revealItem';
import { LANGUAGE_ID, type ScenarioFiles } from '../scenarios/scenarioFiles';
import { readTarget } from '../scenarios/target';
import type { CommandTable } from './commandTable';

export interface ScenarioCommandParts {
  readonly extensionUri: vscode.Uri;
  readonly scenarios: ScenarioFiles;
}

const SAMPLE = 'quickstart.scenario.yaml';

export function scenarioCommands({ extensionUri, scenarios }: ScenarioCommandParts): CommandTable {
  return {
    loadScenarioFiles: () => loadFiles(scenarios),
    forgetScenarioFile: async (argument) => {
      const target = readTarget(argument);
      if (target) await scenarios.forget(target.file);
    },
    openSample: () => openSample(extensionUri, scenarios),
    revealItem: async (argument) => {
      const target = readTarget(argument);
      if (target?.kind === 'item') await revealItem(scenarios, target);
    },
  };
}

async function loadFiles(scenarios: ScenarioFiles): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    title: vscode.l10n.t('Load Scenario Files'),
    openLabel: vscode.l10n.t('Load'),
    filters: { [vscode.l10n.t('Scenario files')]: ['yaml', 'yml', 'json'] },
  });
  if (!chosen || chosen.length === 0) return;
  await scenarios.load(chosen);
  for (const uri of chosen) {
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.languageId !== LANGUAGE_ID) await vscode.languages.setTextDocumentLanguage(document, LANGUAGE_ID);
    await vscode.window.showTextDocument(document, { preview: false });
  }
}

/** A copy to play with: in the workspace folder, or wherever the user wants it. Never overwrites. */
async function openSample(extensionUri: vscode.Uri, scenarios: ScenarioFiles): Promise<void> {
  const source = vscode.Uri.joinPath(extensionUri, 'examples', SAMPLE);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const destination = folder
    ? vscode.Uri.joinPath(folder.uri, SAMPLE)
    : await vscode.window.showSaveDialog({
        title: vscode.l10n.t('Where to put the sample'),
        saveLabel: vscode.l10n.t('Save Sample'),
        filters: { [vscode.l10n.t('Scenario files')]: ['yaml'] },
      });
  if (!destination) return;
  try {
    await vscode.workspace.fs.copy(source, destination, { overwrite: false });
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError) || error.code !== 'FileExists') throw error;
  }
  if (!folder) await scenarios.load([destination]);
  await vscode.window.showTextDocument(destination, { preview: false });
}
