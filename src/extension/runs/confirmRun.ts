/** Asks before a run that is larger than the settings allow unasked, and before every batch. */
import * as vscode from 'vscode';
import { showWarning } from '../messages';
import { describeEstimate, type TotalEstimate } from './runEstimate';

export async function confirmRun(estimate: TotalEstimate, asBatch: boolean): Promise<boolean> {
  const run = asBatch ? vscode.l10n.t('Send as Batch') : vscode.l10n.t('Run');
  const requests = estimate.ask.toLocaleString('en');
  const message = asBatch
    ? vscode.l10n.t('Send {0} requests as a batch?', requests)
    : vscode.l10n.t('Send {0} requests?', requests);
  const why = asBatch
    ? vscode.l10n.t(
        'The endpoint answers a batch in its own time, which may take up to a day. It goes on without this window: resume the run to fetch the answers.',
      )
    : vscode.l10n.t('The setting “valueActionLens.run.askAbove” says from where on you are asked.');
  const detail = `${describeEstimate(estimate, vscode.l10n.t)}\n\n${why}`;
  return (await showWarning(message, { modal: true, detail }, run)) === run;
}
