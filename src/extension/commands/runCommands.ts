/** Starting and stopping evaluations. */
import * as vscode from 'vscode';
import type { RunDesk } from '../runs/runDesk';
import { isScenario, type ScenarioFiles } from '../scenarios/scenarioFiles';
import { readTarget, type Target } from '../scenarios/target';
import type { CommandTable } from './index';

export interface RunCommandParts {
  readonly scenarios: ScenarioFiles;
  readonly desk: RunDesk;
}

export function runCommands({ scenarios, desk }: RunCommandParts): CommandTable {
  const run = async (argument: unknown, variants?: 'quick') => {
    const target = readTarget(argument) ?? (await chooseFile(scenarios));
    if (target) await desk.run(target, variants);
  };
  return {
    run: (argument) => run(argument),
    runQuick: (argument) => run(argument, 'quick'),
    cancelRun: () => desk.cancel(),
  };
}

/** The file in the active editor, or one the user picks. */
export async function chooseFile(scenarios: ScenarioFiles): Promise<Target | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (active && isScenario(active)) return { kind: 'file', file: active.uri };
  const files = await scenarios.list();
  if (files.length === 0) {
    const load = vscode.l10n.t('Load Scenario Files…');
    const sample = vscode.l10n.t('Open a Sample');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no scenario file here yet (a file that ends in .scenario.yaml).'),
      load,
      sample,
    );
    if (answer === load) await vscode.commands.executeCommand('valueActionLens.loadScenarioFiles');
    if (answer === sample) await vscode.commands.executeCommand('valueActionLens.openSample');
    return undefined;
  }
  const [only] = files;
  if (files.length === 1 && only) return { kind: 'file', file: only };
  const picked = await vscode.window.showQuickPick(
    files.map((file) => ({ label: scenarios.nameOf(file), file })),
    { placeHolder: vscode.l10n.t('Which scenario file?') },
  );
  return picked && { kind: 'file', file: picked.file };
}
