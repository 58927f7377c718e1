/** What is wrong with a scenario file, in the order in which it should be seen to. */
import type { Problem, ProblemSeverity } from '../core/scenario/model';

const RANK: Readonly<Record<ProblemSeverity, number>> = { error: 0, warning: 1, hint: 2 };

/** Errors first, each severity from top to bottom. */
export function orderProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => RANK[a.severity] - RANK[b.severity] || a.range.start - b.range.start);
}

/** More than these of one file nobody reads, and an editor slows down over them. */
export const PROBLEM_LIMIT = 500;

/**
 * The first of them, and where there are more one that says how many are hidden, so that nobody takes the rest for
 * clean.
 *
 * @param problems in the order of `orderProblems`
 */
export function capProblems(problems: readonly Problem[], limit = PROBLEM_LIMIT): readonly Problem[] {
  const [first] = problems;
  if (!first || problems.length <= limit) return problems;
  const shown = problems.slice(0, limit - 1);
  const hidden = problems.slice(shown.length);
  const count = (severity: ProblemSeverity) => hidden.filter((problem) => problem.severity === severity).length;
  const message = `${hidden.length} more problems of this file are not listed (${count('error')} errors, ${count('warning')} warnings, ${count('hint')} hints). Correct those that are to see the rest.`;
  return [...shown, { ...first, code: 'more-problems', message, range: { start: 0, end: 0 }, fix: undefined }];
}
