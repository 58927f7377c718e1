/** What can be written at an offset: keys, values, countries, topics, placeholders, a whole item, a whole file. */

import { completeKeys } from './completionKeys';
import type { Completion, CompletionSource, Proposal } from './completionModel';
import { completePlaceholders } from './completionPlaceholders';
import { completeTexts } from './completionTexts';
import { documentAt, findCursor } from './findCursor';
import { completeItem, completeScenario } from './snippets';

/**
 * Best first; none for an offset outside of the text. Never throws.
 *
 * The server maps `edit` to a TextEdit, `isSnippet` to InsertTextFormat, and sets InsertTextMode.asIs; it triggers on
 * `-`, `:`, ` `, `"` and `{`. Keys become Property, values EnumMember, countries and topics Constant, placeholders
 * Variable.
 *
 * @param isJsonFile tells how to begin a file that is still empty
 */
export function computeCompletions(source: CompletionSource, offset: number, isJsonFile = false): Completion[] {
  const { text } = source;
  if (!(offset >= 0 && offset <= text.length)) return [];
  const placeholders = completePlaceholders(source, offset);
  if (placeholders) return inOrder(placeholders);
  const cursor = findCursor(source, offset);
  const document = documentAt(source, offset);
  const begun = completeScenario(text, document, offset, cursor, isJsonFile);
  if (!cursor || (begun && isJsonFile)) return inOrder(begun ? [begun] : []);
  const item = completeItem(text, document, offset, cursor);
  const list = cursor.slot === 'key' ? completeKeys(text, offset, cursor) : completeTexts(source, document, cursor);
  return inOrder([...(begun ? [begun] : []), ...(item ? [item] : []), ...list]);
}

function inOrder(proposals: readonly Proposal[]): Completion[] {
  return proposals.map((proposal, at) => ({
    filterText: proposal.label,
    ...proposal,
    sortText: String(at).padStart(4, '0'),
  }));
}
