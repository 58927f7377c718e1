/** Brings an attribution back to the words of its action, or takes it out. */
import { findLongestRun } from '../core/scenario/longestRun';
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
    const notation = findCursor(source, range.start)?.notation ?? 'block';
    const replacement = quoteLike(text.slice(range.start, range.end), notation, run.text);
    const title = `Trim to "${run.text}"`;
    const edits = [{ range, text: replacement }];
    fixes.push({ title, problem, edits, isPreferred: true, isSafe: run.isWhole });
  }
  const edits = removeAttribution(source, problem, found.action.attributionRanges.length === 1);
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

/** An empty list stays where it was the only one. */
function removeAttribution(source: FixSource, { range }: Problem, isOnly: boolean): TextEdit[] | undefined {
  const { text } = source;
  if (isFlowEntry(text, range)) return [removeFlowEntry(text, range)];
  const lines = removeLines(text, range);
  if (!lines || !isOnly) return lines && [lines];
  const line = previousLine(text, documentAt(source, range.start), lines.range.start, Number.POSITIVE_INFINITY);
  if (line?.key?.name !== 'attributions' || line.key.inline.start < line.key.inline.end) return undefined;
  const at = line.key.colon + 1;
  return [{ range: { start: at, end: at }, text: ' []' }, lines];
}
