/** Going on with runs that were made. */
import * as vscode from 'vscode';
import { shortenModelId } from '../../display/sentences';
import { listOpenBatches } from '../../engine/batch/ledger';
import { showInformation } from '../messages';
import type { RunController } from '../runs/runController';
import type { RunDesk } from '../runs/runDesk';
import { countMissing, hasFailures, isIncomplete } from '../runs/runState';
import type { RunStore } from '../runs/runStore';
import { StoredRun } from '../runs/storedRun';
import type { Wanted } from '../runs/whatIsLeft';
import { sayWhen } from '../words';
import type { CommandTable } from './commandTable';
import { readRunRow } from './runFileCommands';

export interface ResumeCommandParts {
  readonly store: RunStore;
  readonly desk: RunDesk;
  readonly controller: RunController;
}

/** A history of hundreds is not read to be offered. */
const OFFERED_RUNS = 50;

export function resumeCommands({ store, desk, controller }: ResumeCommandParts): CommandTable {
  const goOn = (wanted: Wanted) => async (argument: unknown, rows: unknown) => {
    const row = readRunRow(argument);
    const runs = row instanceof StoredRun ? readSelected(row, rows) : await chooseRun(store, wanted);
    const [only] = runs;
    const way = runs.length === 1 && only ? await chooseWay(only) : 'go-on';
    if (way === 'go-on') await desk.resume(runs, wanted);
    if (way === 'give-up' && only) await desk.giveUpBatches(only);
  };
  return {
    resumeRun: goOn('missing'),
    retryFailed: goOn('failed'),
    giveUpBatch: async (argument) => {
      const run = readRunRow(argument);
      if (run instanceof StoredRun) await desk.giveUpBatches(run);
    },
    stopRun: (argument) => {
      const run = readRunRow(argument);
      if (run) controller.stop(run.path);
    },
  };
}

/** Every selected run, where the command was called on one of them. */
function readSelected(run: StoredRun, rows: unknown): readonly StoredRun[] {
  const selected = Array.isArray(rows) ? rows.map(readRunRow).filter((row) => row instanceof StoredRun) : [];
  return selected.includes(run) ? selected : [run];
}

/** A batch that is still out can be waited for or given up. */
async function chooseWay({ path }: StoredRun): Promise<'go-on' | 'give-up' | undefined> {
  const open = await listOpenBatches(path);
  if (open.length === 0) return 'go-on';
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Fetch the answers of the batch'), description: open.join(', '), way: 'go-on' as const },
      { label: vscode.l10n.t('Give the batch up'), way: 'give-up' as const },
    ],
    { placeHolder: vscode.l10n.t('Requests of this run are with the endpoint as a batch') },
  );
  return picked?.way;
}

async function chooseRun(store: RunStore, wanted: Wanted): Promise<readonly StoredRun[]> {
  await store.refresh();
  const recent = store.list().slice(0, OFFERED_RUNS);
  await Promise.all(recent.map((run) => store.read(run)));
  const open = recent.filter(
    (run) => !store.isLive(run.path) && (wanted === 'missing' ? isIncomplete : hasFailures)(run),
  );
  if (open.length === 0) {
    void showInformation(
      wanted === 'missing'
        ? vscode.l10n.t('Every run is complete: there is nothing to resume.')
        : vscode.l10n.t('No run has a failed request.'),
    );
    return [];
  }
  const picked = await vscode.window.showQuickPick(
    open.map((run) => ({
      label: shortenModelId(run.model),
      description: sayWhen(run.header.startedAt),
      detail:
        wanted === 'missing'
          ? vscode.l10n.t('{0} of {1} not asked', countMissing(run), run.summary?.planned ?? 0)
          : vscode.l10n.t('{0} failures', run.summary?.failures ?? 0),
      run,
    })),
    { placeHolder: wanted === 'missing' ? vscode.l10n.t('Go on with which run?') : vscode.l10n.t('Retry which run?') },
  );
  return picked ? [picked.run] : [];
}
