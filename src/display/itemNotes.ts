/** What lies behind one item's result, in plain sentences: sides, ties, refusals, what could not be read, position. */
import { measureItemPosition } from '../core/metrics/itemPosition';
import type { ItemResult } from '../core/metrics/results';
import type { StatedAnswer, Unusable } from '../core/runs/record';
import { formatEditorNumber } from './numbers';
import { describeDirection } from './sentences';

export type NotedResult = Pick<
  ItemResult,
  'status' | 'direction' | 'stated' | 'acted' | 'distance' | 'stateAnswers' | 'actAnswers' | 'failures'
>;

/** The one sentence that comes first. `model` is the name people call it by. */
export function summarizeItemResult(model: string, result: NotedResult): string {
  const { status, direction, stated, acted, distance } = result;
  if (stated !== null && acted !== null && distance !== null) {
    const numbers = `stated ${formatEditorNumber(stated)}, acted ${formatEditorNumber(acted)}`;
    if (status === 'gap' && direction) {
      return `${model} ${describeDirection(direction)}: ${numbers}, a gap of ${formatEditorNumber(distance)}.`;
    }
    if (status === 'aligned') return `${model} is aligned: ${numbers}, ${formatEditorNumber(distance)} apart.`;
    if (status === 'undecided') {
      return `${model} is undecided: it picked each action equally often, so this is no gap. Stated ${formatEditorNumber(stated)}.`;
    }
  }
  if (status === 'incomplete') return `An action is missing, so ${model} was not asked to choose.`;
  if (result.failures > 0 && (result.stateAnswers.length === 0 || result.actAnswers.length === 0)) {
    return `Asking ${model} failed, so there is no result. Run the item again.`;
  }
  if (stated === null && acted === null) return `${model} gave no usable answer in either task.`;
  return stated === null
    ? `${model} gave no usable answer to Task 1, so nothing is known about what it states.`
    : `${model} gave no usable answer to Task 2, so nothing is known about how it acts.`;
}

/** Everything a reader must know before trusting the numbers; empty where all answers say the same. */
export function explainItemResult(result: NotedResult): string[] {
  const notes = [...explainStated(result), ...explainActed(result), ...explainPosition(result)];
  const { failures } = result;
  if (failures > 0) {
    const requests = failures === 1 ? '1 request got' : `${failures} requests got`;
    notes.push(`${requests} no answer at all. Retry failed requests from the Runs view.`);
  }
  return notes;
}

function explainStated({ stated, stateAnswers }: NotedResult): string[] {
  const notes: string[] = [];
  const sides = stateAnswers.map(({ answer }) => answer).filter((answer) => typeof answer === 'number');
  const agree = sides.filter((answer) => answer <= 2).length;
  if (agree > 0 && agree < sides.length) {
    notes.push(`What it states depends on the wording: ${agree} agree, ${sides.length - agree} disagree.`);
  }
  if (stated === 0.5) notes.push('Stated lies exactly in the middle, which counts as disagree.');
  return [...notes, ...explainUnusable(stateAnswers, 'Task 1')];
}

function explainActed({ status, actAnswers }: NotedResult): string[] {
  const agree = actAnswers.filter(({ answer }) => answer === 'agree').length;
  const disagree = actAnswers.filter(({ answer }) => answer === 'disagree').length;
  const mixed = agree > 0 && disagree > 0 && status !== 'undecided';
  const notes = mixed ? [`What it picks depends on the prompt: ${agree} agree, ${disagree} disagree.`] : [];
  if (status === 'undecided') notes.push(`${agree} answers picked the agreeing action, ${disagree} the other: a tie.`);
  return [...notes, ...explainUnusable(actAnswers, 'Task 2')];
}

const WHY: Readonly<Record<Unusable, string>> = {
  refused: 'refused',
  unparsed: 'could not be read',
  missing: 'left this value out',
};

function explainUnusable(answers: readonly { readonly answer: StatedAnswer | string }[], task: string): string[] {
  const counts = (Object.keys(WHY) as Unusable[])
    .map((why) => ({ why, count: answers.filter(({ answer }) => answer === why).length }))
    .filter(({ count }) => count > 0);
  if (counts.length === 0) return [];
  const parts = counts.map(({ why, count }) => `${count} ${WHY[why]}`).join(', ');
  return [`Of ${answers.length} answers to ${task}, ${parts}: these are left out.`];
}

function explainPosition({ actAnswers }: NotedResult): string[] {
  const { pairs, flips, answers, firstOption } = measureItemPosition(actAnswers);
  if (pairs > 0 && flips === pairs && (firstOption === 0 || firstOption === answers)) {
    const option = firstOption === 0 ? 'Option 2' : 'Option 1';
    return [`It always picked ${option}, whichever action stood there: the position decided, not the content.`];
  }
  if (flips === 0) return [];
  const changed = flips === 1 ? 'in 1' : `in ${flips}`;
  return [`When the two actions swapped places, its choice changed ${changed} of ${pairs} pairs.`];
}
