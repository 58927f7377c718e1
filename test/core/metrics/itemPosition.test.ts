import { describe, expect, it } from 'vitest';
import { measureItemPosition, picksOption } from '../../../src/core/metrics/itemPosition';
import { measurePosition } from '../../../src/core/metrics/promptMeasures';
import { tabulate } from '../../../src/core/metrics/table';
import type { ActedAnswer } from '../../../src/core/runs/record';
import { acted, makeHeader, makeItem, makeScenario } from '../../extension/results';

const answersOf = (given: Partial<Record<number, ActedAnswer>>, repeat = 0) =>
  Object.entries(given).map(([variant, answer]) => ({
    variant: Number(variant),
    repeat,
    answer: answer as ActedAnswer,
  }));

describe('position of one item', () => {
  it('pairs variants that differ in order alone: 0 with 2, 1 with 3, 4 with 6, 5 with 7', () => {
    const answers = answersOf({
      0: 'agree',
      1: 'agree',
      2: 'agree',
      3: 'disagree',
      4: 'agree',
      5: 'disagree',
      6: 'disagree',
      7: 'disagree',
    });
    const position = measureItemPosition(answers);
    expect(position).toMatchObject({ pairs: 4, flips: 2, answers: 8 });
    expect(answers.filter(position.isFlipped).map(({ variant }) => variant)).toEqual([1, 3, 4, 6]);
  });

  it('leaves pairs out that lack a usable answer, and keeps repeats apart', () => {
    const first = answersOf({ 0: 'agree', 2: 'refused', 1: 'agree' });
    expect(measureItemPosition([...first, ...answersOf({ 3: 'disagree' }, 1)])).toMatchObject({
      pairs: 0,
      flips: 0,
      answers: 3,
    });
  });

  it('knows which option an answer stands for', () => {
    expect(picksOption({ variant: 0, answer: 'disagree' })).toBe(1);
    expect(picksOption({ variant: 2, answer: 'disagree' })).toBe(2);
    expect(picksOption({ variant: 2, answer: 'agree' })).toBe(1);
    expect(picksOption({ variant: 2, answer: 'refused' })).toBeUndefined();
  });

  it('agrees with the measure of a whole run', () => {
    const given: ActedAnswer[] = ['agree', 'disagree', 'disagree', 'disagree', 'refused', 'agree', 'agree', 'disagree'];
    const scenario = makeScenario([makeItem('Wealth')]);
    const header = { ...makeHeader(scenario), variants: { task1: [], task2: [0, 1, 2, 3, 4, 5, 6, 7] } };
    const observations = given.map((answer, variant) => acted('Wealth', answer, variant));
    const { positionBias, firstOptionRate } = measurePosition(tabulate({ header, observations }));
    const own = measureItemPosition(given.map((answer, variant) => ({ variant, repeat: 0, answer })));
    expect(own.flips / own.pairs).toBe(positionBias);
    expect(own.firstOption / own.answers).toBe(firstOptionRate);
  });
});
