/** Pinning the run that later ones are compared with, and showing two runs side by side. */
import * as vscode from 'vscode';
import type { ComparisonPanel } from '../compare/comparisonPanel';
import type { PinnedBaseline } from '../compare/pinnedBaseline';
import { showInformation } from '../messages';
import type { RunStore } from '../runs/runStore';
import { StoredRun } from '../runs/storedRun';
import { sayGaps, sayWhen } from '../words';
import type { CommandTable } from './commandTable';
import { readRunRow } from './runFileCommands';

export interface CompareCommandParts {
  readonly store: RunStore;
  readonly baseline: PinnedBaseline;
  readonly comparison: ComparisonPanel;
  readonly runsView: { readonly selectedRuns: readonly StoredRun[] };
  readonly roots: { readonly whenListed: Promise<void> };
}

export function compareCommands(parts: CompareCommandParts): CommandTable {
  const { baseline } = parts;
  return {
    pinBaseline: async (argument) => {
      const row = readRunRow(argument);
      const run =
        row instanceof StoredRun ? row : await pickRun(parts, vscode.l10n.t('Compare later runs with which?'));
      if (run) await baseline.pin(run);
    },
    unpinBaseline: () => baseline.unpin(),
    compareRuns: async (argument, rows) => {
      const pair = await choosePair(parts, readRuns(argument, rows));
      if (pair) await parts.comparison.show(...pair);
    },
  };
}

/** Of one row, or of all that are selected where it is one of several; from the palette, what is selected in the view. */
function readRuns(argument: unknown, rows: unknown): readonly StoredRun[] {
  const run = readRunRow(argument);
  if (!(run instanceof StoredRun)) return [];
  const selected = (Array.isArray(rows) ? rows.map(readRunRow) : []).filter((row) => row instanceof StoredRun);
  return selected.includes(run) ? selected : [run];
}

/**
 * Baseline first. Two selected runs: the older one is the baseline. One: it is held against the pinned baseline, or
 * against a run that the user chooses.
 */
async function choosePair(
  parts: CompareCommandParts,
  given: readonly StoredRun[],
): Promise<[StoredRun, StoredRun] | undefined> {
  const chosen = given.length > 0 ? given : parts.runsView.selectedRuns;
  const [first, second, ...others] = chosen.toSorted(byStart);
  if (others.length > 0) {
    await showInformation(vscode.l10n.t('Two runs can be compared. Select two in the Runs view.'));
    return undefined;
  }
  if (first && second) return [first, second];
  const run = first ?? (await pickRun(parts, vscode.l10n.t('Which run?')));
  if (!run) return undefined;
  const pinned = parts.baseline.run;
  if (pinned && !parts.baseline.isPinned(run)) return [pinned, run];
  const other = await pickRun(parts, vscode.l10n.t('Compare it with which run?'), run);
  if (!other) return undefined;
  return byStart(other, run) <= 0 ? [other, run] : [run, other];
}

function byStart(a: StoredRun, b: StoredRun): number {
  return a.header.startedAt.localeCompare(b.header.startedAt);
}

/** Newest first; undefined where the user leaves, or there is none. */
export async function pickRun(
  { store, roots }: Pick<CompareCommandParts, 'store' | 'roots'>,
  placeHolder: string,
  without?: StoredRun,
): Promise<StoredRun | undefined> {
  await roots.whenListed;
  await store.refresh();
  const runs = store.list().filter((run) => run.path !== without?.path);
  if (runs.length === 0) {
    await showInformation(vscode.l10n.t('There is no run yet. Tick a model, then run a file.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    runs.map((run) => ({
      label: run.model,
      description: [sayWhen(run.header.startedAt, 'seconds'), run.summary && sayGaps(run.summary.gaps)]
        .filter(Boolean)
        .join(' · '),
      run,
    })),
    { placeHolder },
  );
  return picked?.run;
}
