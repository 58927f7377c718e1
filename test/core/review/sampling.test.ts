import { describe, expect, it } from 'vitest';
import {
  listFileCandidates,
  listProposalCandidates,
  mergeCandidates,
  type ReviewCandidate,
} from '../../../src/core/review/candidate';
import { nameItem } from '../../../src/core/review/rating';
import { nameAction } from '../../../src/core/review/ratingFile';
import { drawReviewSample, prepareSample } from '../../../src/core/review/sampling';
import { parseScenarioFile } from '../../../src/core/scenario/parse';

const COUNTRIES = ['Nigeria', 'Germany', 'India'];

function makeCandidates(values = 20, variants: readonly (number | null)[] = [null]): ReviewCandidate[] {
  return COUNTRIES.flatMap((country) =>
    Array.from({ length: values }, (_, at) => `Value ${at}`).flatMap((value) =>
      (['agree', 'disagree'] as const).flatMap((polarity) =>
        variants.map((variant) => ({
          item: nameItem(country, 'Politics', value),
          country,
          topic: 'Politics',
          value,
          definition: '',
          polarity,
          action: `I ${polarity} with ${value}`,
          attributions: [],
          variant,
          model: variant === null ? null : 'lab/writer',
        })),
      ),
    ),
  );
}

const names = (actions: readonly ReviewCandidate[]) => actions.map(nameAction);

describe('the sample of a review', () => {
  it('takes equally many of each country and polarity', () => {
    const { actions, short, duplicates } = drawReviewSample(makeCandidates(), { perStratum: 4, seed: 1 });
    for (const country of COUNTRIES) {
      for (const polarity of ['agree', 'disagree']) {
        expect(actions.filter((action) => action.country === country && action.polarity === polarity)).toHaveLength(4);
      }
    }
    expect(new Set(names(actions)).size).toBe(24);
    expect({ short, duplicates }).toEqual({ short: [], duplicates: 0 });
  });

  it('is the same for the same seed, in whatever order the files are read, and another for another', () => {
    const candidates = makeCandidates();
    const first = drawReviewSample(candidates, { perStratum: 5, seed: 7 });
    expect(names(drawReviewSample(candidates.toReversed(), { perStratum: 5, seed: 7 }).actions)).toEqual(
      names(first.actions),
    );
    const other = names(drawReviewSample(candidates, { perStratum: 5, seed: 8 }).actions);
    expect(new Set(other)).not.toEqual(new Set(names(first.actions)));
  });

  it('is counted without being drawn', () => {
    const prepared = prepareSample(makeCandidates(10, [0, 1]), 4);
    expect([1, 3, 10, 99].map((size) => prepared.count(size))).toEqual([12, 36, 120, 120]);
    expect(prepared.draw(3).actions).toHaveLength(36);
    expect(prepared.largest).toBe(10);
    expect(prepared.draw(prepared.largest).short).toEqual([]);
  });

  it('mixes countries and polarities rather than show one after the other', () => {
    const { actions } = drawReviewSample(makeCandidates(), { perStratum: 5, seed: 1 });
    const changes = actions.filter(({ country }, at) => at > 0 && country !== actions[at - 1]?.country).length;
    expect(changes).toBeGreaterThan(COUNTRIES.length);
  });

  it('holds the smaller sample when it is made larger, and stays when actions are added', () => {
    const candidates = makeCandidates(20);
    const small = names(drawReviewSample(candidates, { perStratum: 3, seed: 1 }).actions);
    const large = new Set(names(drawReviewSample(candidates, { perStratum: 6, seed: 1 }).actions));
    expect(small.filter((name) => !large.has(name))).toEqual([]);
    const grown = new Set(names(drawReviewSample(makeCandidates(21), { perStratum: 3, seed: 1 }).actions));
    expect(small.filter((name) => grown.has(name)).length).toBeGreaterThanOrEqual(small.length - 6);
  });

  it('takes all where there are too few, and says so', () => {
    const candidates = makeCandidates(3).filter(
      ({ country, polarity, value }) => country !== 'India' || polarity === 'agree' || value === 'Value 1',
    );
    const { actions, short } = drawReviewSample(candidates, { perStratum: 3, seed: 1 });
    expect(actions).toHaveLength(candidates.length);
    expect(short).toEqual([{ country: 'India', polarity: 'disagree', items: 1 }]);
  });

  it('takes every version of an item, so that variants are compared on the same items', () => {
    const { actions } = drawReviewSample(makeCandidates(10, [0, 1, 5]), { perStratum: 2, seed: 3 });
    const sides = new Map<string, number[]>();
    for (const { item, polarity, variant } of actions) {
      const side = `${item} ${polarity}`;
      sides.set(side, [...(sides.get(side) ?? []), variant ?? -1].sort());
    }
    expect(sides.size).toBe(COUNTRIES.length * 2 * 2);
    expect([...sides.values()]).toEqual(Array.from({ length: sides.size }, () => [0, 1, 5]));
    const first = actions.slice(0, 3).map(({ item, polarity }) => `${item} ${polarity}`);
    expect(new Set(first).size).toBeGreaterThan(1);
  });

  it('keeps variants and models apart, and actions that a rating could not tell apart once', () => {
    const studies = makeCandidates(2, [0, 5]);
    expect(drawReviewSample(studies, { perStratum: 99, seed: 1 }).actions).toHaveLength(studies.length);
    const twice = [...makeCandidates(2), ...makeCandidates(2)];
    const { actions, duplicates } = drawReviewSample(twice, { perStratum: 99, seed: 1 });
    expect([actions.length, duplicates]).toEqual([12, 12]);
  });

  it('is empty without candidates', () => {
    expect(drawReviewSample([], { perStratum: 2, seed: 1 })).toEqual({ actions: [], short: [], duplicates: 0 });
  });
});

