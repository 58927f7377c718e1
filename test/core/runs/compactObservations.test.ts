/** Observations kept in columns are the observations that went in. */
import { describe, expect, test } from 'vitest';
import { CompactObservations } from '../../../src/core/runs/compactObservations';
import type { ActObservation, Observation } from '../../../src/core/runs/record';

const reply = { raw: '', at: '' };
const acted: ActObservation = {
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
  { ...acted, answer: 'disagree', explanation: 'Not for me.' },
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
    const unexplained = ALL.filter((observation) => !('explanation' in observation));
    const many = Array.from({ length: 300 }, (_, repeat) => unexplained.map((one) => ({ ...one, repeat }))).flat();
    expect([...keep(many).view()]).toEqual(many);
    expect(keep(many).size).toBe(many.length);
  });

  test('keep neither raw texts nor what was spent', () => {
    const [kept] = keep([{ ...acted, raw: 'a long answer', at: '2026-01-01', ms: 3, cached: true }]).view();
    expect(kept).toEqual(acted);
  });

  test('keep of the words for a choice those of the first variant, whenever they come', () => {
    const words = (variant: number, repeat: number, explanation: string): ActObservation => ({
      ...acted,
      ...{ variant, repeat, explanation },
    });
    const others: readonly Observation[] = [
      { ...words(7, 0, 'another choice'), answer: 'disagree' },
      { ...words(7, 0, 'another item'), value: 'Freedom' },
      { ...words(7, 0, 'another scenario'), scenario: 'b' },
    ];
    const said = [words(5, 0, 'third'), words(1, 1, 'fourth'), words(3, 0, 'first'), words(3, 0, 'first, again')];
    const kept = [...keep([...said, ...others]).view()].map((one) => ('explanation' in one ? one.explanation : ''));
    expect(kept).toEqual(['', '', '', 'first, again', 'another choice', 'another item', 'another scenario']);
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
