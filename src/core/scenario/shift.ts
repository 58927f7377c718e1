/** Moves what was read from a part to where the part stands. */
import type { Item, Problem, ProblemFix, TextRange, ValueAction } from './model';

export function shiftRange({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

export function shiftProblem(problem: Problem, by: number): Problem {
  if (by === 0) return problem;
  const range = shiftRange(problem.range, by);
  return problem.fix ? { ...problem, range, fix: shiftFix(problem.fix, by) } : { ...problem, range };
}

function shiftFix(fix: ProblemFix, by: number): ProblemFix {
  return fix.kind === 'replace' ? fix : { ...fix, range: shiftRange(fix.range, by) };
}

export function shiftItem(item: Item, by: number): Item {
  return {
    ...item,
    range: shiftRange(item.range, by),
    valueRange: shiftRange(item.valueRange, by),
    ...(item.agree && { agree: shiftAction(item.agree, by) }),
    ...(item.disagree && { disagree: shiftAction(item.disagree, by) }),
  };
}

function shiftAction(action: ValueAction, by: number): ValueAction {
  return {
    ...action,
    range: shiftRange(action.range, by),
    actionRange: shiftRange(action.actionRange, by),
    attributionRanges: action.attributionRanges.map((range) => shiftRange(range, by)),
  };
}
