import { beforeAll, describe, expect, test } from 'vitest';
import { importRecorded } from '../../../src/core/dataset/recorded';
import { readViaCsv } from '../../../src/core/dataset/viaCsv';
import { assembleScenarios } from '../../../src/core/dataset/viaScenarios';
import { ActionTexts } from '../../../src/core/prediction/actionTexts';
import type { LabelledItem } from '../../../src/core/prediction/record';
import { drawSample, SampleError } from '../../../src/core/prediction/sampling';
import { listUsableItems } from '../../../src/core/prediction/usableItems';
import { readSharedLines, readSharedText, sharedDataIsThere } from '../../fixtures/sharedData';
import { buildTarget, buildTexts, listItems, type TargetItem } from './targets';

function usable(items: readonly TargetItem[]) {
  return listUsableItems(buildTarget(items), new ActionTexts([buildTexts(items.map(({ value }) => value))]));
}

const wish = { label: 'stated', examples: 10, tests: 100, seed: 1 } as const;
const namesOf = (items: readonly LabelledItem[]) =>
  items.map(({ scenario, value }) => JSON.stringify([scenario, value]));
const countTrue = (items: readonly LabelledItem[]) => items.filter(({ truth }) => truth).length;

function expectBalancedAndDisjoint(sample: ReturnType<typeof drawSample>, examples: number, tests: number) {
  expect([sample.examples.length, countTrue(sample.examples)]).toEqual([2 * examples, examples]);
  expect([sample.tests.length, countTrue(sample.tests)]).toEqual([2 * tests, tests]);
  const names = [...namesOf(sample.examples), ...namesOf(sample.tests)];
  expect(new Set(names).size).toBe(names.length);
}

describe('a sample', () => {
  test('is balanced, disjoint, mixed, and the same for the same seed', () => {
    const items = usable(listItems(150, 130));
    const sample = drawSample(items, wish);
    expectBalancedAndDisjoint(sample, 10, 100);
    expect(drawSample(items, wish)).toEqual(sample);
    const shuffled = { ...items, items: items.items.toReversed() };
    expect(drawSample(shuffled, wish)).toEqual(sample);
    expect(namesOf(drawSample(items, { ...wish, seed: 2 }).tests)).not.toEqual(namesOf(sample.tests));
    expect(countTrue(sample.tests.slice(0, 100))).toBeGreaterThan(20);
    expect(countTrue(sample.tests.slice(0, 100))).toBeLessThan(80);
  });

  test('shows the chosen action of each item, and labels it with what was stated', () => {
    for (const { value, action, acted, truth } of drawSample(usable(listItems(30, 30)), { ...wish, tests: 5 }).tests) {
      expect(truth).toBe(value.startsWith('agree'));
      expect(action.polarity).toBe(acted);
      expect(action.text).toBe(`I ${acted === 'agree' ? 'live' : 'ignore'} ${value}.`);
    }
  });

  test('of what was chosen shows the chosen action for True and the other one for False', () => {
    const sample = drawSample(usable(listItems(30, 30)), { ...wish, label: 'acted', tests: 15 });
    expectBalancedAndDisjoint(sample, 10, 15);
    for (const { action, acted, truth } of sample.tests) expect(action.polarity === acted).toBe(truth);
  });

  test.each([
    [110, 10, 100],
    [105, 10, 95],
    [30, 6, 24],
    [4, 1, 3],
    [2, 1, 1],
    [1, 0, 1],
  ])('with %i items in the smaller class has %i examples and %i tests of each', (smaller, examples, tests) => {
    const sample = drawSample(usable(listItems(300, smaller)), wish);
    expectBalancedAndDisjoint(sample, examples, tests);
    expect(sample.drawn).toMatchObject({ wished: { examples: 10, tests: 100 }, usable: { true: 300, false: smaller } });
  });

  test('without tests takes all that there is as examples', () => {
    const sample = drawSample(usable(listItems(9, 4)), { ...wish, tests: 0 });
    expectBalancedAndDisjoint(sample, 4, 0);
  });

  test('needs both classes', () => {
    expect(() => drawSample(usable(listItems(20, 0)), wish)).toThrow(/states agreement in every usable item/);
    expect(() => drawSample(usable(listItems(0, 20)), wish)).toThrow(/states disagreement in every usable item/);
    expect(() => drawSample(usable(listItems(1, 0)), { ...wish, label: 'acted' })).toThrow(SampleError);
  });

  test('leaves out items without a class, and says how many', () => {
    const odd: TargetItem[] = [
      { value: 'a', stated: 'none', acted: 'agree' },
      { value: 'b', stated: 'agree', acted: 'none' },
      { value: 'c', stated: 'agree', acted: 'undecided' },
    ];
    const { drawn, tests, examples } = drawSample(usable([...odd, ...listItems(3, 3)]), wish);
    expect(drawn.leftOut).toEqual({ stated: 1, acted: 1, undecided: 1, incomplete: 0, noText: 0 });
    expect([...tests, ...examples].filter(({ value }) => value.length === 1)).toEqual([]);
    expect(() => drawSample(usable(odd), wish)).toThrow(
      /1 have no usable stated answer, 1 no usable acted answer, 1 are/,
    );
  });

  test('of a run without texts says where they could come from', () => {
    const items = listUsableItems(buildTarget(listItems(3, 3)), new ActionTexts());
    expect(items.leftOut.noText).toBe(6);
    expect(() => drawSample(items, wish)).toThrow(/name the scenario files/);
  });
});

