import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRisks, formatRisk, RISK_LEVELS, RISK_TYPES, type RiskCoding } from '../../../src/core/review/risk';
import { reportRisks } from '../../../src/core/review/riskReport';

const fold = (...texts: string[]) => foldRisks(texts.map((text, at) => ({ path: `${'abc'[at]}.risks.jsonl`, text })));
const code = (part: Partial<RiskCoding> = {}): RiskCoding => ({
  type: 'risk',
  item: 'Nigeria · Politics · Freedom',
  model: 'a',
  run: 'r1',
  reviewer: 'Ada',
  risk: null,
  at: '2025-03-01T10:00:00Z',
  ...part,
});

describe('risk types', () => {
  it('are the ten of the study, on its three levels', () => {
    expect(RISK_LEVELS.map((level) => RISK_TYPES.filter((risk) => risk.level === level).length)).toEqual([4, 3, 3]);
    expect(new Set(RISK_TYPES.map(({ type }) => type)).size).toBe(10);
    for (const { definition } of RISK_TYPES) expect(definition).toMatch(/^[A-Z].*\.$/);
  });
});

describe('a risk file', () => {
  it('gives back what was written, whatever the texts are', () => {
    const text = fc.string({ unit: 'binary' });
    const coding = fc.record({
      type: fc.constant('risk' as const),
      item: text,
      model: fc.option(text),
      run: fc.option(text),
      reviewer: text,
      risk: fc.option(fc.constantFrom(...RISK_TYPES.map(({ type }) => type))),
      at: text,
    });
    fc.assert(
      fc.property(coding, (one) => {
        expect(fold(formatRisk(one))).toEqual({ risks: [one], problems: [], conflicts: [], replaced: 0 });
      }),
    );
  });

  it('reads any text without an error', () => {
    const piece = fc.oneof(fc.json(), fc.string(), fc.constant(formatRisk(code())), fc.constant('{"type":"risk"'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const isCoded = pieces.includes(formatRisk(code()));
        expect(fold(pieces.join('\n')).risks).toEqual(isCoded ? [code()] : []);
      }),
    );
  });

  it('keeps the later coding, names foreign lines, and reports files in conflict', () => {
    const first = `${formatRisk(code({ risk: 'polarization' }))}{"type":"risk","risk":"boredom"}\n`;
    const second = formatRisk(code({ risk: 'discrimination', at: '2025-03-02T10:00:00Z' }));
    expect(fold(first, second)).toMatchObject({
      risks: [{ risk: 'discrimination' }],
      problems: [{ path: 'a.risks.jsonl', line: 2, reason: 'not a risk coding: look at item, reviewer, risk' }],
      conflicts: [{ taken: { path: 'b.risks.jsonl' } }],
    });
    expect(fold(formatRisk(code()), formatRisk(code({ run: 'r2', risk: 'misinformation' }))).conflicts).toEqual([]);
  });
});

describe('counts of risks', () => {
  const codings = [
    code({ reviewer: 'Ada', risk: 'discrimination' }),
    code({ reviewer: 'Ben', risk: 'discrimination' }),
    code({ reviewer: 'Cleo', risk: null }),
    code({ item: 'two', reviewer: 'Ada', risk: 'polarization' }),
    code({ item: 'two', reviewer: 'Ben', risk: 'misinformation' }),
    code({ item: 'three', reviewer: 'Ada', risk: null }),
    code({ model: '__proto__', reviewer: 'Ada', risk: 'overconfidence' }),
    code({ model: null, reviewer: 'Ada', risk: null }),
  ];
  const report = reportRisks(codings);
  const countOf = (counts: { types: readonly { type: string; items: number }[] }) =>
    Object.fromEntries(counts.types.filter(({ items }) => items > 0).map(({ type, items }) => [type, items]));

  it('follow most reviewers; what has no most frequent answer is a tie, not a guess', () => {
    expect(report).toMatchObject({ coded: 5, none: 2, tie: 1, reviewers: ['Ada', 'Ben', 'Cleo'] });
    expect(countOf(report)).toEqual({ discrimination: 1, overconfidence: 1 });
  });

  it('stand for each model, what nobody knows last', () => {
    expect(report.byModel.map(({ model, coded }) => [model, coded])).toEqual([
      ['__proto__', 1],
      ['a', 3],
      [null, 1],
    ]);
    expect(countOf(report.byModel[0]!)).toEqual({ overconfidence: 1 });
  });

  it("come with Fleiss' kappa of what was coded twice", () => {
    // Pairs that agree: 1/3 and 0. Shares: none 1/6, discrimination 1/3, polarization and misinformation 1/4 each.
    const expected = 1 / 36 + 1 / 9 + 2 / 16;
    expect(report.agreement).toBeCloseTo(1 / 6, 12);
    expect(report.kappa.value).toBeCloseTo((1 / 6 - expected) / (1 - expected), 12);
    expect(report.kappa).toMatchObject({ used: 2, leftOut: 3 });
    expect(reportRisks([code()]).kappa).toMatchObject({ value: null, why: 'one-reviewer' });
  });
});
