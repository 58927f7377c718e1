/** Generating actions, and deciding about what was proposed. */
import * as vscode from 'vscode';
import { shortenModelId } from '../../display/sentences';
import { editProposal } from '../generation/editProposal';
import type { GenerationDesk, GenerationWish } from '../generation/generationDesk';
import type { ProposalPages } from '../generation/proposalPages';
import { listClean, listOpen } from '../generation/proposalReview';
import type { ProposalSession } from '../generation/proposalSession';
import { showInformation, showWarning } from '../messages';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import { readTarget, type Target } from '../scenarios/target';
import { sayWhen } from '../words';
import type { CommandTable } from './commandTable';
import { chooseFile } from './runCommands';

export interface GenerateCommandParts {
  readonly scenarios: ScenarioFiles;
  readonly generationDesk: GenerationDesk;
  readonly proposalPages: ProposalPages;
}

export function generateCommands({ scenarios, generationDesk, proposalPages }: GenerateCommandParts): CommandTable {
  const withSession = <T>(argument: unknown, act: (session: ProposalSession) => T): T | undefined => {
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    const session = proposalPages.find(uri);
    return session && act(session);
  };
  /** The proposal that a lens names, or the one at the cursor. */
  const withPlace = async (
    argument: unknown,
    index: unknown,
    act: (session: ProposalSession, index: number) => Promise<unknown> | unknown,
  ): Promise<void> => {
    await withSession(argument, async (session) => {
      const at = typeof index === 'number' ? index : findAtCursor(session);
      if (at !== undefined && session.review.get(at)) await act(session, at);
    });
  };
  const decide =
    (act: (session: ProposalSession, index: number) => Promise<unknown> | unknown) =>
    (argument: unknown, index: unknown) =>
      withPlace(argument, index, async (session, at) => {
        await act(session, at);
        proposalPages.update(session);
      });
  const chooseTarget = async (argument: unknown): Promise<Target | undefined> => {
    const shown = withSession(undefined, ({ file }) => ({ kind: 'file', file }) as const);
    return readTarget(argument) ?? shown ?? (await chooseFile(scenarios));
  };
  return {
    generateActions: async (argument, options) => {
      const target = await chooseTarget(argument);
      if (target) await generationDesk.generate(target, readWish(options));
    },
    reviewProposals: async (argument) => {
      const target = await chooseTarget(argument);
      if (!target) return;
      const rows = generationDesk.listAbout(target.file).map((stored) => ({
        label: shortenModelId(stored.header.model.id).replaceAll('$(', '$ ('),
        description: `${sayWhen(stored.header.startedAt)} · ${vscode.l10n.t('{0} of {1} answered', stored.answered.size, stored.total)}`,
        stored,
      }));
      if (rows.length === 0) {
        void showInformation(vscode.l10n.t('Nothing was proposed for this file yet. Generate actions first.'));
        return;
      }
      const placeHolder = vscode.l10n.t('Which proposals?');
      const picked = rows.length === 1 ? rows[0] : await vscode.window.showQuickPick(rows, { placeHolder });
      if (picked) await proposalPages.open(picked.stored.path, target.file);
    },
    acceptProposal: decide((session, index) => accept(session, [index])),
    acceptAllProposals: (argument) =>
      withSession(argument, async (session) => {
        await accept(session, listClean(session.view));
        proposalPages.update(session);
        const left = listOpen(session.view).length;
        if (left > 0) {
          vscode.window.setStatusBarMessage(
            vscode.l10n.t('{0} left, which want a look: accept or reject them one by one.', left),
            8000,
          );
        }
      }),
    rejectProposal: decide((session, index) => session.review.reject([index])),
    rejectAllProposals: (argument) => {
      withSession(argument, (session) => {
        session.review.reject(listOpen(session.view));
        proposalPages.update(session);
      });
    },
    reopenProposal: decide((session, index) => session.review.reopen(index)),
    editProposal: decide(async (session, index) => {
      const place = session.review.get(index);
      const text = place && (await editProposal(place));
      if (text !== undefined) session.review.edit(index, text);
    }),
    nextProposal: decide((session, index) => session.review.turn(index, 1)),
    previousProposal: decide((session, index) => session.review.turn(index, -1)),
    regenerateProposal: (argument, index) =>
      withPlace(argument, index, (session, at) => generationDesk.regenerate(session, [at])),
    regenerateAllProposals: (argument) =>
      withSession(argument, (session) => generationDesk.regenerate(session, listOpen(session.view))),
    showProposedAnswer: (argument, index) =>
      withPlace(argument, index, (session, at) =>
        vscode.window.showTextDocument(session.answerUri(at), { viewColumn: vscode.ViewColumn.Beside, preview: true }),
      ),
    explainProposal: (argument, index) =>
      withPlace(argument, index, (session, at) => {
        const reason = session.view.places[at]?.reason;
        if (reason) void showWarning(reason);
      }),
    undoAcceptedProposals: (argument) =>
      withSession(argument, async (session) => {
        await vscode.window.showTextDocument(session.file);
        await vscode.commands.executeCommand('undo');
      }),
  };
}

async function accept(session: ProposalSession, indices: readonly number[]): Promise<void> {
  const { unplaced } = await session.accept(indices);
  const [first] = unplaced;
  if (!first) return;
  const more = unplaced.length > 1 ? ` ${vscode.l10n.t('{0} more do not fit either.', unplaced.length - 1)}` : '';
  void showWarning(first.reason + more);
}

/** The nearest to the cursor among those that can be decided. */
function findAtCursor({ view }: ProposalSession): number | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const offset = editor.document.offsetAt(editor.selection.active);
  const near = view.places
    .filter(({ state, range }) => range && state !== 'accepted')
    .map(({ place, range }) => ({ index: place.index, away: distance(offset, range) }))
    .sort((a, b) => a.away - b.away);
  return near[0]?.index;
}

function distance(offset: number, range?: { readonly start: number; readonly end: number }): number {
  if (!range) return Number.POSITIVE_INFINITY;
  return Math.max(0, range.start - offset, offset - range.end);
}

/** A keybinding or another extension may say what would be asked: `{ "model": "ollama/llama3.2", "variants": [5] }`. */
function readWish(options: unknown): GenerationWish {
  if (typeof options !== 'object' || options === null) return {};
  const { model, variants, replace } = options as Record<string, unknown>;
  const isVariant = (one: unknown) => Number.isInteger(one) && Number(one) >= 0 && Number(one) <= 7;
  return {
    ...(typeof model === 'string' && { model }),
    ...(Array.isArray(variants) && variants.length > 0 && variants.every(isVariant) && { variants }),
    ...(typeof replace === 'boolean' && { replace }),
  };
}
