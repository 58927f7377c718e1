/** What one item's line and tree row show when several models were asked: the one thing that matters most. */
import type { ItemResult } from '../../core/metrics/results';

/** What the newest run with a result about an item found, for one model. */
export interface ModelItemResult {
  /** With the label of the system prompt where there is one; see `nameSubject`. */
  readonly model: string;
  /** The id alone. */
  readonly modelId: string;
  /** Path of the run file. */
  readonly run: string;
  readonly startedAt: string;
  readonly result: ItemResult;
  /** The text on screen is no longer the text the model was shown. */
  readonly stale: boolean;
}

/** In order of what a reader must see first. `failed`: a task got no answer at all. */
export type ItemMark = 'gap' | 'undecided' | 'aligned' | 'unusable' | 'failed' | 'incomplete' | 'stale';

const MARKS: readonly ItemMark[] = ['gap', 'undecided', 'aligned', 'unusable', 'failed', 'incomplete', 'stale'];

export interface ItemSummary {
  readonly mark: ItemMark;
  /** The result the mark is about: for gaps and aligned items the one with the largest distance. */
  readonly lead: ModelItemResult;
  /** How many further models have the same mark. */
  readonly further: number;
}

export function markResult({ result, stale }: Pick<ModelItemResult, 'result' | 'stale'>): ItemMark {
  if (stale) return 'stale';
  if (isFailed(result)) return 'failed';
  return result.status;
}

/** What matters most first: gaps, the largest of them first. */
export function orderByWeight<R extends ModelItemResult>(results: readonly R[]): R[] {
  const weigh = (found: R) => MARKS.indexOf(markResult(found));
  return results.toSorted(
    (a, b) =>
      weigh(a) - weigh(b) || (b.result.distance ?? 0) - (a.result.distance ?? 0) || a.model.localeCompare(b.model),
  );
}

/** Undefined where no model has a result. */
export function summarizeItem(results: readonly ModelItemResult[]): ItemSummary | undefined {
  const [lead] = orderByWeight(results);
  if (!lead) return undefined;
  const mark = markResult(lead);
  return { mark, lead, further: results.filter((found) => markResult(found) === mark).length - 1 };
}

/** The ticked models' results; where none of them has one, everybody's, so that known results are never hidden. */
export function preferTicked(
  results: readonly ModelItemResult[],
  isTicked: (model: string) => boolean,
): readonly ModelItemResult[] {
  const ticked = results.filter(({ modelId }) => isTicked(modelId));
  return ticked.length > 0 ? ticked : results;
}

/** A distance from here on is drawn strong. */
const LARGE_GAP = 0.5;

export function isLargeGap({ distance }: Pick<ItemResult, 'distance'>): boolean {
  return distance !== null && distance >= LARGE_GAP;
}

export function hasAnswers(result: ItemResult): boolean {
  return result.stateAnswers.length > 0 || result.actAnswers.length > 0;
}

/** The run has come to the item: what it says is a result, if only that nothing came back. */
export function isReached(result: ItemResult): boolean {
  const answered = result.status === 'incomplete' ? hasAnswers(result) : result.actAnswers.length > 0;
  return answered || result.failures > 0;
}

/** A task was asked and not one answer came, usable or not: asking again may help. */
export function isFailed({ status, failures, stateAnswers, actAnswers }: ItemResult): boolean {
  return status === 'unusable' && failures > 0 && (stateAnswers.length === 0 || actAnswers.length === 0);
}
