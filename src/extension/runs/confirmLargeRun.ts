/** Asks before a run that is larger than the settings allow unasked. */
import * as vscode from 'vscode';
import { describeEstimate, type TotalEstimate } from './runEstimate';

export async function confirmLargeRun(estimate: TotalEstimate): Promise<boolean> {
  const run = vscode.l10n.t('Run');
  const detail = vscode.l10n.t(
    '{0}. The setting “valueActionLens.run.askAbove” says from where on you are asked.',
    describeEstimate(estimate, vscode.l10n.t),
  );
  const message = vscode.l10n.t('Send {0} requests?', estimate.toAsk.toLocaleString('en'));
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, run)) === run;
}
