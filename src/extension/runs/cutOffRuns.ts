/** When a window opens: says once, quietly, which runs the window before it left in the middle. */
import * as vscode from 'vscode';
import { shortenModelId } from '../../display/sentences';
import { showInformation } from '../messages';
import type { RunDesk } from './runDesk';
import { countMissing, isIncomplete } from './runState';
import type { RunStore } from './runStore';
import type { RunsUnderWay } from './runsUnderWay';
import type { StoredRun } from './storedRun';

/** @param whenListed Resolves when the store knows the runs of the workspace. */
export async function offerCutOffRuns(
  underWay: RunsUnderWay,
  store: RunStore,
  desk: () => Promise<RunDesk>,
  whenListed: Promise<void>,
): Promise<void> {
  if (underWay.cutOff.length === 0) return;
  await whenListed;
  const runs = underWay.cutOff.flatMap((path) => store.get(path) ?? []);
  await Promise.all(runs.map((run) => store.read(run)));
  const open = runs.filter(isIncomplete);
  if (open.length === 0 || !vscode.workspace.isTrusted) return;
  const resume = vscode.l10n.t('Resume');
  const answer = await showInformation(describe(open), resume);
  if (answer === resume) await (await desk()).resume(open, 'missing');
}

function describe(runs: readonly StoredRun[]): string {
  const missing = runs.reduce((sum, run) => sum + countMissing(run), 0);
  const planned = runs.reduce((sum, { summary }) => sum + (summary?.planned ?? 0), 0);
  const [only] = runs;
  return runs.length === 1 && only
    ? vscode.l10n.t(
        'The run of {0} was cut off when its window closed: {1} of {2} requests are not answered yet.',
        shortenModelId(only.model),
        missing,
        planned,
      )
    : vscode.l10n.t(
        '{0} runs were cut off when their window closed: {1} of {2} requests are not answered yet.',
        runs.length,
        missing,
        planned,
      );
}