describe('the candidates of a scenario file', () => {
  const { scenarios } = parseScenarioFile(`country: Nigeria
topic: Politics
items:
  - value: Freedom
    agree:
      action: I speak my mind.
      attributions: [speak my mind]
      explanation: Speaking freely is freedom.
    disagree:
      action: I keep silent.
  - value: __proto__
    definition: a value with a hostile name
    agree:
      action: I go on.
`);

  it('are its actions, with nobody named as their maker', () => {
    const candidates = listFileCandidates(scenarios);
    expect(candidates.map(({ item, polarity }) => [item, polarity])).toEqual([
      ['Nigeria · Politics · Freedom', 'agree'],
      ['Nigeria · Politics · Freedom', 'disagree'],
      ['Nigeria · Politics · __proto__', 'agree'],
    ]);
    expect(candidates[0]).toMatchObject({
      action: 'I speak my mind.',
      attributions: ['speak my mind'],
      explanation: 'Speaking freely is freedom.',
      variant: null,
      model: null,
    });
    expect(candidates[1]).not.toHaveProperty('explanation');
  });

  it('survive a value named __proto__ in the sample', () => {
    expect(drawReviewSample(listFileCandidates(scenarios), { perStratum: 9, seed: 1 }).actions).toHaveLength(3);
  });
});

describe('the candidates of a generation', () => {
  const header = {
    model: { id: 'lab/writer', parameters: {}, notes: [] },
    scenarios: [
      {
        key: 'ng',
        name: 'ng',
        file: '',
        country: 'Nigeria',
        topic: 'Politics',
        items: [{ value: 'Freedom', definition: 'freedom of action and thought', ask: ['agree' as const] }],
      },
    ],
  };
  const about = { scenario: 'ng', value: 'Freedom', polarity: 'agree' as const, variant: 5, at: '' };
  const proposal = { type: 'proposal' as const, ...about, checks: [], raw: '' };
  const action = { kind: 'action' as const, action: 'I speak up.', attributions: ['speak up'], explanation: 'Free.' };
  const proposed = listProposalCandidates(header, [
    { ...proposal, answer: action },
    { ...proposal, variant: 1, answer: { kind: 'refused' } },
    { ...proposal, scenario: 'elsewhere', answer: action },
    { type: 'failure', ...about, failure: { code: 'timeout', message: '' } },
  ]);

  it('are what was proposed, with the model and the wording that made it', () => {
    expect(proposed).toEqual([
      {
        item: 'Nigeria · Politics · Freedom',
        country: 'Nigeria',
        topic: 'Politics',
        value: 'Freedom',
        definition: 'freedom of action and thought',
        polarity: 'agree',
        variant: 5,
        model: 'lab/writer',
        action: 'I speak up.',
        attributions: ['speak up'],
        explanation: 'Free.',
      },
    ]);
  });

  it('stand for the same action in the file, which nobody would review twice', () => {
    const inFile = proposed.map((candidate) => ({ ...candidate, variant: null, model: null }));
    const edited = inFile.map((candidate) => ({ ...candidate, action: 'I speak up at last.' }));
    expect(mergeCandidates(inFile, proposed)).toEqual(proposed);
    expect(mergeCandidates(edited, proposed)).toEqual([...edited, ...proposed]);
  });
});
