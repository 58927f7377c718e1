/** Shows proposals as VS Code's own diff: the file against the file with proposals, with what can be done above each. */
import path from 'node:path';
import * as vscode from 'vscode';
import { isClean } from '../../core/generation/checks';
import { proposalDirectoryOf } from '../../engine/runDirectory';
import { rangeOf } from '../editor/ranges';
import { SCHEMES } from '../names';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import { throttle } from '../throttle';
import { ProposalLenses } from './proposalLenses';
import { countStates, listOpen, type ShownPlace } from './proposalReview';
import { ProposalSession } from './proposalSession';
import { type ProposalPlace, readProposalUri } from './proposalUri';
import { sayCounts } from './proposalWords';

/** Somebody types in the file while its proposals are open. */
const FOLLOW_MS = 150;

export class ProposalPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly sessions = new Map<string, ProposalSession>();
  private readonly findings = vscode.languages.createDiagnosticCollection('value-action-proposals');
  private readonly status = vscode.window.createStatusBarItem(
    'valueActionLens.proposals',
    vscode.StatusBarAlignment.Left,
  );
  private readonly lenses = new ProposalLenses((uri) => this.find(uri));
  private readonly follow = throttle(() => this.lookAgain(), FOLLOW_MS);
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly scenarios: ScenarioFiles) {
    this.status.name = vscode.l10n.t('Proposed Actions');
    this.subscriptions = [
      this.changed,
      this.findings,
      this.status,
      this.lenses,
      this.follow,
      vscode.languages.registerCodeLensProvider({ scheme: SCHEMES.proposals }, this.lenses),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === SCHEMES.proposals) this.showFindings(document);
        else if (this.listAbout(document.uri).length > 0) this.follow.request();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => this.showFindings(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.findings.delete(uri)),
      vscode.window.onDidChangeActiveTextEditor(() => this.showStatus()),
    ];
  }

  /** @throws {RunFileError} where the proposals cannot be read. */
  async open(proposals: string, file: vscode.Uri): Promise<ProposalSession> {
    const session = await this.read(proposals, file);
    this.update(session);
    const name = this.scenarios.nameOf(file);
    const title = vscode.l10n.t('{0}: proposals of {1}', name, session.model);
    await vscode.commands.executeCommand('vscode.diff', session.uriOf('before'), session.uriOf('after'), title, {
      preview: false,
    });
    this.showStatus();
    return session;
  }

  /** The session of a document of proposals; undefined for any other. */
  find(uri: vscode.Uri | undefined): ProposalSession | undefined {
    const place = uri && readProposalUri(uri);
    return place && this.sessions.get(JSON.stringify([place.proposals, place.file]));
  }

  /** After a decision. */
  update(session: ProposalSession): void {
    session.look();
    for (const side of ['before', 'after'] as const) this.changed.fire(session.uriOf(side));
    this.lenses.refresh();
    this.showStatus();
  }

  /** Diffs outlive a reload of the window, and so do the files they were made from. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const place = readProposalUri(uri);
    if (!place) return '';
    try {
      const session = this.find(uri) ?? (await this.restore(place));
      if (place.side === 'before') return session.text;
      if (place.side === 'after') return session.view.text;
      return session.review.get(place.index ?? 0)?.candidates[place.candidate ?? 0]?.offered.proposal.raw ?? '';
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return vscode.l10n.t('These proposals cannot be shown. {0}', reason);
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** An address may come from anybody: only proposals that lie where this editor puts them are read. */
  private restore({ proposals, file }: ProposalPlace): Promise<ProposalSession> {
    const uri = vscode.Uri.parse(file, true);
    if (path.dirname(proposals) !== proposalDirectoryOf(this.scenarios.rootOf(uri))) {
      throw new Error(vscode.l10n.t('They do not belong to the folder of {0}.', uri.fsPath));
    }
    return this.read(proposals, uri);
  }

  private async read(proposals: string, file: vscode.Uri): Promise<ProposalSession> {
    const session = await ProposalSession.open(proposals, file, this.scenarios.nameOf(file));
    const known = this.sessions.get(session.key);
    // Both sides of a diff are asked for at once.
    if (known && known.review.places.length === session.review.places.length) return known;
    this.sessions.set(session.key, session);
    this.lenses.refresh();
    return session;
  }

  private listAbout(file: vscode.Uri): ProposalSession[] {
    const key = file.toString();
    return [...this.sessions.values()].filter((session) => session.file.toString() === key);
  }

  private lookAgain(): void {
    for (const session of this.sessions.values()) if (session.view.source !== session.text) this.update(session);
  }

  private showFindings(document: vscode.TextDocument): void {
    const session = this.find(document.uri);
    if (!session || document.getText() !== session.view.text) return;
    if (readProposalUri(document.uri)?.side !== 'after') return;
    this.findings.set(
      document.uri,
      session.view.places.flatMap((shown) => listDiagnostics(document, shown)),
    );
  }

  private showStatus(): void {
    const session = this.find(vscode.window.activeTextEditor?.document.uri);
    if (!session) {
      this.status.hide();
      return;
    }
    const counts = countStates(session.view);
    this.status.text = `$(sparkle) ${sayCounts(counts, vscode.l10n.t)}`;
    this.status.tooltip = vscode.l10n.t('Actions that {0} proposes for this file', session.model);
    this.status.accessibilityInformation = { label: sayCounts(counts, vscode.l10n.t) };
    this.status.show();
    const isOpen = listOpen(session.view).length > 0;
    void vscode.commands.executeCommand('setContext', 'valueActionLens.proposalsOpen', isOpen);
  }
}

function listDiagnostics(document: vscode.TextDocument, { state, range, findings, reason }: ShownPlace) {
  if (!range || state === 'accepted' || state === 'rejected') return [];
  const { Information, Warning } = vscode.DiagnosticSeverity;
  const at = rangeOf(document, range);
  const told = reason === undefined ? findings : [{ code: 'unplaced', message: reason } as const];
  return told.map(({ code, message }) => {
    const isNote = code !== 'unplaced' && isClean([{ code, message }]);
    const diagnostic = new vscode.Diagnostic(at, message, isNote ? Information : Warning);
    diagnostic.source = vscode.l10n.t('Proposed action');
    diagnostic.code = code;
    return diagnostic;
  });
}
