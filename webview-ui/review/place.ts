/** Where a reviewer is in a deck, and where a judgement leads next. Pure. */

export interface Place {
  readonly card: number;
  /** Which judgement of the card: one of four metrics, or the only one. */
  readonly slot: number;
}

/** For each card, which of its judgements are made. */
export type Progress = readonly (readonly boolean[])[];

export function countDone(progress: Progress): number {
  return progress.filter((card) => card.every(Boolean)).length;
}

/** The first judgement that is missing, or undefined where none is. */
export function findOpen(progress: Progress): Place | undefined {
  const card = progress.findIndex((slots) => !slots.every(Boolean));
  return card < 0 ? undefined : enterCard(progress, card);
}

/** A card is entered at its first missing judgement, else at its first. */
export function enterCard(progress: Progress, card: number): Place {
  const last = Math.max(0, progress.length - 1);
  const at = Math.min(Math.max(0, card), last);
  return { card: at, slot: Math.max(0, progress[at]?.indexOf(false) ?? 0) };
}

/**
 * Where a judgement leads: to the next one that is missing on its card, then to the next card; behind the last card to
 * whatever is still missing. A change of mind leads to the next judgement of its card, so that all of them can be changed.
 * @param before the progress without the judgement, @param after with it
 */
export function moveOn(before: Progress, after: Progress, { card, slot }: Place): Place {
  const slots = after[card] ?? [];
  const isChange = before[card]?.[slot] === true;
  if (isChange && slot + 1 < slots.length) return { card, slot: slot + 1 };
  const later = slots.indexOf(false, slot + 1);
  const missing = later >= 0 ? later : slots.indexOf(false);
  if (missing >= 0 && !isChange) return { card, slot: missing };
  if (card + 1 < after.length) return enterCard(after, card + 1);
  return (isChange ? undefined : findOpen(after)) ?? { card, slot };
}

/** One judgement back, over the border of cards. */
export function moveBack(progress: Progress, { card, slot }: Place): Place {
  if (slot > 0) return { card, slot: slot - 1 };
  const before = progress[card - 1];
  return before ? { card: card - 1, slot: Math.max(0, before.length - 1) } : { card, slot };
}

export function moveSlot(progress: Progress, { card, slot }: Place, by: 1 | -1): Place {
  const last = (progress[card]?.length ?? 1) - 1;
  return { card, slot: Math.min(Math.max(0, slot + by), last) };
}

/** A place from an earlier visit, made to fit the deck there is now. */
export function fitPlace(progress: Progress, { card, slot }: Place): Place {
  if (card >= progress.length) return findOpen(progress) ?? { card: 0, slot: 0 };
  return moveSlot(progress, { card, slot: slot - 1 }, 1);
}
