/** What can be done with runs that were made. */
import * as vscode from 'vscode';
import type { ChartsSelection, ChartsSource } from '../chartsSource';
import type { BrokenRun, RunStore } from '../runs/runStore';
import { StoredRun } from '../runs/storedRun';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import { readTarget } from '../scenarios/target';
import { sayWhen } from '../words';
import type { CommandTable } from './commandTable';
import { chooseFile } from './runCommands';

export interface RunFileCommandParts {
  readonly scenarios: ScenarioFiles;
  readonly store: RunStore;
  readonly charts: ChartsSource;
  readonly showCharts: () => void;
}

export function runFileCommands({ scenarios, store, charts, showCharts }: RunFileCommandParts): CommandTable {
  return {
    openCharts: async (argument) => {
      const selection = readSelection(argument) ?? selectFile(await chooseFile(scenarios));
      if (!selection) return;
      await charts.select(selection);
      showCharts();
    },
    openRun: async (argument) => {
      const run = readRunRow(argument);
      if (run) await vscode.window.showTextDocument(vscode.Uri.file(run.path));
    },
    deleteRun: async (argument) => {
      const run = readRunRow(argument);
      if (!run || (await isKept(run, store))) return;
      await store.delete(run);
    },
  };
}

function readSelection(argument: unknown): ChartsSelection | undefined {
  const run = readRunRow(argument);
  if (run instanceof StoredRun) return { kind: 'run', run };
  return selectFile(readTarget(argument));
}

function selectFile(target: ReturnType<typeof readTarget>): ChartsSelection | undefined {
  if (!target) return undefined;
  return { kind: 'file', file: target.file, scenario: target.kind === 'file' ? undefined : target.scenario };
}

function readRunRow(argument: unknown): StoredRun | BrokenRun | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('run' in argument && argument.run instanceof StoredRun) return argument.run;
  return 'broken' in argument ? (argument.broken as BrokenRun) : undefined;
}

async function isKept(run: StoredRun | BrokenRun, store: RunStore): Promise<boolean> {
  if (store.isLive(run.path)) {
    await vscode.window.showInformationMessage(vscode.l10n.t('This run is still going on. Cancel it first.'));
    return true;
  }
  const remove = vscode.l10n.t('Delete Run');
  const message =
    run instanceof StoredRun
      ? vscode.l10n.t('Delete the run of {0} from {1}?', run.model, sayWhen(run.header.startedAt))
      : vscode.l10n.t('Delete this file, which holds no readable run?');
  const detail = vscode.l10n.t('Its answers are deleted from the disk: {0}', run.path);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, remove)) !== remove;
}
