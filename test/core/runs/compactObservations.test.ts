/** Observations kept in columns are the observations that went in. */
import { describe, expect, test } from 'vitest';
import { CompactObservations } from '../../../src/core/runs/compactObservations';
import type { Observation } from '../../../src/core/runs/record';

const reply = { raw: '', at: '' };
const acted: Observation = {
  ...reply,
  type: 'act',
  scenario: 'a',
  value: 'Wealth',
  variant: 7,
  repeat: 0,
  answer: 'agree',
};
const ALL: readonly Observation[] = [
  {
    ...reply,
    ...{ type: 'state', scenario: 'a', variant: 0, repeat: 3 },
    answers: [
      ['Wealth', 1],
      ['__proto__', 4],
      ['Freedom', 'refused'],
      ['Wealth', 'unparsed'],
      ['', 'missing'],
    ],
  },
  acted,
  { ...acted, answer: 'disagree', explanation: '' },
  { ...acted, scenario: '__proto__', value: '__proto__', answer: 'refused', explanation: 'No.' },
  { ...acted, answer: 'missing', repeat: 70_000 },
  { ...reply, type: 'state', scenario: 'b', variant: 5, repeat: 0, answers: [] },
  {
    ...{ type: 'failure', task: 'act', scenario: 'a', value: 'Wealth', variant: 1, repeat: 0, at: '' },
    failure: { code: 'timeout', message: 'No answer within 60 s.' },
  },
  {
    ...{ type: 'failure', task: 'state', scenario: 'b', variant: 2, repeat: 1, at: '' },
    failure: { code: 'rate-limit', message: 'Asked too often.' },
  },
  {
    ...reply,
    type: 'state',
    scenario: 'a',
    variant: 1,
    repeat: 0,
    answers: [
      ['Freedom', 3],
      ['Wealth', 2],
    ],
  },
];

function keep(observations: Iterable<Observation>): CompactObservations {
  const kept = new CompactObservations();
  for (const observation of observations) kept.add(observation);
  return kept;
}

describe('CompactObservations', () => {
  test('give back what went in, in its order, as often as asked', () => {
    const view = keep(ALL).view();
    expect([...view]).toEqual(ALL);
    expect([...view]).toEqual(ALL);
  });

  test('hold many', () => {
    const many = Array.from({ length: 300 }, (_, repeat) =>
      ALL.map((observation) => ({ ...observation, repeat })),
    ).flat();
    expect([...keep(many).view()]).toEqual(many);
    expect(keep(many).size).toBe(many.length);
  });

  test('keep neither raw texts nor what was spent', () => {
    const [kept] = keep([{ ...acted, raw: 'a long answer', at: '2026-01-01', ms: 3, cached: true }]).view();
    expect(kept).toEqual(acted);
  });

  test('a view has what was there when it was asked for', () => {
    const kept = keep([acted]);
    const before = kept.view();
    for (let at = 0; at < 200; at++) kept.add({ ...acted, answer: 'disagree' });
    expect([...before]).toEqual([acted]);
    expect([...kept.view()]).toHaveLength(201);
  });

  test('a repeat beyond all numbers is not taken for one there is', () => {
    const [kept] = keep([{ ...acted, repeat: 2 ** 32 }]).view();
    expect(kept?.repeat).toBeGreaterThan(1_000_000);
  });
});
