/** The {{placeholders}} of a prompt, behind its two braces. */
import type { CompletionSource, Proposal } from './completionModel';
import { findCursor } from './findCursor';
import { describePlaceholder, findPlaceholderRule } from './placeholderTexts';

/** Undefined unless two braces of a prompt stand right before the offset, with part of a name between at most. */
export function completePlaceholders(source: CompletionSource, offset: number): Proposal[] | undefined {
  const { text } = source;
  const opening = /\{\{[ \t]*([A-Za-z0-9_]*)$/.exec(text.slice(Math.max(0, offset - 100), offset));
  if (!opening) return undefined;
  const name = opening[1] ?? '';
  // Unquoted braces at the start of a text are a map to YAML; the path still leads through the prompt.
  const cursor = findCursor(source, offset - name.length) ?? findCursor(source, offset);
  const rule = cursor && findPlaceholderRule(cursor.path);
  if (!rule) return undefined;
  const following = /^([A-Za-z0-9_]*)[ \t]*(\}{0,2})/.exec(text.slice(offset, offset + 100));
  const braces = following?.[2] ?? '';
  const start = offset - name.length;
  const end = offset + (following?.[1]?.length ?? 0);
  const scenario = source.scenarioAt(offset);
  return rule.allowed.map((allowed) => ({
    label: allowed,
    kind: 'placeholder',
    detail: rule.needed.includes(allowed) ? 'needed' : 'optional',
    documentation: describePlaceholder(allowed, scenario),
    edit: { range: { start, end }, text: `${allowed}${'}'.repeat(2 - braces.length)}` },
    isSnippet: false,
  }));
}
