/** A deck, or nothing but results, as the panel's content: judgements go to the session, questions to the folder. */
import * as vscode from 'vscode';
import type { FromReview, ToReview } from '../../protocol/review';
import { showError } from '../messages';
import type { ModelSeries } from '../models/modelSeries';
import { composeAgreement, composeRisks } from './composeResults';
import { exportCsv } from './exportCsv';
import type { ReviewFolder } from './reviewFolder';
import type { ReviewContent } from './reviewPanel';
import type { ReviewSession } from './reviewSession';

export interface ContentParts {
  readonly title: string;
  readonly folder: ReviewFolder;
  readonly series: ModelSeries;
}

type Message = Exclude<FromReview, { type: 'ready' }>;

/** Answers questions about what reviewers found. */
class ResultsContent implements ReviewContent {
  readonly title: string;

  constructor(protected readonly parts: ContentParts) {
    this.title = parts.title;
  }

  show(): ToReview {
    return { type: 'results', of: 'agreement', title: this.title };
  }

  async receive(message: Message): Promise<ToReview | undefined> {
    const { folder } = this.parts;
    if (message.type === 'exportCsv') await exportCsv(await folder.report(), message.of, folder.root);
    return message.type === 'ask' ? this.answer(message.for) : undefined;
  }

  close(): void {}

  /** Something of the reader's own is still to be rated. */
  protected get isUnfinished(): boolean {
    return false;
  }

  private async answer(what: 'agreement' | 'risks'): Promise<ToReview> {
    const { folder, series } = this.parts;
    const report = await folder.report();
    return what === 'agreement'
      ? { type: 'agreement', page: composeAgreement(report, folder.name, this.isUnfinished) }
      : { type: 'risks', counts: composeRisks(report, folder.name, (model) => series.indexOf(model)) };
  }
}

class DeckContent extends ResultsContent {
  constructor(
    parts: ContentParts,
    private readonly session: ReviewSession,
  ) {
    super(parts);
  }

  override show(): ToReview {
    return this.session.show();
  }

  override async receive(message: Message): Promise<ToReview | undefined> {
    if (message.type === 'rate' || message.type === 'code') {
      return { type: 'save', save: await this.session.judge(message) };
    }
    if (message.type === 'saveAgain') return { type: 'save', save: await this.session.save() };
    return super.receive(message);
  }

  override close(): void {
    if (this.session.unsaved > 0) void this.rescue();
  }

  protected override get isUnfinished(): boolean {
    return !this.session.isComplete;
  }

  /** The panel is gone, the judgements are not: somebody must hear of them until they are on the disk. */
  private async rescue(): Promise<void> {
    for (;;) {
      const { unsaved, reason } = await this.session.save();
      if (unsaved === 0) return;
      const again = vscode.l10n.t('Save Again');
      const message = vscode.l10n.t(
        '{0} judgements could not be written to {1}: {2}',
        unsaved,
        this.session.file,
        reason ?? '',
      );
      if ((await showError(message, again)) !== again) return;
    }
  }
}

export function showResults(parts: ContentParts): ReviewContent {
  return new ResultsContent(parts);
}

export function showDeck(parts: ContentParts, session: ReviewSession): ReviewContent {
  return new DeckContent(parts, session);
}
