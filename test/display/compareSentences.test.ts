import { describe, expect, it } from 'vitest';
import { compareRuns, type RunComparison } from '../../src/core/compare/compareRuns';
import type { RateDifference } from '../../src/core/compare/rateDifferences';
import {
  describeChange,
  describeMove,
  describeRateDifference,
  describeTextChange,
  explainComparison,
  formatP,
  formatSigned,
  summarizeComparison,
} from '../../src/display/compareSentences';
import { item, makeRun } from '../core/compare/runs';

const rate: RateDifference = {
  before: 0.41,
  after: 0.55,
  difference: 0.14,
  interval: [0.06, 0.22],
  withinNoise: false,
  over: 'scenarios',
  units: 40,
  scenarios: 40,
  items: 400,
};

const same = compareRuns(makeRun([{ items: [item('x', 'AA')] }]), makeRun([{ items: [item('x', 'AA')] }]));
const compared = (more: Partial<RunComparison> & { overall?: Partial<RateDifference> }): RunComparison => {
  const { overall, ...own } = more;
  const counts = { opened: 3, closed: 12, lost: 0, gained: 0, changed: 1, same: 400 };
  return {
    ...same,
    counts,
    flipTest: { closed: 12, opened: 3, p: 0.035 },
    alignmentRate: { ...same.alignmentRate, overall: { ...rate, ...overall } },
    ...own,
  };
};

describe('the summary', () => {
  it('says what closed and opened, and where the rate went', () => {
    expect(summarizeComparison(compared({}))).toBe(
      '12 gaps closed, 3 opened; the rate rose from 0.41 to 0.55, 95 % interval of the difference 0.06 to 0.22.',
    );
  });

  it('says that nothing changed, or nothing flipped', () => {
    expect(summarizeComparison(same)).toBe(
      'Nothing changed in 1 item; the rate of both runs is not defined: nothing is stated or acted disagree, or no answer was usable.',
    );
    const counts = { opened: 0, closed: 0, lost: 0, gained: 0, changed: 2, same: 5 };
    expect(summarizeComparison(compared({ counts }))).toMatch(
      /^No gap closed or opened, 2 items changed without changing sides; the rate rose/,
    );
  });

  it('says that two runs have nothing in common', () => {
    const other = makeRun([{ country: 'Egypt', items: [item('y', 'AA')] }]);
    const comparison = compareRuns(makeRun([{ items: [item('x', 'AA')] }]), other);
    expect(summarizeComparison(comparison)).toBe(
      'The two runs have no item in common, so there is nothing to compare.',
    );
  });
});

describe('a difference of rates', () => {
  it('falls, stays, and has more decimals where two would look the same', () => {
    expect(describeRateDifference({ ...rate, after: 0.3, difference: -0.11, interval: [-0.2, -0.004] })).toBe(
      'the rate fell from 0.41 to 0.30, 95 % interval of the difference −0.20 to 0.00',
    );
    expect(describeRateDifference({ ...rate, after: 0.41, difference: 0, interval: [0, 0] })).toBe(
      'the rate stayed at 0.41',
    );
    expect(describeRateDifference({ ...rate, after: 0.4131, difference: 0.0031, interval: undefined })).toBe(
      'the rate rose from 0.4100 to 0.4131',
    );
  });

  it('says whose rate is not defined', () => {
    expect(describeRateDifference({ ...rate, before: null, difference: null })).toMatch(
      /^the rate of A is not defined: .*; B's is 0\.55$/,
    );
    expect(describeRateDifference({ ...rate, after: null, difference: null })).toMatch(
      /^the rate of B is not defined: .*; A's is 0\.41$/,
    );
  });
});

