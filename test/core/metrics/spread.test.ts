import { expect, test } from 'vitest';
import { computeDeviation, measureSpread } from '../../../src/core/metrics/spread';
import { tabulate } from '../../../src/core/metrics/table';
import type { ActedAnswer, Observation, RunHeader, StatedAnswer } from '../../../src/core/runs/record';
import { buildHeader, buildScenario } from '../../fixtures/runs';

const at = '2026-01-31T09:30:01.000Z';
const values = ['A', 'B'];

/** For each repeat, what is stated and done about each value, in one variant. */
function tableOf(repeats: readonly { state: StatedAnswer[]; act: ActedAnswer[] }[], change: Partial<RunHeader> = {}) {
  const variants = { task1: [0], task2: [0] };
  const header = buildHeader(buildScenario(values), { variants, repeats: repeats.length, ...change });
  const scenario = header.scenarios[0]?.key ?? '';
  const observations = repeats.flatMap(({ state, act }, repeat): Observation[] => [
    {
      type: 'state',
      scenario,
      variant: 0,
      repeat,
      answers: values.map((value, n) => [value, state[n] ?? 'missing']),
      raw: '',
      at,
    },
    ...values.map(
      (value, n): Observation => ({
        type: 'act',
        scenario,
        value,
        variant: 0,
        repeat,
        answer: act[n] ?? 'unparsed',
        raw: '',
        at,
      }),
    ),
  ]);
  return tabulate({ header, observations });
}

test('the deviation is that of a sample', () => {
  expect(computeDeviation([])).toBeNull();
  expect(computeDeviation([0.5])).toBeNull();
  expect(computeDeviation([0.5, 0.5, 0.5])).toBe(0);
  expect(computeDeviation([0, 1])).toBeCloseTo(Math.SQRT1_2, 12);
  expect(computeDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
});

test('repeats that agree have none', () => {
  const same = { state: [4, 1], act: ['disagree', 'agree'] } satisfies Parameters<typeof tableOf>[0][0];
  expect(measureSpread(tableOf([same, same, same]))).toEqual({
    repeats: 3,
    stated: 0,
    acted: 0,
    alignmentRate: { byRepeat: [1, 1, 1], deviation: 0 },
  });
});

test('each repeat is measured by itself, each item against itself', () => {
  const spread = measureSpread(
    tableOf([
      { state: [4, 1], act: ['disagree', 'agree'] },
      { state: [1, 1], act: ['disagree', 'agree'] },
    ]),
  );
  // Item A is stated 1 and 0, item B the same twice.
  expect(spread?.stated).toBeCloseTo(Math.SQRT1_2 / 2, 12);
  expect(spread?.acted).toBe(0);
  expect(spread?.alignmentRate.byRepeat).toEqual([1, 0]);
  expect(spread?.alignmentRate.deviation).toBeCloseTo(Math.SQRT1_2, 12);
});

test('what has no figure in a repeat counts in the others', () => {
  const spread = measureSpread(
    tableOf([
      { state: [4, 'refused'], act: ['disagree', 'agree'] },
      { state: ['unparsed', 1], act: ['agree', 'refused'] },
      { state: [2, 1], act: ['disagree', 'agree'] },
    ]),
  );
  const a = computeDeviation([1, 1 / 3]) ?? Number.NaN;
  expect(spread?.stated).toBeCloseTo(a / 2, 12);
  // In the second repeat nothing has an answer to both tasks.
  expect(spread?.alignmentRate.byRepeat).toEqual([1, null, 0]);
});

test('a run without repeats has no spread', () => {
  expect(measureSpread(tableOf([{ state: [4, 1], act: ['disagree', 'agree'] }]))).toBeNull();
});
