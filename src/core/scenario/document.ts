/** Reads one document of a file, part by part, and remembers the parts: typing changes one of them at a time. */
import type { ScenarioHead } from './build';
import { splitFlowItems } from './flowPieces';
import { checkHead, type HeadPart, withoutItems } from './headPart';
import { type ItemPart, type ReadItem, readItem, readItemPart } from './itemPart';
import type { Item, Problem, TextRange } from './model';
import { type ItemPieces, isFlow, splitItems } from './pieces';
import { shiftProblem, shiftRange } from './shift';
import { readPart, type SourcePart } from './sourcePart';
import { shorten, TreeReader, trimRange } from './tree';

/** A document as read by itself. Positions count in it. */
export interface ReadDocument {
  /** Nothing but comments. */
  readonly blank: boolean;
  /** Undefined without a country and a topic. */
  readonly head?: ScenarioHead;
  /** Every value once. */
  readonly items: readonly PlacedItem[];
  readonly problems: readonly Problem[];
  readonly range: TextRange;
  /** Texts of items that were read by themselves. */
  readonly parts: readonly ItemPart[];
}

export interface PlacedItem {
  /** What to add to the item's positions. */
  readonly start: number;
  readonly item: Item;
}

/** Items that were read before, by their text. */
export type ItemMemory = Map<string, ItemPart>;

interface PlacedPart {
  readonly start: number;
  readonly part: ItemPart;
}

/** How many remembered items are looked up in one step. */
const STEP = 100;

/**
 * Never throws. A step is one item that is new, or many that are known.
 *
 * @param pieces what `cutDocument` says of the text
 * @param near only what can be had at once: the item at this position, and of those around it the known ones
 */
export function* readDocument(
  text: string,
  memory: ItemMemory,
  near?: number,
  pieces = cutDocument(text),
): Generator<void, ReadDocument> {
  const split = pieces && readAround(text, pieces);
  if (!pieces || !split) return readWhole(text);
  const { reader, headPart, headBroken, headRange } = split;
  yield;
  let parts: PlacedPart[] = [];
  const places = near === undefined ? pieces.items : placesAround(pieces.items, near);
  for (const { start, end } of places) {
    const source = text.slice(start, end);
    let part = memory.get(source);
    if (!part && near !== undefined && (near < start || near > end)) continue;
    if (!part) {
      part = readItemPart(source, pieces.flow);
      memory.set(part.text, part);
      yield;
    } else if (parts.length % STEP === 0) yield;
    parts.push({ start, part });
  }
  if (parts.some(({ part }) => part.linked)) parts = readLinked(parts, pieces.flow, reader);
  const last = parts.at(-1);
  const end = last ? last.start + last.part.range.end : headRange.end;
  const range = headBroken
    ? trimRange(text, { start: 0, end: text.length })
    : { start: headRange.start, end: Math.max(headRange.end, end) };
  return assemble(headPart, parts, range);
}

/** Where the items are; undefined where the document has to be read as a whole. */
export function cutDocument(text: string): ItemPieces | undefined {
  return isFlow(text) ? splitFlowItems(text) : splitItems(text);
}

/** How many items on each side are around one. */
const AROUND = 100;

function placesAround(items: readonly TextRange[], position: number): readonly TextRange[] {
  const at = items.findLastIndex(({ start }) => start <= position);
  return items.slice(Math.max(0, at - AROUND), at + AROUND + 1);
}

/** What is named in one part and repeated in another has to be read anew, in order. */
function readLinked(parts: readonly PlacedPart[], flow: boolean, reader: TreeReader): PlacedPart[] {
  return parts.map(({ start, part }) => ({ start, part: part.linked ? readItemPart(part.text, flow, reader) : part }));
}

/** All but the items; undefined where that is no map, so that the document has to be read as a whole. */
function readAround(text: string, { key, gap }: ItemPieces) {
  const around = text.slice(0, gap.start) + text.slice(gap.end);
  const reader = new TreeReader();
  const source = readPart(around, reader);
  const headBroken = source.broken.length > 0;
  if (source.root?.kind !== 'map' && !headBroken) return undefined;
  const root = source.root?.kind === 'map' ? source.root : { ...emptyMap, range: key };
  const found = checkHead(withoutItems(root, key), around, source);
  const headPart = reopenGap(found, gap);
  return { reader, headPart, headBroken, headRange: acrossGap(root.range, gap) };
}

const emptyMap = {
  kind: 'map' as const,
  members: new Map(),
  elements: [],
  scalar: undefined,
  dropped: false,
};

function reopenGap({ head, problems }: HeadPart, gap: TextRange): HeadPart {
  return {
    ...(head && { head: { ...head, nameRange: acrossGap(head.nameRange, gap) } }),
    problems: problems.map((problem) => ({ ...problem, range: acrossGap(problem.range, gap) })),
  };
}

/** From a position in the text without its gap to that in the text with it. */
function acrossGap({ start, end }: TextRange, gap: TextRange): TextRange {
  const length = gap.end - gap.start;
  const isBehind = start >= gap.start && end > gap.start;
  return { start: isBehind ? start + length : start, end: end > gap.start ? end + length : end };
}

function readWhole(text: string): ReadDocument {
  const source: SourcePart = readPart(text, new TreeReader());
  const { root } = source;
  if (!root) {
    const range = { start: 0, end: 0 };
    return { blank: source.problems.length === 0, items: [], problems: source.problems, range, parts: [] };
  }
  const list = root.members.get('items')?.node;
  const elements = root.kind === 'map' && list?.kind === 'list' && !list.dropped ? list.elements : [];
  const headPart = checkHead(withoutItems(root), text, source);
  const entries = elements.map((element) => readItem(element, text, source));
  const problems = [...headPart.problems];
  if (list?.kind === 'list' && !list.dropped && elements.length === 0) problems.push(noItems(list.range));
  const part = { text: '', entries, problems: [], range: root.range, linked: false };
  const range = source.broken.length > 0 ? trimRange(text, { start: 0, end: text.length }) : root.range;
  return { ...assemble({ ...headPart, problems }, [{ start: 0, part }], range), parts: [] };
}

function assemble({ head, problems: ofHead }: HeadPart, parts: readonly PlacedPart[], range: TextRange): ReadDocument {
  const items = new Map<string, PlacedItem>();
  const problems = [...ofHead];
  const add = (start: number, { item, problems: found, broken }: ReadItem) => {
    for (const problem of found) problems.push(shiftProblem(problem, start));
    if (!item) return;
    if (!items.has(item.value)) items.set(item.value, { start, item });
    else if (!broken) problems.push(duplicateValue(item, start));
  };
  for (const { start, part } of parts) {
    for (const problem of part.problems) problems.push(shiftProblem(problem, start));
    for (const entry of part.entries) add(start, entry);
  }
  return {
    blank: false,
    ...(head && { head }),
    items: [...items.values()],
    problems,
    range,
    parts: parts.map(({ part }) => part),
  };
}

function duplicateValue(item: Item, start: number): Problem {
  return {
    code: 'duplicate-value',
    severity: 'error',
    message: `"${shorten(item.value)}" stands twice in this scenario. Remove one of the two; until then the first one counts.`,
    range: shiftRange(item.valueRange, start),
    fix: { kind: 'remove', range: shiftRange(item.range, start) },
  };
}

function noItems(range: TextRange): Problem {
  const message = 'No items yet. Add "- value: …" below, one for each value to ask about.';
  return { code: 'empty-scenario', severity: 'warning', message, range };
}