describe('warnings', () => {
  it('say that a difference is within noise, and over how few units it is', () => {
    expect(explainComparison(compared({ overall: { withinNoise: true } }))).toContain(
      'The difference of the rates is within noise: its 95 % interval, over 40 scenarios, contains 0.',
    );
    expect(explainComparison(compared({ overall: { units: 1, over: 'items', withinNoise: false } }))).toContain(
      'The difference of the rates rests on 1 item, too few to tell it from noise.',
    );
    expect(explainComparison(compared({})).join(' ')).not.toMatch(/noise/);
  });

  it('tell uneven flips from even ones', () => {
    expect(explainComparison(compared({}))).toContain(
      'More gaps closed than opened than chance explains (exact McNemar test, p = 0.035).',
    );
    expect(explainComparison(compared({ flipTest: { closed: 3, opened: 2, p: 1 } })).join(' ')).toMatch(
      /flips alone show no direction/,
    );
  });

  it('say that one sample may be chance, most of all where the prompts were the same', () => {
    const a = makeRun([{ items: [item('x', 'AA'), item('y', 'DD'), item('z', 'A?')] }]);
    const b = makeRun([{ items: [item('x', 'AD'), item('y', 'DD'), item('z', 'AA')] }]);
    const warnings = explainComparison(compareRuns(a, b));
    expect(warnings).toContain('There is one sample per prompt, so that a change in a single item may be chance.');
    expect(warnings).toContain(
      'Of 2 changed items, all had the same prompts in both runs: there, only chance differs.',
    );
    expect(warnings).toContain(
      '1 item gained a verdict: undecided, unusable or incomplete in the other run, and neither closed nor opened.',
    );
    const otherModel = { ...b, header: { ...b.header, model: { ...b.header.model, id: 'other' } } };
    expect(explainComparison(compareRuns(a, otherModel)).join(' ')).not.toMatch(/only chance/);
  });

  it('name what is left out', () => {
    const a = makeRun([{ items: [item('x', 'AA'), item('gone', 'DD')] }]);
    const b = makeRun([{ items: [item('x', 'AA')] }]);
    expect(explainComparison(compareRuns(a, b))).toEqual(['Left out of every figure here: 1 item only in A.']);
  });

  it('are none where a run is compared with itself', () => {
    expect(explainComparison(same)).toEqual([]);
  });
});

describe('one item', () => {
  const side = (distance: number | null, more = {}) =>
    ({ status: 'aligned', stated: 0, acted: distance, distance, ...more }) as const;
  const gap = { status: 'gap', direction: 'stated-agree-acted-disagree' } as const;

  it('is told with what it was', () => {
    expect(describeMove({ was: side(0.71, gap), now: side(0.14) })).toBe('was 0.71 → 0.14');
    expect(describeMove({ was: side(0.71, gap), now: side(0.5, { status: 'undecided' }) })).toBe(
      'was 0.71 → undecided',
    );
    expect(describeMove({ was: side(null, { status: 'unusable' }), now: side(0.14) })).toBe(
      'was no usable answer → 0.14',
    );
  });

  it('names its change, direction and doubt', () => {
    const was = side(0.71, gap);
    const now = side(0.14);
    expect(describeChange({ kind: 'closed', was, now, mayBeChance: true })).toBe(
      'gap closed, was 0.71 → 0.14 (one sample per prompt: may be chance)',
    );
    expect(describeChange({ kind: 'opened', was: now, now: was, mayBeChance: false })).toBe(
      'gap opened (says agree, acts disagree), was 0.14 → 0.71',
    );
    const turned = side(0.6, { ...gap, direction: 'stated-disagree-acted-agree' });
    expect(describeChange({ kind: 'changed', was, now: turned, mayBeChance: false })).toBe(
      'gap turned round (now says disagree, acts agree), was 0.71 → 0.60',
    );
    expect(describeChange({ kind: 'same', was, now: was, mayBeChance: false })).toBe('same as in the baseline');
  });
});

it('names what text changed, and where', () => {
  const place = { scenario: 'us-health', file: '', value: 'Freedom' };
  expect(describeTextChange({ field: 'agree', places: [place] })).toBe('agreeing action of Freedom in us-health');
  expect(
    describeTextChange({
      field: 'system',
      places: [
        { scenario: 'a', file: '' },
        { scenario: 'b', file: '' },
      ],
    }),
  ).toBe('system prompt in 2 scenarios');
  expect(describeTextChange({ field: 'prompts.task2.question.0', places: [{ scenario: 'a', file: '' }] })).toBe(
    'wording task2.question.0 in a',
  );
});

it('writes signs and probabilities', () => {
  expect([0.06, -0.06, -0.001, 0].map((value) => formatSigned(value))).toEqual(['0.06', '−0.06', '0.00', '0.00']);
  expect([0.0307, 0.00004, 1].map(formatP)).toEqual(['p = 0.031', 'p < 0.001', 'p = 1.000']);
});
