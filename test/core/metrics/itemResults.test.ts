/** The answers behind an item's result. */
import { describe, expect, test } from 'vitest';
import { listItemResults } from '../../../src/core/metrics/itemResults';
import type { Observation, Run } from '../../../src/core/runs/record';
import { type AnsweredItem, buildRun } from './runs';

const items: readonly AnsweredItem[] = [
  { value: 'Wealth', stated: [1, 'refused'], acted: ['agree', 'missing', 'disagree'] },
  { value: 'Freedom', stated: [1, 'refused'], acted: ['agree', 'missing', 'disagree'] },
];
const scenario = 'India · Religion';
const run = buildRun([{ country: 'India', topic: 'Religion', items }], 2);

function add(...observations: readonly Observation[]): Run {
  return { ...run, observations: [...run.observations, ...observations] };
}

function act(variant: number, explanation?: string, repeat = 0): Observation {
  const said = explanation === undefined ? {} : { explanation };
  return { type: 'act', scenario, value: 'Wealth', variant, repeat, answer: 'agree', ...said, raw: '', at: '' };
}

function failure(task: 'state' | 'act', value?: string): Observation {
  const about = value === undefined ? {} : { value };
  const why = { code: 'timeout', message: 'No answer.' };
  return { type: 'failure', task, scenario, variant: 0, repeat: 0, ...about, failure: why, at: '' };
}

describe('the answers of an item', () => {
  test('are those it got, by repeat and variant, usable or not', () => {
    const [wealth] = listItemResults(add(act(0, undefined, 1)));
    expect(wealth).toMatchObject({
      stateAnswers: [
        { variant: 0, repeat: 0, answer: 1 },
        { variant: 1, repeat: 0, answer: 'refused' },
      ],
      actAnswers: [
        { variant: 0, repeat: 0, answer: 'agree' },
        { variant: 1, repeat: 0, answer: 'missing' },
        { variant: 2, repeat: 0, answer: 'disagree' },
        { variant: 0, repeat: 1, answer: 'agree' },
      ],
    });
  });

  test('are held once where two items have the same ones', () => {
    const [wealth, freedom] = listItemResults(run);
    expect(freedom?.stateAnswers).toBe(wealth?.stateAnswers);
    expect(freedom?.actAnswers).toBe(wealth?.actAnswers);
  });

  test('have the words of their own item, and of the last answer to the request', () => {
    const [wealth, freedom] = listItemResults(add(act(0, 'At first.'), act(0, 'Then.'), act(2, 'Gone.'), act(2)));
    expect(wealth?.actAnswers).toEqual([
      { variant: 0, repeat: 0, answer: 'agree', explanation: 'Then.' },
      { variant: 1, repeat: 0, answer: 'missing' },
      { variant: 2, repeat: 0, answer: 'agree' },
    ]);
    expect(JSON.stringify(freedom)).not.toContain('explanation');
  });

  test('come with the failures of the item, and those of Task 1, which asks about all', () => {
    const results = listItemResults(add(failure('act', 'Wealth'), failure('act', 'Wealth'), failure('state')));
    expect(results.map(({ failures }) => failures)).toEqual([3, 1]);
  });

  test('leave out what no plan of the run asks for', () => {
    expect(listItemResults(add(act(0, 'Too often.', 2)))).toEqual(listItemResults(run));
  });
});
