/** Somebody changes the words of a proposal, or writes the action that a model did not. */
import * as vscode from 'vscode';
import { checkAnswer, isClean } from '../../core/generation/checks';
import { chosenOf, type ProposedPlace } from './proposalReview';

/** The new action, or undefined where nothing is to change. */
export async function editProposal(place: ProposedPlace): Promise<string | undefined> {
  const { answer } = chosenOf(place).proposal;
  const before = answer.kind === 'action' ? answer.action : '';
  const { polarity, value } = place;
  const text = await vscode.window.showInputBox({
    title:
      polarity === 'agree'
        ? vscode.l10n.t('Action that agrees with {0}', value)
        : vscode.l10n.t('Action that disagrees with {0}', value),
    prompt: vscode.l10n.t('One sentence in the first person, at most 50 words. It is proposed in these words then.'),
    value: before,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      if (typed.trim() === '') return vscode.l10n.t('Write an action.');
      const read = { kind: 'action', action: typed, attributions: [], repaired: false } as const;
      const { findings } = checkAnswer(read, polarity);
      if (isClean(findings)) return undefined;
      const message = findings.map((finding) => finding.message).join(' ');
      return { message, severity: vscode.InputBoxValidationSeverity.Warning };
    },
  });
  const action = text?.replace(/\s+/g, ' ').trim();
  return action === undefined || action === before ? undefined : action;
}
