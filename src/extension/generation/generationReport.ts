/** How a generation ended, in one notification with the step that comes next. */
import * as vscode from 'vscode';
import { shortenModelId } from '../../display/sentences';
import type { ModelErrorCode } from '../../models/client';
import { showError, showWarning } from '../messages';
import type { FinishedAssignment } from '../runs/assignmentDesk';
import { countStates } from './proposalReview';
import type { ProposalSession } from './proposalSession';
import { sayCounts } from './proposalWords';

const { t } = vscode.l10n;

/** @param session Where something was answered and is shown. */
export async function tellGeneration(
  model: string,
  finished: FinishedAssignment,
  session: ProposalSession | undefined,
  resume: () => Promise<void>,
): Promise<void> {
  const { outcome, errorCode, firstFailure } = finished;
  const { status, done, failed, total } = outcome;
  const name = shortenModelId(model);
  // What went well is on screen and in the status bar, and needs no words.
  const said: string[] = [];
  if (session) said.push(`${name}: ${sayCounts(countStates(session.view), t)}.`);
  if (status === 'canceled') said.push(t('Cancelled after {0} of {1} requests; answers are kept.', done, total));
  if (status === 'stopped') said.push(outcome.reason ?? '');
  if (failed > 0) said.push(t('{0} of {1} requests failed: {2}', failed, total, firstFailure ?? ''));
  if (status === 'done') return;
  const help = errorCode && HELP[errorCode];
  const goOn = t('Resume');
  const log = t('Show Log');
  const isBad = status === 'stopped' && !session;
  const show = isBad ? showError : showWarning;
  const buttons = [...(help ? [help.title] : []), ...(done - failed < total ? [goOn] : []), log];
  const answer = await show(said.filter(Boolean).join(' '), ...buttons);
  if (answer === goOn) await resume();
  else if (answer === log) await vscode.commands.executeCommand('valueActionLens.showLog');
  else if (help && answer === help.title) {
    await vscode.commands.executeCommand(`valueActionLens.${help.command}`, { model });
  }
}

const HELP: Partial<Record<ModelErrorCode, { readonly title: string; readonly command: string }>> = {
  unauthorized: { title: t('Set API Key…'), command: 'setKey' },
  forbidden: { title: t('Set API Key…'), command: 'setKey' },
  'unknown-model': { title: t('Choose Models…'), command: 'chooseModels' },
  unreachable: { title: t('Test Connection'), command: 'testConnection' },
};
