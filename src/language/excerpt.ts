/** A long document without most of its items, in which a place means what it means in the whole. */
import type { TextRange } from '../core/scenario/model';
import type { DocumentCut } from '../core/scenario/scenarioText';

export interface Excerpt {
  readonly text: string;
  /** The offset that it was made for. */
  readonly offset: number;
  /** From a range of the excerpt to the range of the file. */
  toFile(range: TextRange): TextRange;
}

/** Fewer items are read faster than they are left out. */
const FEWEST = 50;

/**
 * The head, the item at the offset with its neighbours, and what follows the items. Undefined where nothing would be
 * gained.
 *
 * @param text the whole file
 */
export function makeExcerpt(text: string, { place, pieces }: DocumentCut, offset: number): Excerpt | undefined {
  if (!pieces || pieces.items.length < FEWEST) return undefined;
  const { items, gap } = pieces;
  const at = offset - place.start;
  const index = Math.max(
    0,
    items.findLastIndex(({ start }) => start <= at),
  );
  const first = index < 2 ? gap.start : (items[index - 1]?.start ?? gap.start);
  const last = index > items.length - 3 ? gap.end : (items[index + 1]?.end ?? gap.end);
  // Where the excerpt goes on behind a hole: in the excerpt, and how far that is from the file.
  const keptEnd = gap.start + last - first;
  const holes = [first - gap.start, gap.end - last] as const;
  const kept = [
    text.slice(place.start, place.start + gap.start),
    text.slice(place.start + first, place.start + last),
    text.slice(place.start + gap.end, place.end),
  ];
  const beyond = (position: number, isEnd: boolean) => {
    const isBehind = (hole: number) => (isEnd ? position > hole : position >= hole);
    const skipped = (isBehind(gap.start) ? holes[0] : 0) + (isBehind(keptEnd) ? holes[1] : 0);
    return place.start + position + skipped;
  };
  const inside = at < gap.start ? at : at > last ? at - holes[0] - holes[1] : at - holes[0];
  return {
    text: kept.join(''),
    offset: inside,
    toFile({ start, end }) {
      if (start === end) return start === inside ? { start: offset, end: offset } : fromStart(beyond(start, false));
      return { start: beyond(start, false), end: beyond(end, true) };
    },
  };
}

function fromStart(start: number): TextRange {
  return { start, end: start };
}
