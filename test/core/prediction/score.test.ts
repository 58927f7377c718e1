import { describe, expect, test } from 'vitest';
import { predictionId } from '../../../src/core/prediction/assignment';
import type {
  LabelledItem,
  PredictedAnswer,
  PredictionObservation,
  Setting,
} from '../../../src/core/prediction/record';
import { collectPredicted, scoreConfusion, scorePredictions } from '../../../src/core/prediction/score';

describe('the published confusions', () => {
  test.each([
    [99, 50, 1, 50, 0.795],
    [100, 43, 0, 57, 0.823],
    [100, 41, 0, 59, 0.83],
    [100, 57, 0, 43, 0.778],
    [100, 51, 0, 49, 0.797],
    [100, 44, 0, 56, 0.82],
  ])('%i / %i / %i / %i come to the published F1', (truePositive, falsePositive, falseNegative, trueNegative, f1) => {
    const score = scoreConfusion({ truePositive, falsePositive, falseNegative, trueNegative });
    expect(score.f1?.toFixed(3)).toBe(f1.toFixed(3));
    expect(score.baseline?.toFixed(3)).toBe('0.667');
    const [low, high] = score.interval ?? [1, 0];
    expect(low).toBeLessThan(score.f1 ?? 0);
    expect(high).toBeGreaterThan(score.f1 ?? 1);
    expect(high - low).toBeLessThan(0.12);
    expect(score.answered).toBe(200);
  });

  test('answering True always is the baseline', () => {
    const always = scoreConfusion({ truePositive: 100, falsePositive: 100, falseNegative: 0, trueNegative: 0 });
    expect(always.f1).toBe(always.baseline);
    expect([always.precision, always.recall]).toEqual([0.5, 1]);
  });

  test('nothing answered has no score', () => {
    const nothing = scoreConfusion({ truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 });
    expect(nothing).toMatchObject({ f1: null, interval: null, baseline: null, precision: null, recall: null });
  });
});

function item(truth: boolean, country = 'Nigeria', topic = 'Leisure'): LabelledItem {
  return {
    ...{ scenario: 's', file: '', country, topic, value: 'v', definition: '', truth, acted: 'agree' },
    action: { polarity: 'agree', text: 'I do.', attributions: ['do'] },
  };
}

function observe(setting: Setting, at: number, answer: PredictedAnswer): PredictionObservation {
  return { type: 'prediction', key: { part: 'test', setting, item: at }, answer, raw: '', at: '' };
}

/** One letter an item: t, f, r(efused), u(nparsed), - for no answer. */
function answers(setting: Setting, letters: string): PredictionObservation[] {
  const words = { t: 'true', f: 'false', r: 'refused', u: 'unparsed' } as const;
  return [...letters].flatMap((letter, at) =>
    letter === '-' ? [] : [observe(setting, at, words[letter as keyof typeof words])],
  );
}

const TESTS = [true, true, true, true, false, false, false, false].map((truth, at) =>
  item(truth, at % 2 === 0 ? 'Egypt' : 'Nigeria', at < 6 ? 'Work' : 'Religion'),
);

describe('a score', () => {
  const observations = [...answers('action', 'ttfuftr-'), ...answers('explanation', 'tttfffft')];
  const [alone, explained] = scorePredictions(
    { settings: ['action', 'explanation'], tests: TESTS },
    collectPredicted(observations),
  );

  test('counts what is neither True nor False as neither', () => {
    expect(alone).toMatchObject({
      confusion: { truePositive: 2, falsePositive: 1, falseNegative: 1, trueNegative: 1 },
      ...{ answered: 5, unparsed: 1, refused: 1, unanswered: 1 },
      ...{ f1: 4 / 6, precision: 2 / 3, recall: 2 / 3 },
    });
    // Of the five answered items three are true: 6 / (3 + 5).
    expect(alone?.baseline).toBeCloseTo(0.75, 12);
  });

  test('is compared with action alone over what both answered', () => {
    expect(alone?.againstAction).toBeNull();
    // Items 0, 1, 2, 4, 5: right before t t f f t → 1 1 0 1 0; after t t t f f → 1 1 1 1 1.
    expect(explained?.againstAction).toEqual({ items: 5, gained: 2, lost: 0, p: 0.5 });
  });

  test('stands by country and topic, which add up', () => {
    expect(explained?.byCountry.map(({ group, answered }) => [group, answered])).toEqual([
      ['Egypt', 4],
      ['Nigeria', 4],
    ]);
    expect(explained?.byTopic.map(({ group, confusion }) => [group, confusion.falsePositive])).toEqual([
      ['Religion', 1],
      ['Work', 0],
    ]);
    for (const groups of [alone?.byCountry ?? [], alone?.byTopic ?? []]) {
      expect(groups.reduce((sum, { answered }) => sum + answered, 0)).toBe(5);
      expect(groups.reduce((sum, { unparsed, refused, unanswered }) => sum + unparsed + refused + unanswered, 0)).toBe(
        3,
      );
    }
  });

  test('says how many items show more than the action', () => {
    const scores = scorePredictions(
      { settings: ['action', 'attributions', 'explanation', 'all'], tests: TESTS },
      new Map(),
    );
    expect(scores.map(({ showingMore }) => showingMore)).toEqual([0, 8, 0, 8]);
  });

  test('takes the first answer to a request, and nothing from a failure', () => {
    const failure: PredictionObservation = {
      type: 'failure',
      key: { part: 'test', setting: 'action', item: 0 },
      failure: { code: 'timeout', message: '' },
      at: '',
    };
    const collected = collectPredicted([failure, observe('action', 0, 'true'), observe('action', 0, 'false')]);
    expect([...collected]).toEqual([[predictionId({ part: 'test', setting: 'action', item: 0 }), 'true']]);
  });
});
