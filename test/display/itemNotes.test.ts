import { describe, expect, it } from 'vitest';
import type { ItemResult } from '../../src/core/metrics/results';
import type { ActedAnswer, StatedAnswer } from '../../src/core/runs/record';
import { explainItemResult, summarizeItemResult } from '../../src/display/itemNotes';
import { splitAtSpans } from '../../src/display/spans';
import { describeStated, describeTask1, describeTask2 } from '../../src/display/variantWords';
import { makeResult } from '../extension/results';

const slots = <A>(answers: readonly A[]) => answers.map((answer, variant) => ({ variant, repeat: 0, answer }));
const make = (states: readonly StatedAnswer[], acts: readonly ActedAnswer[], rest: Partial<ItemResult> = {}) =>
  makeResult('m', { stateAnswers: slots(states), actAnswers: slots(acts), ...rest }).result;

describe('summarizeItemResult', () => {
  it.each<[Partial<ItemResult>, string]>([
    [
      { status: 'gap', direction: 'stated-agree-acted-disagree', stated: 0.125, acted: 0.875, distance: 0.75 },
      'm says agree, acts disagree: stated 0.13, acted 0.88, a gap of 0.75.',
    ],
    [
      { status: 'aligned', stated: 0, acted: 0.25, distance: 0.25 },
      'm is aligned: stated 0.00, acted 0.25, 0.25 apart.',
    ],
    [
      { status: 'undecided', stated: 0, acted: 0.5, distance: 0.5 },
      'm is undecided: it picked each action equally often, so this is no gap. Stated 0.00.',
    ],
    [{ status: 'incomplete', acted: null, distance: null }, 'An action is missing, so m was not asked to choose.'],
    [
      { status: 'unusable', stated: null, distance: null },
      'm gave no usable answer to Task 1, so nothing is known about what it states.',
    ],
    [
      { status: 'unusable', acted: null, distance: null },
      'm gave no usable answer to Task 2, so nothing is known about how it acts.',
    ],
    [{ status: 'unusable', stated: null, acted: null, distance: null }, 'm gave no usable answer in either task.'],
    [
      { status: 'unusable', stated: null, acted: null, distance: null, actAnswers: [], failures: 8 },
      'Asking m failed, so there is no result. Run the item again.',
    ],
  ])('%j', (result, sentence) => {
    expect(summarizeItemResult('m', makeResult('m', result).result)).toBe(sentence);
  });
});

describe('explainItemResult', () => {
  it('has nothing to say where all answers say the same', () => {
    expect(explainItemResult(make([1, 1, 2], ['agree', 'agree', 'agree', 'agree']))).toEqual([]);
  });

  it('tells refusals, unread answers and left-out values by task', () => {
    expect(explainItemResult(make([1, 'refused', 'missing', 'missing'], ['agree', 'unparsed']))).toEqual([
      'Of 4 answers to Task 1, 1 refused, 2 left this value out: these are left out.',
      'Of 2 answers to Task 2, 1 could not be read: these are left out.',
    ]);
  });

  it('tells a stated tie', () => {
    expect(explainItemResult(make([1, 4], ['agree'], { stated: 0.5 }))).toEqual([
      'What it states depends on the wording: 1 agree, 1 disagree.',
      'Stated lies exactly in the middle, which counts as disagree.',
    ]);
  });

  it('tells that position decided', () => {
    const acts: ActedAnswer[] = ['disagree', 'disagree', 'agree', 'agree'];
    expect(explainItemResult(make([1], acts, { status: 'undecided', acted: 0.5 }))).toEqual([
      '2 answers picked the agreeing action, 2 the other: a tie.',
      'It always picked Option 1, whichever action stood there: the position decided, not the content.',
    ]);
  });

  it('counts the pairs that changed', () => {
    const acts: ActedAnswer[] = ['disagree', 'disagree', 'disagree', 'agree'];
    expect(explainItemResult(make([1], acts, { status: 'gap' }))).toEqual([
      'What it picks depends on the prompt: 1 agree, 3 disagree.',
      'When the two actions swapped places, its choice changed in 1 of 2 pairs.',
    ]);
  });

  it('tells failed requests and what to do', () => {
    expect(explainItemResult(make([1], ['agree'], { failures: 1 }))).toEqual([
      '1 request got no answer at all. Retry failed requests from the Runs view.',
    ]);
  });
});

describe('variantWords', () => {
  it('names wording, order and requirement as released', () => {
    expect(describeTask1(3)).toEqual(['3', 'portrait', 'options first', 'chat']);
    expect(describeTask2(5)).toEqual(['5', 'second', 'disagree first', 'explanation']);
    expect([1, 4, 'missing'].map((answer) => describeStated(answer as StatedAnswer))).toEqual([
      '1 strongly agree',
      '4 strongly disagree',
      'left out',
    ]);
  });
});

describe('splitAtSpans', () => {
  it('gives all of the text, overlapping spans as one', () => {
    const pieces = splitAtSpans('one two three four', ['two three', 'one two', 'absent', ' ']);
    expect(pieces).toEqual([
      { text: 'one two three', marked: true },
      { text: ' four', marked: false },
    ]);
    expect(splitAtSpans('', ['a'])).toEqual([]);
  });
});
