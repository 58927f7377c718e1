/** What can be done with runs that were made. */
import * as vscode from 'vscode';
import type { ChartsSelection, ChartsSource } from '../chartsSource';
import { showInformation, showWarning } from '../messages';
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
  readonly runsView: { readonly selectedRuns: readonly StoredRun[] };
  /** Resolves when the store knows the runs there are. */
  readonly roots: { readonly whenListed: Promise<void> };
}

export function runFileCommands(parts: RunFileCommandParts): CommandTable {
  const { scenarios, store, charts, showCharts, runsView, roots } = parts;
  const open = async (selection: ChartsSelection): Promise<void> => {
    // The page loads while the runs are read.
    showCharts();
    await store.refresh();
    await charts.select(selection);
  };
  return {
    openCharts: async (argument, rows) => {
      const selection = readSelection(argument, rows) ?? selectFile(await chooseFile(scenarios));
      if (selection) await open(selection);
    },
    openRunCharts: async () => {
      await roots.whenListed;
      await store.refresh();
      const selected = runsView.selectedRuns;
      const runs = selected.length > 1 ? selected : pickNewestOfEachModel(store.list());
      if (runs.length > 0) await open(selectRuns(runs));
      else await showInformation(vscode.l10n.t('There is no run yet. Tick a model, then run a file.'));
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

/** `rows`: everything that is selected, where the command was called on one of several rows. */
function readSelection(argument: unknown, rows: unknown): ChartsSelection | undefined {
  const run = readRunRow(argument);
  if (!(run instanceof StoredRun)) return selectFile(readTarget(argument));
  const selected = Array.isArray(rows) ? rows.map(readRunRow) : [];
  return selectRuns(selected.includes(run) ? selected.filter((row) => row instanceof StoredRun) : [run]);
}

function selectRuns(runs: readonly StoredRun[]): ChartsSelection {
  return { kind: 'runs', paths: runs.map(({ path }) => path) };
}

/** `runs` newest first. */
function pickNewestOfEachModel(runs: readonly StoredRun[]): readonly StoredRun[] {
  const seen = new Set<string>();
  return runs.filter(({ model }) => !seen.has(model) && seen.add(model));
}

function selectFile(target: ReturnType<typeof readTarget>): ChartsSelection | undefined {
  if (!target) return undefined;
  return { kind: 'file', file: target.file, scenario: target.kind === 'file' ? undefined : target.scenario };
}

/** A row of the Runs view, or what stands for one. */
export function readRunRow(argument: unknown): StoredRun | BrokenRun | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('run' in argument && argument.run instanceof StoredRun) return argument.run;
  return 'broken' in argument ? (argument.broken as BrokenRun) : undefined;
}

async function isKept(run: StoredRun | BrokenRun, store: RunStore): Promise<boolean> {
  if (store.isLive(run.path)) {
    await showInformation(vscode.l10n.t('This run is still going on. Cancel it first.'));
    return true;
  }
  const remove = vscode.l10n.t('Delete Run');
  const message =
    run instanceof StoredRun
      ? vscode.l10n.t('Delete the run of {0} from {1}?', run.model, sayWhen(run.header.startedAt))
      : vscode.l10n.t('Delete this file, which holds no readable run?');
  const detail = vscode.l10n.t('Its answers are deleted from the disk: {0}', run.path);
  return (await showWarning(message, { modal: true, detail }, remove)) !== remove;
}
