/** The wordings of the prompts, and the answers to them, in the words of tables. */
import { task1Variant, task2Variant } from '../core/prompts/variants';
import type { StatedAnswer, Unusable } from '../core/runs/record';

/** Number, wording, order, requirement. */
export function describeTask1(index: number): [string, string, string, string] {
  const { wording, order, requirement } = task1Variant(index);
  return [String(index), wording, order.replace('-', ' '), requirement];
}

/** Number, wording, order, requirement. */
export function describeTask2(index: number): [string, string, string, string] {
  const { wording, order, requirement } = task2Variant(index);
  return [String(index), wording === 0 ? 'first' : 'second', order.replace('-', ' '), requirement];
}

const STATED = ['strongly agree', 'agree', 'disagree', 'strongly disagree'];

/** "2 agree"; for an answer without one, what it was instead. Portraits ask for likeness on the same scale. */
export function describeStated(answer: StatedAnswer): string {
  return typeof answer === 'number' ? `${answer} ${STATED[answer - 1]}` : describeUnusable(answer);
}

export function describeUnusable(answer: Unusable): string {
  switch (answer) {
    case 'refused':
      return 'refused';
    case 'unparsed':
      return 'could not be read';
    case 'missing':
      return 'left out';
  }
}
