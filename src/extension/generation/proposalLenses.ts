/** What can be done with proposals, above each of them and at the top of the file. */
import * as vscode from 'vscode';
import { rangeOf } from '../editor/ranges';
import { countStates, listClean, listOpen, type ShownPlace } from './proposalReview';
import type { ProposalSession } from './proposalSession';
import { readProposalUri } from './proposalUri';
import { sayCandidate, sayCounts, sayHead } from './proposalWords';

const { t } = vscode.l10n;

type Action = readonly [title: string, command: string, tooltip?: string];

export class ProposalLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly find: (document: vscode.Uri) => ProposalSession | undefined) {}

  refresh(): void {
    this.changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const session = this.find(document.uri);
    if (!session || readProposalUri(document.uri)?.side !== 'after') return [];
    // The document follows the view a moment later, and asks again then.
    if (document.getText() !== session.view.text) return [];
    const lenses = this.listForAll(session);
    for (const shown of session.view.places) {
      const at = shown.range ? rangeOf(document, shown.range) : new vscode.Range(0, 0, 0, 0);
      const line = new vscode.Range(at.start.line, 0, at.start.line, 0);
      const said = new vscode.CodeLens(line, { title: sayHead(shown, t), command: '' });
      // A number names the proposal, so that nothing a model wrote travels in a command.
      const actions = [...listActions(shown), ...listTurns(shown)].map(([title, command, tooltip]) =>
        lens(line, title, command, [document.uri, shown.place.index], tooltip),
      );
      // Beside a block that is there to be read, what can be done comes first: a long line is cut off at its end.
      lenses.push(...(shown.state === 'open' ? [...actions, said] : [said, ...actions]));
    }
    return lenses;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private listForAll(session: ProposalSession): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    const uri = session.uriOf('after');
    const head = `${sayCounts(countStates(session.view), t)} · ${session.model.replaceAll('$(', '$ (')}`;
    const lenses = [new vscode.CodeLens(top, { title: head, command: '' })];
    const clean = listClean(session.view).length;
    if (clean > 0) lenses.push(lens(top, t('$(check-all) Accept All ({0})', clean), 'acceptAllProposals', [uri]));
    if (listOpen(session.view).length > 0) lenses.push(lens(top, t('Reject All'), 'rejectAllProposals', [uri]));
    return lenses;
  }
}

function listActions({ state }: ShownPlace): Action[] {
  const again: Action = [t('Regenerate'), 'regenerateProposal'];
  const answer: Action = [t('Show Answer'), 'showProposedAnswer'];
  switch (state) {
    case 'open':
      return [
        [t('$(check) Accept'), 'acceptProposal'],
        [t('Edit…'), 'editProposal'],
        [t('Reject'), 'rejectProposal'],
        again,
      ];
    case 'unusable':
      return [answer, again, [t('Write It…'), 'editProposal'], [t('Dismiss'), 'rejectProposal']];
    case 'unplaced':
      return [
        [t('Why?'), 'explainProposal'],
        [t('Dismiss'), 'rejectProposal'],
      ];
    case 'rejected':
      return [[t('Take Back'), 'reopenProposal']];
    case 'accepted':
      return [];
  }
}

/** "‹ | variant 5 (6 of 8) ›", where there is a choice. */
function listTurns({ place, state }: ShownPlace): Action[] {
  if (place.candidates.length < 2 || state === 'accepted' || state === 'rejected') return [];
  return [
    ['$(chevron-left)', 'previousProposal', t('Previous variant')],
    [`${sayCandidate(place, t)} $(chevron-right)`, 'nextProposal', t('Next variant')],
  ];
}

function lens(
  range: vscode.Range,
  title: string,
  command: string,
  args: readonly unknown[],
  tooltip?: string,
): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, tooltip, command: `valueActionLens.${command}`, arguments: [...args] });
}