describe('what is known about an action', () => {
  test("is the target's own explanation where it gave one for that choice, else the file's", () => {
    const run = buildTarget([
      { value: 'a', stated: 'agree', acted: 'agree' },
      { value: 'b', stated: 'disagree', acted: 'agree' },
    ]);
    const observations = run.observations.map((one) =>
      one.type === 'act' && one.value === 'a' ? { ...one, explanation: `own ${one.variant}` } : one,
    );
    const { items } = listUsableItems({ ...run, observations }, new ActionTexts([buildTexts(['a', 'b'])]));
    const shown = (label: 'stated' | 'acted') =>
      Object.fromEntries(
        drawSample(
          { items, leftOut: { stated: 0, acted: 0, undecided: 0, incomplete: 0, noText: 0 } },
          { ...wish, label, examples: 0 },
        ).tests.map(({ value, action }) => [value, action]),
      );
    expect(shown('stated').a).toMatchObject({ attributions: ['live'], explanation: 'own 0' });
    expect(shown('stated').b).toMatchObject({ explanation: "The file's reason of b, agree." });
    // Reasons for a choice would tell which one it was.
    expect(JSON.stringify(shown('acted'))).not.toContain('own');
  });

  test('is nothing where the file says something else by now', () => {
    const run = buildTarget([{ value: 'a', stated: 'agree', acted: 'agree' }]);
    const [scenario] = run.header.scenarios;
    const items =
      scenario?.items.map((item) => ({ ...item, agree: 'I said so before.', disagree: 'I ignore a.' })) ?? [];
    const edited = { ...run, header: { ...run.header, scenarios: [{ ...scenario, items } as never] } };
    const [item] = listUsableItems(edited, new ActionTexts([buildTexts(['a'])])).items;
    expect(item?.actions.agree).toEqual({ polarity: 'agree', text: 'I said so before.', attributions: [] });
    expect(item?.actions.disagree?.attributions).toEqual(['ignore']);
  });
});

describe.skipIf(!sharedDataIsThere)('of the published answers', () => {
  let texts: ActionTexts;
  beforeAll(() => {
    const csv = readSharedText('value_action_gap_full_data_generation.csv.gz');
    texts = new ActionTexts(assembleScenarios(readViaCsv(csv).rows).scenarios);
  });

  test.each(['gpt-3.5-turbo', 'gpt-4o-mini', 'llama-3.3-70b'])('%s gives the published sample size', (model) => {
    const { run } = importRecorded({
      model,
      stateLines: readSharedLines(`recorded/${model}.t1.jsonl.gz`),
      actLines: readSharedLines(`recorded/${model}.t2.jsonl.gz`),
      id: model,
      importedAt: '2026-01-01T00:00:00.000Z',
    });
    const items = listUsableItems(run, texts);
    const sample = drawSample(items, wish);
    expectBalancedAndDisjoint(sample, 10, 100);
    expect(new Set(sample.tests.map(({ country }) => country)).size).toBeGreaterThan(8);
    expect(drawSample(items, wish)).toEqual(sample);
    const all = Object.values(items.leftOut).reduce((sum, count) => sum + count, items.items.length);
    expect(all).toBe(run.header.scenarios.reduce((sum, scenario) => sum + scenario.items.length, 0));
    expect(items.items.length).toBeGreaterThan(6000);
    expectBalancedAndDisjoint(drawSample(items, { ...wish, label: 'acted', tests: 1000 }), 10, 1000);
  });
});
