/** Takes an entry out of a list. */
import type { Problem, TextRange } from '../core/scenario/model';
import type { TextEdit } from './model';
import type { QuickFix } from './quickFixModel';

export function removeDuplicate(text: string, problem: Problem): QuickFix[] {
  const { fix } = problem;
  if (fix?.kind !== 'remove') return [];
  const written = text.slice(fix.range.start, fix.range.end);
  // What is named in it may be repeated elsewhere.
  if (/(?:^|[\s[{,])&[^\s,[\]{}]/.test(written)) return [];
  const edit = isFlowEntry(text, fix.range) ? removeFlowEntry(text, fix.range) : removeLines(text, fix.range);
  return edit ? [{ title: 'Remove this item', problem, edits: [edit], isPreferred: true, isSafe: false }] : [];
}

/** Whether an entry stands in a list in brackets. */
export function isFlowEntry(text: string, { start, end }: TextRange): boolean {
  const before = lastSign(text, start);
  const after = /\S/.exec(text.slice(end, end + 10_000))?.[0];
  return (before === '[' || before === ',') && (after === ']' || after === ',');
}

/** With the comma behind it and the white space up to the next one, else with the comma before it. */
export function removeFlowEntry(text: string, { start, end }: TextRange): TextEdit {
  const behind = /^\s*,\s*/.exec(text.slice(end, end + 10_000));
  if (behind) return { range: { start, end: end + behind[0].length }, text: '' };
  const from = Math.max(0, start - 10_000);
  const ahead = /,\s*$/.exec(text.slice(from, start));
  return { range: { start: ahead ? from + ahead.index : start, end }, text: '' };
}

/** The lines of an entry in block style, from its dash on; undefined where something else stands on them. */
export function removeLines(text: string, { start, end }: TextRange): TextEdit | undefined {
  const from = Math.max(0, start - 10_000);
  const dash = /(?:^|\n)([^\S\n]*-\s+)$/.exec(text.slice(from, start));
  const rest = /^[^\S\n]*(?:#[^\n]*)?(?:\n|$)/.exec(text.slice(end, text.indexOf('\n', end) + 1 || undefined));
  if (!dash || !rest) return undefined;
  return { range: { start: start - (dash[1]?.length ?? 0), end: end + rest[0].length }, text: '' };
}

function lastSign(text: string, offset: number): string | undefined {
  return /(\S)\s*$/.exec(text.slice(Math.max(0, offset - 10_000), offset))?.[1];
}
