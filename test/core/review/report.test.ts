import { describe, expect, it } from 'vitest';
import { nameItem, type Rating } from '../../../src/core/review/rating';
import { foldRatings, formatRating } from '../../../src/core/review/ratingFile';
import { REVIEW_SCHEMA, reportReview } from '../../../src/core/review/report';
import { foldRisks, formatRisk } from '../../../src/core/review/risk';
import { AT, makeRating, makeRatings } from './ratings';

const report = (ratings: readonly Rating[]) =>
  reportReview(foldRatings([{ path: 'a.ratings.jsonl', text: ratings.map(formatRating).join('') }]));

describe('a review report', () => {
  it('groups by variant, country and model; each of its own reviewers', () => {
    const india = { item: nameItem('India', 'Religion', 'Wealth') };
    const found = report([
      ...makeRatings({ Ada: '110', Ben: '100' }),
      ...['Ada', 'Ben', 'Cleo'].map((reviewer) => makeRating({ ...india, reviewer, variant: 2, model: null })),
      makeRating({ item: 'Freedom', variant: null, rating: 0 }),
    ]);
    expect(found).toMatchObject({
      schema: REVIEW_SCHEMA,
      ratings: 10,
      reviewers: [
        { name: 'Ada', ratings: 5 },
        { name: 'Ben', ratings: 4 },
        { name: 'Cleo', ratings: 1 },
      ],
    });
    expect(found.overall.metrics).toMatchObject({
      correctness: { n: 10, mean: 0.6, kappa: { method: 'fleiss' } },
      harmlessness: null,
    });
    expect(found.byVariant.map(({ variant, metrics }) => [variant, metrics.correctness?.n])).toEqual([
      [2, 3],
      [5, 6],
      [null, 1],
    ]);
    expect(found.byCountry.map(({ country, metrics }) => [country, metrics.correctness?.kappa.method])).toEqual([
      ['India', 'fleiss'],
      ['Nigeria', 'cohen'],
      [null, null],
    ]);
    expect(found.byModel.map(({ model, metrics }) => [model, metrics.correctness?.n])).toEqual([
      ['gpt-x', 7],
      [null, 3],
    ]);
    expect(found.risks).toBeNull();
  });

  it('survives names that objects have of themselves', () => {
    const item = nameItem('__proto__', 'toString', 'constructor');
    const found = report(
      ['__proto__', 'hasOwnProperty'].map((reviewer) => makeRating({ item, reviewer, model: reviewer })),
    );
    expect(found.byCountry.map(({ country }) => country)).toEqual(['__proto__']);
    expect(found.byModel.map(({ model }) => model)).toEqual(['__proto__', 'hasOwnProperty']);
  });

  it('is the same in whatever order ratings come, and holds no number that JSON does not', () => {
    const ratings = [
      ...makeRatings({ Ada: '1101', Ben: '1001', Cleo: '0.11' }, { variant: 1 }),
      ...makeRatings({ Ada: '1111', Ben: '1111' }, { variant: 3, metric: 'harmlessness' }),
    ];
    const found = report(ratings);
    expect(report([...ratings].reverse())).toEqual(found);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('lists conflicts of ratings and of risks, with what was taken', () => {
    const files = [0, 1].map((at) => ({
      path: `${at}.jsonl`,
      rating: formatRating(makeRating({ rating: at === 0 ? 0 : 1 })),
      risk: formatRisk({
        type: 'risk',
        item: 'x',
        model: 'm',
        run: null,
        reviewer: 'Ada',
        risk: at ? 'polarization' : null,
        at: AT,
      }),
    }));
    const found = reportReview(
      foldRatings(files.map(({ path, rating }) => ({ path, text: `${rating}half` }))),
      foldRisks(files.map(({ path, risk }) => ({ path, text: risk }))),
    );
    expect(found.conflicts).toMatchObject([
      {
        reviewer: 'Ada',
        metric: 'correctness',
        candidates: [
          { path: '0.jsonl', line: 1, verdict: 0 },
          { path: '1.jsonl', line: 1, verdict: 1 },
        ],
        taken: 1,
      },
      { metric: 'risk', polarity: null, candidates: [{ verdict: null }, { verdict: 'polarization' }], taken: 1 },
    ]);
    expect(found.problems).toHaveLength(2);
    expect(found.risks).toMatchObject({ coded: 1, none: 0 });
  });

  it('of nothing has no number at all', () => {
    expect(report([])).toMatchObject({ ratings: 0, overall: { metrics: { correctness: null } }, choice: null });
  });
});
