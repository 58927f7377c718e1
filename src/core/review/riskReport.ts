/** How often people saw which risk in misaligned items, by type and by model. */
import { computeAgreement, computeFleissKappa, type FleissKappa, toFleissNumbers, voteMajority } from './agreement';
import { nameCodedItem, RISK_TYPES, type RiskCoding, type RiskLevel, type RiskType } from './risk';

export interface RiskCounts {
  /** Items that somebody coded. */
  readonly coded: number;
  /** Items in which most saw none of the ten. */
  readonly none: number;
  /** Items without a most frequent answer. */
  readonly tie: number;
  /** Items in which most saw this risk; in the order of `RISK_TYPES`. */
  readonly types: readonly { readonly type: RiskType; readonly level: RiskLevel; readonly items: number }[];
}

export interface RiskReport extends RiskCounts {
  readonly reviewers: readonly string[];
  /** By the model whose gaps they are, in order of name; null where nobody knows. */
  readonly byModel: readonly (RiskCounts & { readonly model: string | null })[];
  /** Share of pairs of codings of the same item that agree. */
  readonly agreement: number | null;
  /** Over the eleven answers, for two people and for more. */
  readonly kappa: FleissKappa;
}

/** None, then each type. */
const ANSWERS: readonly (RiskType | null)[] = [null, ...RISK_TYPES.map(({ type }) => type)];

/** @param codings At most one for each reviewer and item; see `foldRisks`. */
export function reportRisks(codings: readonly RiskCoding[]): RiskReport {
  const items = new Map<string, { model: string | null; counts: number[] }>();
  for (const coding of codings) {
    const name = nameCodedItem(coding);
    const item = items.get(name) ?? { model: coding.model, counts: ANSWERS.map(() => 0) };
    item.counts[ANSWERS.indexOf(coding.risk)]!++;
    items.set(name, item);
  }
  const all = [...items.values()];
  const models = [...new Set(all.map(({ model }) => model))].sort(compareNames);
  const reviewers = [...new Set(codings.map(({ reviewer }) => reviewer))].sort(compareNames);
  const table = all.map(({ counts }) => counts);
  const kappa = computeFleissKappa(table);
  return {
    ...countRisks(table),
    reviewers,
    byModel: models.map((model) => ({
      model,
      ...countRisks(all.filter((item) => item.model === model).map(({ counts }) => counts)),
    })),
    agreement: computeAgreement(sumPairs(table)),
    kappa: reviewers.length < 2 ? { ...kappa, why: 'one-reviewer' } : kappa,
  };
}

function countRisks(table: readonly (readonly number[])[]): RiskCounts {
  const votes = table.map(voteMajority);
  return {
    coded: table.length,
    none: votes.filter((vote) => vote === 0).length,
    tie: votes.filter((vote) => vote === 'tie').length,
    types: RISK_TYPES.map(({ type, level }, at) => ({
      type,
      level,
      items: votes.filter((vote) => vote === at + 1).length,
    })),
  };
}

function sumPairs(table: readonly (readonly number[])[]): [things: number, agreeing: number] {
  const numbers = table.map(toFleissNumbers);
  return [numbers.reduce((sum, [one = 0]) => sum + one, 0), numbers.reduce((sum, [, share = 0]) => sum + share, 0)];
}

/** By code units, so that a report is the same everywhere; what nobody knows comes last. */
export function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : a > b ? 1 : 0;
}
