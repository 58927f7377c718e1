/** Puts accepted actions into the text of a scenario file; everything else of it stays as it is, to the letter. */
import { cutDocument } from '../scenario/document';
import { readItemPart } from '../scenario/itemPart';
import type { Item, Polarity, Scenario, ScenarioFile, TextRange } from '../scenario/model';
import { parseScenarioFile } from '../scenario/parse';
import { isFlow, splitDocuments } from '../scenario/pieces';
import { readPart } from '../scenario/sourcePart';
import { type SourceNode, TreeReader } from '../scenario/tree';
import { type AcceptedAction, editItem, type Layout, Misplaced, type PartEdit } from './actionEdits';

export type { AcceptedAction } from './actionEdits';

/** In UTF-16 units of the text before any change. */
export interface ActionEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

export interface PlacedAction<A extends AcceptedAction = AcceptedAction> {
  readonly accepted: A;
  readonly edit: ActionEdit;
}

export interface UnplacedAction<A extends AcceptedAction = AcceptedAction> {
  readonly accepted: A;
  /** For people: why it is not in the text, and what to do. */
  readonly reason: string;
}

export interface ActionPlacement<A extends AcceptedAction = AcceptedAction> {
  /** Each stands by itself. All of them together are made in this order, which tells two at one place apart. */
  readonly placed: readonly PlacedAction<A>[];
  readonly unplaced: readonly UnplacedAction<A>[];
}

export interface PlacingOptions {
  /** Whether an action that is there is replaced (default: it stays, and the new one is unplaced). */
  readonly replace?: boolean;
  /** The text, read, by whoever has done so already: in a file of several megabytes that takes seconds. */
  readonly read?: Pick<ScenarioFile, 'scenarios'>;
}

/** YAML and JSON. Each change was tried on its item, and reads there as what was accepted. Never throws. */
export function placeActions<A extends AcceptedAction>(
  text: string,
  actions: readonly A[],
  { replace = false, read = parseScenarioFile(text) }: PlacingOptions = {},
): ActionPlacement<A> {
  const parts = new ItemParts(text, read.scenarios);
  const placed: (PlacedAction<A> & { readonly isInsertion: boolean })[] = [];
  const unplaced: UnplacedAction<A>[] = [];
  for (const accepted of actions) {
    try {
      placed.push({ accepted, ...parts.place(tidy(accepted), replace) });
    } catch (error) {
      if (!(error instanceof Misplaced)) throw error;
      unplaced.push({ accepted, reason: error.message });
    }
  }
  // At one place, an action below a key that is there comes before a new key.
  placed.sort(
    (a, b) =>
      a.edit.offset - b.edit.offset ||
      Number(a.isInsertion) - Number(b.isInsertion) ||
      (a.accepted.polarity < b.accepted.polarity ? -1 : 1),
  );
  return { placed: placed.map(({ accepted, edit }) => ({ accepted, edit })), unplaced };
}

/** @param edits as `placeActions` ordered them; some may be left out. */
export function applyEdits(text: string, edits: readonly ActionEdit[]): string {
  let at = 0;
  let result = '';
  for (const { offset, length, text: added } of edits) {
    result += text.slice(at, offset) + added;
    at = offset + length;
  }
  return result + text.slice(at);
}

function tidy<A extends AcceptedAction>({ scenario, value, polarity, ...texts }: A): AcceptedAction {
  const explanation = texts.explanation?.trim();
  return {
    scenario,
    value,
    polarity,
    action: texts.action.trim(),
    attributions: texts.attributions.map((span) => span.trim()).filter((span) => span !== ''),
    ...(explanation && { explanation }),
  };
}

/** The text that an item is read from: itself, or its whole document where that cannot be cut. */
interface ItemPart extends TextRange {
  readonly text: string;
  readonly flow: boolean;
  readonly isWhole: boolean;
}

/** Finds the items of a text, reading each part of it once. */
class ItemParts {
  private readonly scenarios: ReadonlyMap<string, Scenario>;
  private readonly documents: readonly TextRange[];
  private readonly cuts = new Map<number, ReturnType<typeof cutDocument>>();
  private readonly eol: string;
  private readonly listsInBrackets: boolean;

