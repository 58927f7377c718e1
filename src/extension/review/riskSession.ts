/** One reviewer codes the gaps of one run: none, or one of the risks. */
import { formatRisk, nameCodedItem, type RiskCoding } from '../../core/review/risk';
import type { CodedGap, SaveState, ToReview } from '../../protocol/review';
import type { RunGap } from './gapsOfRun';
import { JudgementLog } from './judgementLog';
import type { DeckHead, Judgement, ReviewSession } from './reviewSession';

export interface RiskDeck extends DeckHead {
  /** Whose gaps, and which run shows them. */
  readonly model: string;
  readonly run: string;
  readonly gaps: readonly RunGap[];
  /** The reviewer's own codings so far, the latest for each gap; others are left out. */
  readonly codings: readonly RiskCoding[];
}

export class RiskSession implements ReviewSession {
  private readonly log: JudgementLog<RiskCoding>;
  private readonly gaps: readonly CodedGap[];

  constructor(
    /** Absolute path of the reviewer's file. */
    readonly file: string,
    private readonly deck: RiskDeck,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.log = new JudgementLog(file, formatRisk);
    const known = new Map(
      deck.codings
        .filter(({ reviewer }) => reviewer === deck.reviewer)
        .map((coding) => [nameCodedItem(coding), coding.risk]),
    );
    this.gaps = deck.gaps.map(({ item, ...gap }) => {
      const risk = known.get(nameCodedItem({ item, model: deck.model, run: deck.run }));
      return { ...gap, model: deck.model, ...(risk !== undefined && { risk }) };
    });
  }

  get unsaved(): number {
    return this.log.unsaved;
  }

  get isComplete(): boolean {
    return this.gaps.every(({ risk }) => risk !== undefined);
  }

  show(): ToReview {
    const { key, title, reviewer, file, notes } = this.deck;
    const save = { unsaved: this.log.unsaved };
    return { type: 'gaps', key, title, reviewer, file, notes: [...notes], gaps: [...this.gaps], save };
  }

  judge(judgement: Judgement): Promise<SaveState> {
    const gap = judgement.type === 'code' ? this.deck.gaps[judgement.at] : undefined;
    const shown = this.gaps[judgement.at];
    if (judgement.type !== 'code' || !gap || !shown) return this.log.save();
    const { risk } = judgement;
    shown.risk = risk;
    const { reviewer, model, run } = this.deck;
    return this.log.add({ type: 'risk', item: gap.item, model, run, reviewer, risk, at: this.now().toISOString() });
  }

  save(): Promise<SaveState> {
    return this.log.save();
  }
}
