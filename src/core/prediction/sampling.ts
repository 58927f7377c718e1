/** Draws what an observer is shown and tested on: seeded, as many True as False, and no item in both. */
import { orderBySeed } from '../seededOrder';
import type { Drawn, Label, LabelledItem, ShownAction } from './record';
import type { UsableItem, UsableItems } from './usableItems';

export interface SampleWish {
  readonly label: Label;
  /** Few-shot examples of each class, 0 or more. */
  readonly examples: number;
  /** Test items of each class, 0 or more; without any, all of a small class are examples. */
  readonly tests: number;
  readonly seed: number;
}

export interface PredictionSample {
  readonly drawn: Drawn;
  /** True and False mixed, in an order that follows the seed. */
  readonly examples: readonly LabelledItem[];
  readonly tests: readonly LabelledItem[];
}

/** Nothing can be predicted; the message says why and what to do. */
export class SampleError extends Error {
  override readonly name = 'SampleError';

  constructor(
    message: string,
    /** `one-class`: the other label may do. */
    readonly reason: 'no-items' | 'one-class' | 'nothing-to-show' = 'no-items',
  ) {
    super(message);
  }
}

/** Of a class that is too small for both, so much goes to the examples. */
const SHARE_OF_EXAMPLES = 0.2;

/**
 * Both classes give equally many examples and equally many tests, so that answering True always scores 0.667. Where the
 * smaller class does not reach for what was wished, a fifth of it goes to the examples and the rest is tested.
 * Each item has a place that follows from the seed and from what it is, not from where it stands in the run.
 * @throws {SampleError} where a class has no item.
 */
export function drawSample(
  { items, leftOut }: UsableItems,
  { label, examples, tests, seed }: SampleWish,
): PredictionSample {
  const wished = { examples, tests };
  if (items.length === 0) throw new SampleError(`No item of the run can be used: ${describeLeftOut(leftOut)}.`);
  const classes = splitClasses(items, label, seed);
  const usable = { true: classes.true.length, false: classes.false.length };
  const smaller = Math.min(usable.true, usable.false);
  if (smaller === 0) throw new SampleError(explainOneClass(label, usable.true === 0), 'one-class');
  const shown = countExamples(smaller, wished);
  const tested = Math.min(tests, smaller - shown);
  const both = [classes.true, classes.false];
  const mix = (picked: LabelledItem[]) => orderBySeed(picked, (item) => [seed, 'order', ...nameItem(item)]);
  return {
    drawn: { wished, usable, leftOut },
    examples: mix(both.flatMap((one) => one.slice(0, shown))),
    tests: mix(both.flatMap((one) => one.slice(shown, shown + tested))),
  };
}

function countExamples(smaller: number, { examples, tests }: Drawn['wished']): number {
  if (smaller >= examples + tests) return examples;
  if (tests === 0) return smaller;
  // One of two is an example: without any, the observer is not told what it is about.
  const share = Math.max(smaller > 1 ? 1 : 0, Math.floor(smaller * SHARE_OF_EXAMPLES));
  return Math.min(examples, share);
}

function splitClasses(items: readonly UsableItem[], label: Label, seed: number) {
  const ordered = orderBySeed(items, (item) => [seed, 'draw', ...nameItem(item)]);
  const labelled = label === 'stated' ? ordered.map(labelStated) : ordered.flatMap(labelActed);
  return { true: labelled.filter(({ truth }) => truth), false: labelled.filter(({ truth }) => !truth) };
}

/** The chosen action, with the target's own reasons for it rather than those of the file. */
function labelStated(item: UsableItem): LabelledItem {
  const { stated, actions, ownReasons, ...place } = item;
  const action = actions[item.acted] as ShownAction;
  const shown = ownReasons === undefined ? action : { ...action, explanation: ownReasons };
  return { ...place, action: shown, truth: stated === 'agree' };
}

/**
 * What was chosen is True of the one action and False of the other, so every second item is shown with the other one.
 * The target's reasons stay out: it gave them only for what it chose, and they would tell the answer.
 */
function labelActed({ stated: _, ownReasons: __, actions, ...place }: UsableItem, at: number): LabelledItem[] {
  const truth = at % 2 === 0;
  const other = place.acted === 'agree' ? 'disagree' : 'agree';
  const action = actions[truth ? place.acted : other];
  return action ? [{ ...place, action, truth }] : [];
}

function nameItem({ scenario, file, value }: Pick<LabelledItem, 'scenario' | 'file' | 'value'>): string[] {
  return [file, scenario, value];
}

function explainOneClass(label: Label, lacksTrue: boolean): string {
  if (label === 'acted') return 'The run has a single usable item, and two are needed. Run more items first.';
  const only = lacksTrue ? 'disagreement' : 'agreement';
  return `The target states ${only} in every usable item, so there is nothing to tell apart. Choose a run with both, or predict what it chose: --label acted.`;
}

function describeLeftOut(leftOut: Drawn['leftOut']): string {
  const reasons = [
    `${leftOut.stated} have no usable stated answer`,
    `${leftOut.acted} no usable acted answer`,
    `${leftOut.undecided} are undecided`,
    `${leftOut.incomplete} lack an action`,
    `of ${leftOut.noText} the action's text is not known; name the scenario files that hold it`,
  ];
  const counts = [leftOut.stated, leftOut.acted, leftOut.undecided, leftOut.incomplete, leftOut.noText];
  const told = reasons.filter((_, at) => (counts[at] as number) > 0);
  return told.length === 0 ? 'it has none' : told.join(', ');
}