  constructor(
    private readonly text: string,
    scenarios: readonly Scenario[],
  ) {
    this.scenarios = new Map(scenarios.map((scenario) => [scenario.name, scenario]));
    this.documents = splitDocuments(text);
    this.eol = text.includes('\r\n') ? '\r\n' : '\n';
    this.listsInBrackets = /^[ -]*attributions:\s*\[/m.test(text);
  }

  /** @throws {Misplaced} */
  place(accepted: AcceptedAction, replace: boolean): { edit: ActionEdit; isInsertion: boolean } {
    if (accepted.action === '') throw new Misplaced('The action is empty. Write one first.');
    const { polarity, value } = accepted;
    const item = this.find(accepted);
    if (item[polarity] && !replace) throw new Misplaced(`"${value}" has its ${polarity} action already.`);
    const part = this.partOf(item);
    const reader = new TreeReader();
    const source = readPart(part.text, reader);
    const node = source.root && findNode(source.root, item.range.start - part.start, part);
    if (!node || source.broken.length > 0) {
      throw new Misplaced('The text of the item is broken. Repair what Problems names there, then try again.');
    }
    const member = node.members.get(polarity);
    const written = member ? part.text.slice(member.key.end, member.node.range.end) : '';
    if (reader.linked && /[\s:,[{-][&*]/.test(written)) {
      throw new Misplaced('The action is shared by an anchor or alias. Write it out first.');
    }
    const isJson = part.flow ? /^[\s[]*\{\s*"/.test(part.text) : isFlow(part.text);
    const layout: Layout = { eol: this.eol, isJson, listsInBrackets: this.listsInBrackets };
    const edit = editItem(part.text, node, accepted, layout);
    tryOut(part, item, edit, accepted);
    return {
      edit: { offset: part.start + edit.start, length: edit.end - edit.start, text: edit.text },
      isInsertion: !node.members.has(polarity),
    };
  }

  private find({ scenario: name, value }: AcceptedAction): Item {
    const scenario = this.scenarios.get(name);
    if (!scenario) throw new Misplaced(`The file has no scenario "${name}" any more.`);
    const item = scenario.items.find((item) => item.value === value);
    if (!item) throw new Misplaced(`The scenario "${name}" has no value "${value}" any more.`);
    return item;
  }

  private partOf({ range }: Item): ItemPart {
    const index = this.documents.findLastIndex(({ start }) => start <= range.start);
    const document = this.documents[index] ?? { start: 0, end: this.text.length };
    const text = this.text.slice(document.start, document.end);
    if (!this.cuts.has(index)) this.cuts.set(index, cutDocument(text));
    const pieces = this.cuts.get(index);
    const piece = pieces?.items.findLast(({ start }) => document.start + start <= range.start);
    if (!pieces || !piece) return { ...document, text, flow: isFlow(text), isWhole: true };
    return {
      start: document.start + piece.start,
      end: document.start + piece.end,
      text: text.slice(piece.start, piece.end),
      flow: pieces.flow,
      isWhole: false,
    };
  }
}

function findNode(root: SourceNode, start: number, { isWhole, flow }: ItemPart): SourceNode | undefined {
  const list = isWhole ? root.members.get('items')?.node.elements : flow ? [root] : root.elements;
  return list?.find((node) => node.kind === 'map' && node.range.start === start);
}

/**
 * YAML has more layouts than anybody thinks of: a change that would not read as meant, or change something else, is none.
 * @throws {Misplaced}
 */
function tryOut(part: ItemPart, item: Item, edit: PartEdit, accepted: AcceptedAction): void {
  const changed = part.text.slice(0, edit.start) + edit.text + part.text.slice(edit.end);
  const before = listItems(part.text, part);
  const after = listItems(changed, part);
  const index = before.findIndex(({ value }) => value === item.value);
  const { polarity, action, attributions, explanation } = accepted;
  const expected = before.map((content, at) =>
    at === index ? { ...content, [polarity]: { action, attributions, explanation } } : content,
  );
  if (index >= 0 && JSON.stringify(after) === JSON.stringify(expected)) return;
  throw new Misplaced('The item is laid out in a way that an action cannot be put into. Write it by hand.');
}

function listItems(text: string, { isWhole, flow }: ItemPart) {
  const items = isWhole
    ? parseScenarioFile(text).scenarios.flatMap((scenario) => scenario.items)
    : readItemPart(text, flow).entries.flatMap(({ item }) => item ?? []);
  return items.map(({ value, definition, portrait, note, agree, disagree }) => ({
    value,
    definition,
    portrait,
    note,
    agree: contentOf(agree),
    disagree: contentOf(disagree),
  }));
}

function contentOf(action: Item[Polarity]) {
  return action && { action: action.action, attributions: action.attributions, explanation: action.explanation };
}
