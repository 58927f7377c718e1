/** Starting and stopping evaluations. */
import * as vscode from 'vscode';
import { showInformation } from '../messages';
import type { AssignmentDesk } from '../runs/assignmentDesk';
import type { RunDesk, RunWish } from '../runs/runDesk';
import { isScenario, type ScenarioFiles } from '../scenarios/scenarioFiles';
import { readTarget, type Target } from '../scenarios/target';
import type { CommandTable } from './commandTable';

export interface RunCommandParts {
  readonly scenarios: ScenarioFiles;
  readonly desk: RunDesk;
  readonly assignments: Pick<AssignmentDesk, 'cancel'>;
}

export function runCommands({ scenarios, desk, assignments }: RunCommandParts): CommandTable {
  const run = async (argument: unknown, options: RunWish) => {
    const target = readTarget(argument) ?? (await chooseFile(scenarios));
    if (target) await desk.run(target, options);
  };
  return {
    run: (argument, options) => run(argument, { models: readModels(options) }),
    runWithoutCache: (argument, options) => run(argument, { withoutCache: true, models: readModels(options) }),
    runAsBatch: (argument, options) => run(argument, { asBatch: true, models: readModels(options) }),
    runQuick: (argument, options) => run(argument, { variants: 'quick', models: readModels(options) }),
    cancelRun: () => {
      desk.cancel();
      assignments.cancel();
    },
  };
}

/** A keybinding or another extension may name the models: `{ "models": ["ollama/llama3.2"] }`. */
function readModels(options: unknown): readonly string[] | undefined {
  if (typeof options !== 'object' || options === null || !('models' in options)) return undefined;
  const { models } = options;
  return Array.isArray(models) && models.every((id) => typeof id === 'string') ? models : undefined;
}

/** The file in the active editor, or one the user picks. */
export async function chooseFile(scenarios: ScenarioFiles): Promise<Target | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (active && isScenario(active)) return { kind: 'file', file: active.uri };
  const files = await scenarios.list();
  if (files.length === 0) {
    const load = vscode.l10n.t('Load Scenario Files…');
    const sample = vscode.l10n.t('Open a Sample');
    const answer = await showInformation(
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
