import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RATING_METRICS, type Rating } from '../../../src/core/review/rating';
import { foldRatings, formatRating } from '../../../src/core/review/ratingFile';
import { AT, makeRating } from './ratings';

const LATER = '2025-03-01T11:00:00.000Z';

const fold = (...texts: string[]) =>
  foldRatings(texts.map((text, at) => ({ path: `${'abc'[at]}.ratings.jsonl`, text })));
const line = (part: Partial<Rating> = {}) => formatRating(makeRating(part));

const anyRating: fc.Arbitrary<Rating> = fc.record({
  item: fc.string({ unit: 'binary' }),
  polarity: fc.constantFrom('agree', 'disagree'),
  variant: fc.option(fc.integer({ min: 0, max: 7 })),
  model: fc.option(fc.string({ unit: 'binary' })),
  reviewer: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', '<<<<<<< HEAD')),
  metric: fc.constantFrom(...RATING_METRICS),
  rating: fc.constantFrom(0, 1),
  at: fc.oneof(fc.string(), fc.constant(AT)),
});

describe('a rating file', () => {
  it('gives back what was written, whatever the texts are', () => {
    fc.assert(
      fc.property(anyRating, (rating) => {
        const text = formatRating(rating);
        expect(text.indexOf('\n')).toBe(text.length - 1);
        expect(fold(text)).toEqual({ ratings: [rating], problems: [], conflicts: [], replaced: 0 });
      }),
    );
  });

  it('is read with a byte order mark, other line ends and blank lines', () => {
    const text = `\uFEFF${line()}\n  \n${line({ metric: 'plausibility' })}`.replaceAll('\n', '\r\n');
    expect(fold(`${text}\uFEFF${line({ metric: 'sufficiency' })}`)).toMatchObject({
      ratings: [{ metric: 'correctness' }, { metric: 'plausibility' }, { metric: 'sufficiency' }],
      problems: [],
    });
  });

  it('keeps the rest beside a half-written last line, which is named', () => {
    const text = line() + line({ metric: 'harmlessness' });
    expect(fold(text.slice(0, -20))).toMatchObject({
      ratings: [{ metric: 'correctness' }],
      problems: [{ path: 'a.ratings.jsonl', line: 2, kind: 'cut', reason: 'half-written, or not JSON' }],
    });
  });

  it('names foreign lines by number, and the fields that are wrong', () => {
    const foreign = [
      '{"type":"risk"}',
      '42',
      'null',
      '[]',
      line({ metric: 'beauty' as 'correctness' }).trim(),
      line({ rating: 2 as 1 }).trim(),
      line({ variant: 8 }).trim(),
      'Dear diary',
    ];
    const { ratings, problems } = fold([line().trim(), ...foreign, line({ polarity: 'disagree' })].join('\n'));
    expect(ratings).toHaveLength(2);
    expect(problems.map((problem) => problem.line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(problems.map(({ reason }) => reason).slice(3)).toEqual([
      'not a rating',
      'not a rating: look at metric',
      'not a rating: look at rating',
      'not a rating: look at variant',
      'cut or not JSON',
    ]);
  });

  it('takes items as objects, and what other tools leave out', () => {
    const { item: _, variant: __, model: ___, at: ____, ...rest } = makeRating();
    const foreign = { ...rest, item: { country: 'Egypt', topic: 'Religion', value: 'Wealth' } };
    expect(fold(JSON.stringify(foreign))).toMatchObject({
      ratings: [{ item: 'Egypt · Religion · Wealth', variant: null, model: null, at: '' }],
      problems: [],
    });
    expect(fold(JSON.stringify({ ...rest, item: { country: 'Egypt' } })).problems).toMatchObject([
      { reason: 'not a rating: look at item' },
    ]);
  });

  it('takes keys named as what every object has for keys like any other', () => {
    const text = '{"__proto__":{"rating":1},"constructor":1,"item":"x"}';
    expect(fold(text)).toMatchObject({ ratings: [], problems: [{ line: 1, kind: 'foreign' }] });
  });
});

describe('a later rating of the same', () => {
  it('replaces an earlier one, by time before order', () => {
    expect(fold(line({ rating: 1, at: LATER }) + line({ rating: 0 }))).toMatchObject({
      ratings: [{ rating: 1 }],
      replaced: 1,
      conflicts: [],
    });
    expect(fold(line({ rating: 1 }) + line({ rating: 0 })).ratings).toMatchObject([{ rating: 0 }]);
    // 10:30 at +00:00 is later than 11:00 at +01:00, though its text is smaller.
    const [zulu, berlin] = ['2025-03-01T10:30:00Z', '2025-03-01T11:00:00+01:00'];
    expect(fold(line({ rating: 1, at: zulu }) + line({ rating: 0, at: berlin })).ratings).toMatchObject([
      { rating: 1 },
    ]);
    expect(fold(line({ rating: 1 }) + line({ rating: 0, at: 'yesterday' })).ratings).toMatchObject([{ rating: 1 }]);
  });

  it.each([
    { reviewer: 'Ben' },
    { item: 'Nigeria · Politics · Wealth' },
    { polarity: 'disagree' },
    { variant: 4 },
    { variant: null },
    { model: 'other' },
    { metric: 'plausibility' },
  ] satisfies Partial<Rating>[])('does not replace one that differs in %j', (part) => {
    expect(fold(line() + line({ rating: 0, ...part }))).toMatchObject({ ratings: [{ rating: 1 }, { rating: 0 }] });
  });
});

describe('two files of one name', () => {
  it('that differ are in conflict: both are named, and the later is taken', () => {
    const { ratings, conflicts } = fold(line({ rating: 0, at: LATER }), `\n${line({ rating: 1 })}`);
    expect(ratings).toMatchObject([{ rating: 0 }]);
    expect(conflicts).toMatchObject([
      {
        candidates: [
          { path: 'a.ratings.jsonl', line: 1, record: { rating: 0 } },
          { path: 'b.ratings.jsonl', line: 2, record: { rating: 1 } },
        ],
        taken: { path: 'a.ratings.jsonl' },
      },
    ]);
  });

  it('that come to the same are not: changes of mind before are nobody else’s business', () => {
    const changed = line({ rating: 0 }) + line({ rating: 1, at: LATER });
    expect(fold(changed, line({ rating: 1 }))).toMatchObject({ ratings: [{ rating: 1 }], conflicts: [], replaced: 2 });
    expect(fold(line({ rating: 0 }), line({ rating: 1, reviewer: 'Ben' })).conflicts).toEqual([]);
  });
});

describe('an unresolved merge', () => {
  const merge = [
    line({ metric: 'plausibility' }),
    '<<<<<<< HEAD\n',
    line({ rating: 1, at: LATER }),
    line({ polarity: 'disagree' }),
    '||||||| 1a2b3c4\n',
    line({ rating: 0, at: '2024-01-01' }),
    '=======\n',
    line({ rating: 0 }),
    line({ metric: 'sufficiency' }),
    '>>>>>>> theirs\n',
    line({ metric: 'harmlessness' }),
  ].join('');

  it('keeps what both sides hold, and says so', () => {
    const { ratings, problems } = fold(merge);
    expect(ratings).toHaveLength(5);
    expect(problems).toEqual([
      {
        path: 'a.ratings.jsonl',
        line: 2,
        kind: 'merge',
        reason: 'an unresolved merge begins: what both sides hold is kept',
      },
    ]);
  });

  it('whose sides differ is a conflict of the two sides, not of what they came from', () => {
    expect(fold(merge).conflicts).toMatchObject([{ taken: { line: 3, side: 'ours', record: { rating: 1 } } }]);
    expect(fold(merge.replace(line({ rating: 0 }), '')).conflicts).toEqual([]);
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    anyRating.map(formatRating),
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.constantFrom('<<<<<<< a', '=======', '>>>>>>> b', '|||||||', '\uFEFF', '', '{', '"', '{"item":{}}'),
  );
  const text = fc.array(piece).map((pieces) => pieces.join('\n'));

  it('is read without an error, and every line is a rating, a marker, blank, or named', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), (texts) => {
        const { ratings, problems, replaced } = fold(...texts);
        const lines = texts.flatMap((one) => one.split(/\r\n|\n|\r/)).map((one) => one.replace(/^\uFEFF/, ''));
        const markers = lines.filter((one) => /^(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)( |$)/.test(one));
        const full = lines.filter((one) => one.trim() !== '');
        const named = problems.filter(({ kind }) => kind !== 'merge');
        expect(ratings.length + replaced + named.length).toBe(full.length - markers.length);
      }),
    );
  });
});
