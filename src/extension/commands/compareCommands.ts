/** Pinning the run that later ones are compared with. */
import * as vscode from 'vscode';
import type { PinnedBaseline } from '../compare/pinnedBaseline';
import type { RunStore } from '../runs/runStore';
import { StoredRun } from '../runs/storedRun';
import { sayGaps, sayWhen } from '../words';
import type { CommandTable } from './commandTable';
import { readRunRow } from './runFileCommands';

export interface CompareCommandParts {
  readonly store: RunStore;
  readonly baseline: PinnedBaseline;
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
  };
}

/** Newest first; undefined where the user leaves, or there is none. */
export async function pickRun(
  { store, roots }: Omit<CompareCommandParts, 'baseline'>,
  placeHolder: string,
): Promise<StoredRun | undefined> {
  await roots.whenListed;
  await store.refresh();
  const runs = store.list();
  if (runs.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is no run yet. Tick a model, then run a file.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    runs.map((run) => ({
      label: run.model,
      description: [sayWhen(run.header.startedAt), run.summary && sayGaps(run.summary.gaps)]
        .filter(Boolean)
        .join(' · '),
      run,
    })),
    { placeHolder },
  );
  return picked?.run;
}
