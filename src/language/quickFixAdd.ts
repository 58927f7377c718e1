/** Adds what is missing, with an empty place for what only the author knows. */
import type { Problem, TextRange } from '../core/scenario/model';
import { keysAt } from '../core/scenario/schemaPaths';
import { lineAt, nextLine } from './blockLines';
import type { Cursor } from './cursor';
import { documentAt, findCursor } from './findCursor';
import { nameOf } from './flowCursor';
import { quoteLike } from './insertion';
import type { FindDefinition, FixSource, QuickFix } from './quickFixModel';

/** A text to insert, and where in it the author goes on. */
interface Addition {
  readonly at: number;
  readonly text: string;
  /** From the start of `text`. */
  readonly stop: number;
}

export function addMissing(source: FixSource, problem: Problem): QuickFix[] {
  const { text } = source;
  const { code, fix, range } = problem;
  if (fix?.kind === 'add') {
    return fix.keys.flatMap((key) => toFix(`Add the ${key} action`, problem, addAction(source, fix.range, key)));
  }
  const cursor = code === 'missing-key' || code === 'missing-action' ? findCursor(source, range.start) : undefined;
  if (cursor?.slot !== 'key' || !cursor.closed) return [];
  const name = nameOf(text.slice(cursor.range.start, cursor.range.end));
  if (code === 'missing-action') {
    const isPolarity = name === 'agree' || name === 'disagree';
    return isPolarity ? toFix('Add an action', problem, addBelow(source, cursor, 'action')) : [];
  }
  return keysAt(cursor.path)
    .filter((key) => key.required && key.kind === 'text' && key.name !== name && !cursor.present.has(key.name))
    .flatMap((key) => toFix(`Add "${key.name}"`, problem, addBefore(text, cursor, key.name)));
}

/** With the words that another item has for this value, if there is one. */
export function addDefinition(source: FixSource, problem: Problem, findDefinition: FindDefinition): QuickFix[] {
  const { text } = source;
  if (problem.code !== 'unknown-value' && problem.code !== 'unknown-definition') return [];
  const cursor = findCursor(source, problem.range.start);
  if (cursor?.slot !== 'value' || cursor.path.at(-1) !== 'value' || cursor.present.has('definition')) return [];
  const value = nameOf(text.slice(problem.range.start, problem.range.end)).replace(/\s+/g, ' ');
  const known = findDefinition(value);
  const definition = known === undefined ? emptyText(cursor) : quoteLike('', cursor.notation, known);
  const addition = addBehindValue(text, cursor, problem.range, definition);
  const title = known === undefined ? 'Add a definition' : 'Add the definition that another item has';
  return toFix(title, problem, addition, problem.code === 'unknown-definition');
}

function toFix(title: string, problem: Problem, addition: Addition | undefined, isPreferred = true): QuickFix[] {
  if (!addition) return [];
  const { at, text, stop } = addition;
  const edits = [{ range: { start: at, end: at }, text }];
  return [{ title, problem, edits, cursor: at + stop, isPreferred, isSafe: false }];
}

/** At the end of an item. */
function addAction(source: FixSource, item: TextRange, polarity: string): Addition | undefined {
  const { text } = source;
  if (text[item.start] === '{') return addFlowAction(text, item, polarity);
  const line = lineAt(text, documentAt(source, item.start), item.start);
  if (item.start - line.start !== line.contentColumn || !line.key) return undefined;
  const last = endOfLine(text, item.end);
  const eol = lineBreak(text);
  const indent = ' '.repeat(line.contentColumn);
  const added = `${eol}${indent}${polarity}:${eol}${indent}  action: `;
  return { at: last, text: added, stop: added.length };
}

function addFlowAction(text: string, { start, end }: TextRange, polarity: string): Addition | undefined {
  if (text[end - 1] !== '}') return undefined;
  const body = text.slice(start + 1, end - 1);
  const content = body.trimEnd();
  const quoted = /^\s*"/.test(body) || content === '';
  const quote = (name: string) => (quoted ? `"${name}"` : name);
  const comma = content === '' || content.endsWith(',') ? '' : ',';
  // Over several lines each key has its own.
  const indent = /^(\s*\n[ \t]*)\S/.exec(body)?.[1]?.replace(/^[\s\S]*\n/, lineBreak(text)) ?? ' ';
  const added = `${comma}${indent}${quote(polarity)}: { ${quote('action')}: "" }`;
  return { at: start + 1 + content.length, text: added, stop: added.length - 3 };
}

/** Below a key of which there is nothing, or a map that lacks the new one. */
function addBelow(source: FixSource, cursor: Cursor, name: string): Addition | undefined {
  const { text } = source;
  const end = cursor.range.end;
  if (cursor.notation !== 'block') {
    const bracket = /^\s*:\s*\{(\s*)(\}?)/.exec(text.slice(end, end + 10_000));
    if (!bracket) return undefined;
    const key = cursor.notation === 'json' ? `"${name}"` : name;
    const added = `${key}: ""${bracket[2] ? '' : ', '}`;
    return { at: end + bracket[0].length - (bracket[2]?.length ?? 0), text: added, stop: key.length + 3 };
  }
  const document = documentAt(source, end);
  const line = lineAt(text, document, end);
  if (!line.key || line.key.inline.start < line.key.inline.end) return undefined;
  const next = nextLine(text, document, line.end, Number.POSITIVE_INFINITY);
  const isBelow = next && next.column > line.contentColumn && next.dashes.length === 0;
  const added = `${lineBreak(text)}${' '.repeat(isBelow ? next.column : line.contentColumn + 2)}${name}: `;
  return { at: line.end, text: added, stop: added.length };
}

/** Before the first key of a map. */
function addBefore(text: string, cursor: Cursor, name: string): Addition {
  const at = Math.min(cursor.range.start, ...Array.from(cursor.present.values(), ({ start }) => start));
  if (cursor.notation !== 'block') {
    const key = cursor.notation === 'json' ? `"${name}"` : name;
    return { at, text: `${key}: "", `, stop: key.length + 3 };
  }
  return { at, text: `${name}: ${lineBreak(text)}${' '.repeat(cursor.column)}`, stop: name.length + 2 };
}

function addBehindValue(text: string, cursor: Cursor, value: TextRange, definition: string): Addition {
  if (cursor.notation !== 'block') {
    const added = `, ${cursor.notation === 'json' ? '"definition"' : 'definition'}: ${definition}`;
    return { at: value.end, text: added, stop: added.length - (definition.endsWith('""') ? 1 : 0) };
  }
  const added = `${lineBreak(text)}${' '.repeat(cursor.column)}definition: ${definition}`;
  return { at: endOfLine(text, value.end), text: added, stop: added.length };
}

function emptyText({ notation }: Cursor): string {
  return notation === 'block' ? '' : '""';
}

/** Behind a comment, before the line break. */
function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return text[newline - 1] === '\r' ? Math.max(offset, newline - 1) : newline;
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
