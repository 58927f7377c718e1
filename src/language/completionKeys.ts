/** The keys that can stand in a map and do not yet. */
import { keysAt, type SchemaKey } from '../core/scenario/schemaPaths';
import type { Proposal } from './completionModel';
import type { Cursor } from './cursor';
import { prepareInsertion } from './insertion';

export function completeKeys(text: string, offset: number, cursor: Cursor): Proposal[] {
  const keys = keysAt(cursor.path).filter(({ name }) => !cursor.present.has(name));
  const { range, before, after } = prepareInsertion(text, offset, cursor);
  return keys.map((key) => {
    const name = cursor.notation === 'json' ? JSON.stringify(key.name) : key.name;
    const content = cursor.closed ? name : `${name}:${contentOf(key, cursor)}`;
    return {
      label: key.name,
      kind: 'key',
      detail: key.required ? 'needed' : 'optional',
      ...(key.description ? { documentation: key.description } : {}),
      edit: { range, text: `${before}${content}${after}` },
      isSnippet: !cursor.closed,
      // In JSON the text that is compared may start with a quote.
      filterText: name,
    };
  });
}

/** Ready to write in: what comes behind the colon. */
function contentOf({ name, kind }: SchemaKey, { notation, column }: Cursor): string {
  if (notation !== 'block') {
    const text = notation === 'json' ? '"$1"' : '$1';
    if (kind === 'list') return name === 'items' ? ' [$1]' : ` [${text}]`;
    if (kind === 'text') return ` ${text}`;
    return name === 'agree' || name === 'disagree'
      ? ` {${notation === 'json' ? '"action"' : 'action'}: ${text}}`
      : ' {$1}';
  }
  const below = `\n${' '.repeat(column + 2)}`;
  if (kind === 'text') return ' $1';
  if (name === 'items') return `${below}- value: $1`;
  if (name === 'question') return `${below}- $1${below}- $2`;
  if (kind === 'list') return ' [$1]';
  return name === 'agree' || name === 'disagree' ? `${below}action: $1` : `${below}$1`;
}
