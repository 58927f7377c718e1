/** The way from one gap to the next. */

export interface WalkPlace {
  /** 0-based; −1 where the item is no gap of this list. */
  readonly index: number;
  readonly total: number;
}

/** The neighbour of a place in a list that goes round; undefined where the list has no other. */
export function stepFrom(place: WalkPlace, step: 1 | -1): number | undefined {
  const { index, total } = place;
  if (total === 0 || (total === 1 && index === 0)) return undefined;
  if (index < 0) return step === 1 ? 0 : total - 1;
  return (index + step + total) % total;
}

/** The first position behind `offset`, or the last one before it, going round at the ends; undefined where none is. */
export function stepInText(starts: readonly number[], offset: number, step: 1 | -1): number | undefined {
  if (starts.length === 0) return undefined;
  const found =
    step === 1 ? starts.findIndex((start) => start > offset) : starts.findLastIndex((start) => start < offset);
  if (found >= 0) return found;
  return step === 1 ? 0 : starts.length - 1;
}
