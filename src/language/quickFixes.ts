/** Fixes for the problems of a file. */
import type { Problem } from '../core/scenario/model';
import type { LocatedFile, TextEdit } from './model';
import { addDefinition, addMissing } from './quickFixAdd';
import { fixAttribution } from './quickFixAttribution';
import type { FindDefinition, FixSource, QuickFix } from './quickFixModel';
import { removeDuplicate } from './quickFixRemove';
import { replaceBySuggestion } from './quickFixReplace';

/**
 * What can be done about these problems, the best of each first. Never throws.
 *
 * The server passes the problems of the file that touch the range it is asked about, and answers with code actions of
 * kind `quickfix`; `problem` tells which diagnostic each belongs to.
 */
export function computeQuickFixes(
  source: FixSource,
  problems: readonly Problem[],
  findDefinition: FindDefinition = () => undefined,
): QuickFix[] {
  return problems.flatMap((problem) => [
    ...replaceBySuggestion(source, problem),
    ...addMissing(source, problem),
    ...addDefinition(source, problem, findDefinition),
    ...removeDuplicate(source.text, problem),
    ...fixAttribution(source, problem),
  ]);
}

/**
 * The edits of all safe fixes; none that would meet another, or write a value into a scenario twice. Never throws.
 * The server answers `source.fixAll` with them.
 */
export function fixAll(source: FixSource, problems: readonly Problem[]): TextEdit[] {
  const edits: TextEdit[] = [];
  const written = new Set<string>();
  for (const { problem, edits: found } of computeQuickFixes(source, problems).filter(({ isSafe }) => isSafe)) {
    const overlaps = found.some(({ range: a }) => edits.some(({ range: b }) => a.start < b.end && b.start < a.end));
    if (overlaps) continue;
    if (problem.code === 'unknown-value') {
      const place = `${source.scenarioAt(problem.range.start)?.range.start} ${found[0]?.text}`;
      if (written.has(place)) continue;
      written.add(place);
    }
    edits.push(...found);
  }
  return edits.sort((a, b) => a.range.start - b.range.start);
}

/** The definitions that the items of all these files give for values of their own. */
export function collectDefinitions(files: readonly Pick<LocatedFile['file'], 'scenarios'>[]): FindDefinition {
  const definitions = new Map<string, string>();
  for (const { scenarios } of files)
    for (const { items } of scenarios)
      for (const { value, definition } of items) if (!definitions.has(value)) definitions.set(value, definition);
  return (value) => definitions.get(value);
}
