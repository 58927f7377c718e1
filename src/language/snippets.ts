/** A whole item and a whole file, to be filled in. */
import type { TextRange } from '../core/scenario/model';
import type { Proposal } from './completionModel';
import type { Cursor } from './cursor';
import { prepareInsertion } from './insertion';

const ITEM_HELP = 'An item: a value with an action that agrees with it and one that disagrees.';
const SCENARIO_HELP = 'A scenario: a country, a topic, and the values to ask about, each with two actions.';

/** Nobody writes more comments than this, in UTF-16 units, where there is no scenario yet. */
const COMMENT_LIMIT = 20_000;

/** Undefined where no item can start. */
export function completeItem(text: string, document: TextRange, offset: number, cursor: Cursor): Proposal | undefined {
  const proposal = { label: 'item', kind: 'snippet', detail: 'a whole item', documentation: ITEM_HELP } as const;
  const [root, entry] = cursor.path;
  const isEmpty = cursor.present.size === 0 && !cursor.closed;
  const insertion = prepareInsertion(text, offset, cursor);
  const propose = (content: string, { range, before, after } = insertion): Proposal => {
    const written = text.slice(range.start, offset).trim();
    const filterText = 'item'.startsWith(written) ? 'item' : `${written} item`;
    return { ...proposal, isSnippet: true, filterText, edit: { range, text: `${before}${content}${after}` } };
  };
  if (cursor.notation !== 'block') {
    const inList = root === 'items' && entry === 0 && cursor.path.length === 2 && cursor.slot === 'value';
    return inList ? propose(flowItem(cursor.notation, indentAt(text, insertion.range.start))) : undefined;
  }
  if (root === 'items' && cursor.slot === 'entry' && cursor.path.length === 1) {
    return propose(`- ${blockItem(cursor.column + 2)}`);
  }
  if (root === 'items' && entry === 0 && cursor.path.length === 2 && cursor.slot === 'key' && isEmpty) {
    return propose(blockItem(cursor.column));
  }
  const column = cursor.lineStart === undefined ? undefined : findDashes(text, document, offset, cursor);
  if (column === undefined) return undefined;
  const range = { start: cursor.lineStart ?? offset, end: offset };
  return propose(`${' '.repeat(column)}- ${blockItem(column + 2)}`, { range, before: '', after: '' });
}

/** Undefined unless the document holds nothing but the word that is being written. */
export function completeScenario(
  text: string,
  document: TextRange,
  offset: number,
  cursor: Cursor | undefined,
  isJsonFile: boolean,
): Proposal | undefined {
  if (cursor && (cursor.path.length > 0 || cursor.slot !== 'key' || cursor.present.size > 0)) return undefined;
  if (document.end - document.start > COMMENT_LIMIT) return undefined;
  const content = text
    .slice(document.start, document.end)
    .replace(/^\uFEFF|^---(?=\s|$)|^\s*#.*$/gm, '')
    .trim();
  if (!/^[a-z]*$/i.test(content) || (content !== '' && !cursor)) return undefined;
  // On the document's own --- line there is no room.
  if (!cursor && document.start > 0) return undefined;
  const range = cursor?.range ?? { start: offset, end: offset };
  return {
    label: 'scenario',
    kind: 'snippet',
    detail: 'a whole scenario',
    documentation: SCENARIO_HELP,
    isSnippet: true,
    edit: { range, text: isJsonFile ? JSON_SCENARIO : BLOCK_SCENARIO },
  };
}

/** @param column of the item's keys; the first of them is not indented */
function blockItem(column: number, first = 1): string {
  const indent = `\n${' '.repeat(column)}`;
  const action = (polarity: string, stop: number) => `${indent}${polarity}:${indent}  action: $${stop}`;
  return `value: $${first}${action('agree', first + 1)}${action('disagree', first + 2)}`;
}

const BLOCK_SCENARIO = `country: $1\ntopic: $2\nitems:\n  - ${blockItem(4, 3)}\n`;
const JSON_SCENARIO = `{\n  "country": "$1",\n  "topic": "$2",\n  "items": [\n    ${flowItem('json', '    ', 3)}\n  ]\n}\n`;

function flowItem(notation: 'flow' | 'json', indent: string, first = 1): string {
  if (notation === 'flow')
    return `{value: $${first}, agree: {action: $${first + 1}}, disagree: {action: $${first + 2}}}`;
  const line = `\n${indent}  `;
  const action = (polarity: string, stop: number) => `${line}"${polarity}": { "action": "$${stop}" }`;
  const actions = `${action('agree', first + 1)},${action('disagree', first + 2)}`;
  return `{${line}"value": "$${first}",${actions}\n${indent}}`;
}

function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** On a blank line of the root that follows the items: where their dashes stand. */
function findDashes(text: string, { end }: TextRange, offset: number, cursor: Cursor): number | undefined {
  const items = cursor.present.get('items');
  if (cursor.path.length > 0 || !items || items.start > offset) return undefined;
  for (const { start } of cursor.present.values()) if (start > items.start && start < offset) return undefined;
  const dash = /\n([ \t]*)-(?=\s)/.exec(text.slice(items.end, Math.min(end, items.end + 100_000)));
  if (dash) return dash[1]?.length ?? 0;
  return /^\s*:\s*(?:#.*)?$/m.test(text.slice(items.end, text.indexOf('\n', items.end))) ? 2 : undefined;
}
