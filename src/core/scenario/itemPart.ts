/** What one item of a document says and what is wrong with it, found by looking at that item alone. */
import { checkActions } from './actionChecks';
import { buildItem } from './build';
import type { Item, Problem, TextRange } from './model';
import { checkItemShape } from './shape';
import { isBroken, readPart, type SourcePart } from './sourcePart';
import { type SourceNode, TreeReader } from './tree';

/** One entry of the list of items. Positions count in the text that was read. */
export interface ReadItem {
  /** Undefined where it cannot be used; why is among the problems. */
  readonly item?: Item;
  readonly problems: readonly Problem[];
  /** Stands beside broken text, so what follows from it is no news. */
  readonly broken: boolean;
}

/** The text of one item, read. */
export interface ItemPart {
  /** The text itself; what was read refers to nothing else, so that no longer text is kept alive. */
  readonly text: string;
  /** One; none or several where the text is broken. */
  readonly entries: readonly ReadItem[];
  /** Of the text as such. */
  readonly problems: readonly Problem[];
  readonly range: TextRange;
  /** Depends on other parts, through anchors and aliases. */
  readonly linked: boolean;
}

/**
 * Never throws.
 *
 * @param flow whether the item stands in brackets: then the text is the item itself, else it starts with its dash
 * @param anchors the reader of the parts above, for parts that are linked
 */
export function readItemPart(source: string, flow: boolean, anchors?: TreeReader): ItemPart {
  const text = detach(source);
  const reader = anchors ?? new TreeReader();
  const part = readPart(text, reader);
  const entries = part.root ? entriesOf(part.root, flow) : [];
  return {
    text,
    entries: entries.map((entry) => readItem(entry, text, part)),
    problems: part.problems,
    range: part.root?.range ?? { start: 0, end: 0 },
    linked: reader.linked,
  };
}

function entriesOf(root: SourceNode, flow: boolean): readonly SourceNode[] {
  if (flow) return [root];
  return root.kind === 'list' ? root.elements : [];
}

export function readItem(entry: SourceNode, text: string, part: SourcePart): ReadItem {
  if (entry.dropped) return { problems: [], broken: false };
  const problems = checkItemShape(entry);
  const found: Problem[] = [];
  const item = entry.dropped ? undefined : buildItem(entry, found);
  if (!isBroken(text, part, entry.range)) problems.push(...found);
  if (item) problems.push(...checkActions(item));
  return {
    ...(item && { item }),
    problems: problems.filter(({ code, range }) => code === 'missing-key' || !isBroken(text, part, range)),
    broken: item !== undefined && isBroken(text, part, item.valueRange),
  };
}

/** A copy of its own: a slice would keep the whole text that it was cut from. */
function detach(text: string): string {
  return ` ${text}`.slice(1);
}
