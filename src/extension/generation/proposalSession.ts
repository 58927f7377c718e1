/** The proposals of one generation for one scenario file, under review. */
import * as vscode from 'vscode';
import type { GenerationHeader } from '../../core/generation/record';
import { shortenModelId } from '../../display/sentences';
import { readGeneration } from './generationJob';
import { type Acceptance, ProposalReview, type ReviewView } from './proposalReview';
import { proposalUri } from './proposalUri';

export class ProposalSession {
  private constructor(
    /** The file of proposals. */
    readonly path: string,
    /** The scenario file; proposals for others are left aside. */
    readonly file: vscode.Uri,
    /** Its text at this moment, on screen or on disk. */
    private readonly document: vscode.TextDocument,
    readonly header: GenerationHeader,
    readonly review: ProposalReview,
    private seen: ReviewView,
  ) {}

  /**
   * @param name The scenario file's path in the proposals.
   * @throws {RunFileError} where the file of proposals cannot be read; an error of the editor where the other cannot.
   */
  static async open(path: string, file: vscode.Uri, name: string): Promise<ProposalSession> {
    const { header, offered } = readGeneration(path);
    const document = await vscode.workspace.openTextDocument(file);
    const review = new ProposalReview(offered.filter(({ scenario }) => scenario.file === name));
    return new ProposalSession(path, file, document, header, review, review.view(document.getText()));
  }

  get key(): string {
    return JSON.stringify([this.path, this.file.toString()]);
  }

  get model(): string {
    return shortenModelId(this.header.model.id);
  }

  get view(): ReviewView {
    return this.seen;
  }

  /** The file as it is. */
  get text(): string {
    return this.document.getText();
  }

  uriOf(side: 'before' | 'after'): vscode.Uri {
    return proposalUri({ proposals: this.path, file: this.file.toString(), side });
  }

  answerUri(index: number): vscode.Uri {
    const candidate = this.review.get(index)?.chosen ?? 0;
    return proposalUri({ proposals: this.path, file: this.file.toString(), side: 'answer', index, candidate });
  }

  /** After a decision, or a change of the file. */
  look(): void {
    this.seen = this.review.view(this.text);
  }

  /** Takes proposals into the file in one step, unsaved. Nothing is taken where the editor refuses the change. */
  async accept(indices: readonly number[]): Promise<Acceptance> {
    const acceptance = this.review.accept(this.text, indices);
    if (acceptance.edits.length > 0) {
      const change = new vscode.WorkspaceEdit();
      const at = (offset: number) => this.document.positionAt(offset);
      const edits = acceptance.edits.map(({ offset, length, text }) =>
        vscode.TextEdit.replace(new vscode.Range(at(offset), at(offset + length)), text),
      );
      change.set(this.file, edits);
      if (!(await vscode.workspace.applyEdit(change))) {
        throw new Error(vscode.l10n.t('The editor did not take the change into {0}. Try again.', this.file.fsPath));
      }
    }
    this.review.markAccepted(acceptance.accepted);
    return acceptance;
  }
}
