/** Finding, loading and showing scenario files and their items. */
import path from 'node:path';
import * as vscode from 'vscode';
import { describeImport, importViaDataset } from '../../importing/viaDataset';
import { revealItem } from '../editor/revealItem';
import type { Log } from '../log';
import { showInformation } from '../messages';
import { LANGUAGE_ID, type ScenarioFiles } from '../scenarios/scenarioFiles';
import { readTarget } from '../scenarios/target';
import type { CommandTable } from './commandTable';
import { createScenario } from './newScenario';

export interface ScenarioCommandParts {
  readonly extensionUri: vscode.Uri;
  readonly scenarios: ScenarioFiles;
  readonly log: Log;
}

const SAMPLE = 'quickstart.scenario.yaml';

export function scenarioCommands({ extensionUri, scenarios, log }: ScenarioCommandParts): CommandTable {
  return {
    newScenario: () => createScenario(scenarios),
    loadScenarioFiles: () => loadFiles(scenarios),
    forgetScenarioFile: async (argument) => {
      const target = readTarget(argument);
      if (target) await scenarios.forget(target.file);
    },
    importDataset: () => importDataset(scenarios, log),
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

/** The released VIA dataset, as a folder of scenario files. Every row that is left out is named in the log. */
async function importDataset(scenarios: ScenarioFiles, log: Log): Promise<void> {
  const [csv] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import VIA Dataset: the CSV as released, gzipped or not'),
      openLabel: vscode.l10n.t('Import'),
      filters: { [vscode.l10n.t('VIA dataset')]: ['csv', 'gz'] },
    })) ?? [];
  if (!csv) return;
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Folder for the scenario files, one for each country and topic'),
      openLabel: vscode.l10n.t('Import Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
    })) ?? [];
  if (!folder) return;
  const imported = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Importing {0}…', path.basename(csv.fsPath)),
    },
    async () => importViaDataset(csv.fsPath, path.join(folder.fsPath, 'via')),
  );
  for (const { row, reason } of imported.skipped) log.warn(`${csv.fsPath}: row ${row} left out: ${reason}.`);
  await scenarios.load(imported.files.map((file) => vscode.Uri.file(file)));
  void showInformation(describeImport(imported));
}
