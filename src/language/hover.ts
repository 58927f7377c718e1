/** What a value, a placeholder or a key means. */
import type { TextRange } from '../core/scenario/model';
import { keysAt } from '../core/scenario/schemaPaths';
import { findValue } from '../core/values';
import type { Cursor } from './cursor';
import { findCursor } from './findCursor';
import { nameOf } from './flowCursor';
import type { OpenScenarioFile } from './model';
import { describePlaceholder, findPlaceholderRule } from './placeholderTexts';

export interface Hover {
  /** What it is about. */
  readonly title: string;
  /** Paragraphs of plain text: some come from the file, so the server escapes them before it sends Markdown. */
  readonly paragraphs: readonly string[];
  readonly range: TextRange;
}

type HoverSource = Pick<OpenScenarioFile, 'text' | 'scenarioAt' | 'cutAt'>;

/** Undefined where there is nothing to say. Never throws. */
export function computeHover(source: HoverSource, offset: number): Hover | undefined {
  const cursor = findCursor(source, offset);
  if (!cursor) return undefined;
  const placeholder = hoverPlaceholder(source, offset, cursor);
  if (placeholder) return placeholder;
  const written = nameOf(source.text.slice(cursor.range.start, cursor.range.end));
  if (cursor.slot === 'key') return cursor.closed ? hoverKey(cursor, written) : undefined;
  const isValue = cursor.path.length === 3 && cursor.path[0] === 'items' && cursor.path[2] === 'value';
  return isValue && written !== '' ? hoverValue(source, cursor, written) : undefined;
}

function hoverKey({ path, range }: Cursor, name: string): Hover | undefined {
  const key = keysAt(path).find((known) => known.name === name);
  return key?.description ? { title: name, paragraphs: [key.description], range } : undefined;
}

function hoverValue(source: HoverSource, { range }: Cursor, written: string): Hover | undefined {
  // The item knows the definition and the portrait that the file gives, which come before the known ones.
  const item = source
    .scenarioAt(range.start)
    ?.items.find(({ valueRange }) => valueRange.start <= range.end && range.start <= valueRange.end);
  const known = findValue(item?.value ?? written);
  const definition = item?.definition ?? known?.definition;
  const portrait = item?.portrait ?? known?.portrait;
  const type = known ? `Motivational type: ${known.motivationalType}` : 'A value of your own, none of the 56.';
  if (definition === undefined) return undefined;
  return { title: item?.value ?? written, paragraphs: [definition, type, ...(portrait ? [portrait] : [])], range };
}

function hoverPlaceholder(source: HoverSource, offset: number, cursor: Cursor): Hover | undefined {
  const rule = findPlaceholderRule(cursor.path);
  if (!rule) return undefined;
  const from = Math.max(0, offset - 100);
  for (const match of source.text.slice(from, offset + 100).matchAll(/\{\{[ \t]*([A-Za-z0-9_]+)[ \t]*\}\}/g)) {
    const range = { start: from + match.index, end: from + match.index + match[0].length };
    const name = match[1] ?? '';
    if (offset < range.start || offset > range.end || !rule.allowed.includes(name)) continue;
    return {
      title: `{{${name}}}`,
      paragraphs: describePlaceholder(name, source.scenarioAt(offset)).split('\n\n'),
      range,
    };
  }
  return undefined;
}
