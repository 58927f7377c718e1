/** Brings an attribution back to the words of its action, or takes it out. */
import type { Problem, ValueAction } from '../core/scenario/model';
import { previousLine } from './blockLines';
import { documentAt, findCursor } from './findCursor';
import { quoteLike } from './insertion';
import type { TextEdit } from './model';
import type { FixSource, QuickFix } from './quickFixModel';
import { isFlowEntry, removeFlowEntry, removeLines } from './quickFixRemove';

export function fixAttribution(source: FixSource, problem: Problem): QuickFix[] {
  if (problem.code !== 'attribution-not-in-action') return [];
  const { text } = source;
  const { range } = problem;
  const found = findAttribution(source, problem);
  if (!found || text[range.start] === '*') return [];
  const fixes: QuickFix[] = [];
  const run = findLongestRun(found.span, found.action.action);
  if (run) {
    const notation = findCursor(text, range.start)?.notation ?? 'block';
    const replacement = quoteLike(text.slice(range.start, range.end), notation, run.text);
    const title = `Trim to "${run.text}"`;
    const edits = [{ range, text: replacement }];
    fixes.push({ title, problem, edits, isPreferred: true, isSafe: run.isWhole });
  }
  const edits = removeAttribution(text, problem, found.action.attributionRanges.length === 1);
  if (edits) fixes.push({ title: 'Remove this attribution', problem, edits, isPreferred: false, isSafe: false });
  return fixes;
}

function findAttribution(
  source: FixSource,
  { range }: Problem,
): { readonly action: ValueAction; readonly span: string } | undefined {
  for (const item of source.scenarioAt(range.start)?.items ?? []) {
    for (const action of [item.agree, item.disagree]) {
      const at = action?.attributionRanges.findIndex(({ start, end }) => start === range.start && end === range.end);
      const span = action?.attributions[at ?? -1];
      if (action && span !== undefined) return { action, span };
    }
  }
  return undefined;
}

interface Run {
  /** In the words of the action. */
  readonly text: string;
  /** Whether all words of the span are in it. */
  readonly isWhole: boolean;
}

/** Longer texts are no sentences. */
const WORD_LIMIT = 400;

/** Two words at least, or half of the span: less would attribute something else. */
function findLongestRun(span: string, action: string): Run | undefined {
  const wanted = listWords(span);
  const words = listWords(action);
  let best = { length: 0, end: 0 };
  // Lengths of the common runs that end at each word of the action.
  let row: number[] = [];
  for (const { name } of wanted) {
    row = words.map((word, at) => (word.name === name ? (row[at - 1] ?? 0) + 1 : 0));
    row.forEach((length, end) => {
      if (length > best.length) best = { length, end };
    });
  }
  const first = words[best.end - best.length + 1];
  const last = words[best.end];
  if (best.length === 0 || !first || !last || (best.length < 2 && best.length * 2 < wanted.length)) return undefined;
  return { text: action.slice(first.start, last.end).replace(/\s+/g, ' '), isWhole: best.length === wanted.length };
}

function listWords(text: string): { name: string; start: number; end: number }[] {
  const words: { name: string; start: number; end: number }[] = [];
  for (const { 0: word, index } of text.matchAll(
    /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+(?:['’-][\p{L}\p{N}]+)*/gu,
  )) {
    if (words.length === WORD_LIMIT) break;
    words.push({ name: word.toLowerCase(), start: index, end: index + word.length });
  }
  return words;
}

/** An empty list stays where it was the only one. */
function removeAttribution(text: string, { range }: Problem, isOnly: boolean): TextEdit[] | undefined {
  if (isFlowEntry(text, range)) return [removeFlowEntry(text, range)];
  const lines = removeLines(text, range);
  if (!lines || !isOnly) return lines && [lines];
  const line = previousLine(text, documentAt(text, range.start), lines.range.start, Number.POSITIVE_INFINITY);
  if (line?.key?.name !== 'attributions' || line.key.inline.start < line.key.inline.end) return undefined;
  const at = line.key.colon + 1;
  return [{ range: { start: at, end: at }, text: ' []' }, lines];
}
