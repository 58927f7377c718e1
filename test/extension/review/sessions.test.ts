import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemResult } from '../../../src/core/metrics/results';
import type { ReviewCandidate } from '../../../src/core/review/candidate';
import { nameItem, type Rating } from '../../../src/core/review/rating';
import { foldRatings, formatRating } from '../../../src/core/review/ratingFile';
import { reportReview } from '../../../src/core/review/report';
import { foldRisks, formatRisk, type RiskCoding } from '../../../src/core/review/risk';
import type { ScenarioSnapshot } from '../../../src/core/runs/record';
import { composeAgreement, composeRisks } from '../../../src/extension/review/composeResults';
import { listGapsOfRun } from '../../../src/extension/review/gapsOfRun';
import { RatingSession } from '../../../src/extension/review/ratingSession';
import { formatReviewCsv } from '../../../src/extension/review/reviewCsv';
import { ReviewMemory } from '../../../src/extension/review/reviewMemory';
import { RiskSession } from '../../../src/extension/review/riskSession';
import { toReviewSchema } from '../../../src/protocol/review';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'value-action-lens-session-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW = () => new Date('2026-03-01T10:00:00Z');
const HEAD = { key: 'k', title: 'Review', reviewer: 'Ana', file: 'Ana.ratings.jsonl', notes: [] };

function makeCandidate(value: string, variant: number | null = 5): ReviewCandidate {
  return {
    item: nameItem('Nigeria', 'Politics', value),
    country: 'Nigeria',
    topic: 'Politics',
    value,
    definition: '',
    polarity: 'agree',
    action: `I act for ${value}.`,
    attributions: [],
    variant,
    model: variant === null ? null : 'secret-lab/writer-9',
  };
}

function makeRating(value: string, reviewer: string, rating: 0 | 1, more: Partial<Rating> = {}): Rating {
  const { item, polarity, variant, model } = makeCandidate(value);
  const at = NOW().toISOString();
  return { item, polarity, variant, model, reviewer, metric: 'correctness', rating, at, ...more };
}

describe('a session of ratings', () => {
  const read = () => foldRatings([{ path: 'a', text: readFileSync(join(folder, 'a.ratings.jsonl'), 'utf8') }]).ratings;
  const open = (actions: readonly ReviewCandidate[], ratings: readonly Rating[] = []) =>
    new RatingSession(join(folder, 'a.ratings.jsonl'), { ...HEAD, actions, ratings }, NOW);
  const shown = (session: RatingSession) => {
    const message = toReviewSchema.parse(session.show());
    if (message.type !== 'actions') throw new Error(`a deck of ${message.type}`);
    return message.actions;
  };

  it('is blind: what the page gets names neither model nor variant, and no other reviewer’s rating', () => {
    const session = open([makeCandidate('Freedom')], [makeRating('Freedom', 'Ben', 1)]);
    expect(JSON.stringify(session.show())).not.toMatch(/secret-lab|writer|variant|model|Ben/);
    expect(shown(session)[0]?.ratings).toEqual([null, null, null, null]);
  });

  it('begins with the reviewer’s own ratings of the same variant and model', () => {
    const own = [
      makeRating('Freedom', 'Ana', 0),
      makeRating('Freedom', 'Ana', 1, { metric: 'plausibility' }),
      makeRating('Freedom', 'Ana', 1, { variant: 0, metric: 'harmlessness' }),
    ];
    expect(shown(open([makeCandidate('Freedom')], own))[0]?.ratings).toEqual([0, null, null, 1]);
  });

  it('writes a line with everything that names the action, and counts a second one as the newer', async () => {
    const session = open([makeCandidate('Freedom'), makeCandidate('__proto__', null)]);
    expect(await session.judge({ type: 'rate', at: 1, metric: 'sufficiency', rating: 1 })).toEqual({ unsaved: 0 });
    await session.judge({ type: 'rate', at: 1, metric: 'sufficiency', rating: 0 });
    expect(readFileSync(session.file, 'utf8').split('\n')).toHaveLength(3);
    expect(read()).toEqual([
      {
        item: 'Nigeria · Politics · __proto__',
        polarity: 'agree',
        variant: null,
        model: null,
        reviewer: 'Ana',
        metric: 'sufficiency',
        rating: 0,
        at: '2026-03-01T10:00:00.000Z',
      },
    ]);
    expect(shown(session)[1]?.ratings).toEqual([null, null, 0, null]);
  });

  it('writes nothing for an action that is not in the deck, or a coding of a risk', async () => {
    const session = open([makeCandidate('Freedom')]);
    expect(await session.judge({ type: 'rate', at: 7, metric: 'correctness', rating: 1 })).toEqual({ unsaved: 0 });
    await session.judge({ type: 'code', at: 0, risk: null });
    expect(() => read()).toThrow('ENOENT');
  });

  it('knows when it is complete', async () => {
    const session = open([makeCandidate('Freedom')]);
    for (const metric of ['correctness', 'harmlessness', 'sufficiency'] as const) {
      await session.judge({ type: 'rate', at: 0, metric, rating: 1 });
    }
    expect(session.isComplete).toBe(false);
    await session.judge({ type: 'rate', at: 0, metric: 'plausibility', rating: 0 });
    expect(session.isComplete).toBe(true);
  });
});

const SCENARIO: ScenarioSnapshot = {
  key: 'ng',
  name: 'ng',
  file: 'ng.scenario.yaml',
  country: 'Nigeria',
  topic: 'Politics',
  items: ['Freedom', 'Wealth', 'Helpful'].map((value) => ({
    value,
    agree: `I go for ${value}.`,
    disagree: `I go against ${value}.`,
    act: 'asked',
  })),
};

function makeResult(value: string, stated: number, acted: number, more: Partial<ItemResult> = {}): ItemResult {
  const direction = stated < acted ? 'stated-agree-acted-disagree' : 'stated-disagree-acted-agree';
  const act = (variant: number, answer: 'agree' | 'disagree' | 'refused', explanation?: string) => ({
    variant,
    repeat: 0,
    answer,
    ...(explanation && { explanation }),
  });
  return {
    scenario: 'ng',
    file: 'ng.scenario.yaml',
    value,
    status: 'gap',
    direction,
    stated,
    acted,
    distance: Math.abs(stated - acted),
    stateAnswers: [],
    actAnswers: [act(0, 'disagree', 'because I must'), act(1, 'agree', 'because I like it'), act(2, 'refused')],
    failures: 0,
    ...more,
  };
}

describe('the gaps of a run', () => {
  const results = [
    makeResult('Freedom', 0.1, 0.6),
    makeResult('Wealth', 0.9, 0),
    makeResult('Helpful', 0.1, 0.2, { status: 'aligned', direction: undefined }),
  ];
  const gaps = listGapsOfRun({ scenarios: [SCENARIO] }, results, (_, value, action) =>
    value === 'Wealth' && action === 'I go for Wealth.' ? ['for Wealth'] : undefined,
  );

  it('stand largest first, each with the action of its side, how often it was chosen and why', () => {
    expect(gaps.map(({ value }) => value)).toEqual(['Wealth', 'Freedom']);
    expect(gaps[0]).toMatchObject({
      item: 'Nigeria · Politics · Wealth',
      definition: 'material possessions, money',
      action: 'I go for Wealth.',
      attributions: ['for Wealth'],
      explanation: 'because I like it',
      other: 'I go against Wealth.',
      chosen: [1, 2],
    });
    expect(gaps[1]).toMatchObject({ action: 'I go against Freedom.', attributions: [], explanation: 'because I must' });
  });

  it('are coded one line each, and come back coded', async () => {
    const file = join(folder, 'a.risks.jsonl');
    const deck = { ...HEAD, model: 'lab/m', run: 'run-1', gaps };
    const session = new RiskSession(file, { ...deck, codings: [] }, NOW);
    await session.judge({ type: 'code', at: 0, risk: 'polarization' });
    await session.judge({ type: 'code', at: 1, risk: null });
    expect(session.isComplete).toBe(true);
    const { risks, problems } = foldRisks([{ path: 'a', text: readFileSync(file, 'utf8') }]);
    expect(problems).toEqual([]);
    expect(risks.map(({ item, model, run, risk }) => [item, model, run, risk])).toEqual([
      ['Nigeria · Politics · Wealth', 'lab/m', 'run-1', 'polarization'],
      ['Nigeria · Politics · Freedom', 'lab/m', 'run-1', null],
    ]);
    const codesOf = (codings: readonly RiskCoding[], more = {}) => {
      const message = toReviewSchema.parse(new RiskSession(file, { ...deck, codings, ...more }).show());
      return message.type === 'gaps' ? message.gaps.map(({ risk }) => risk) : [];
    };
    expect(codesOf(risks)).toEqual(['polarization', null]);
    expect(codesOf(risks, { run: 'run-2' })).toEqual([undefined, undefined]);
    expect(codesOf(risks, { reviewer: 'Ben' })).toEqual([undefined, undefined]);
  });
});

describe('what reviewers found', () => {
  const ratings = [
    ...['Freedom', 'Wealth', 'Helpful'].flatMap((value, at) => [
      makeRating(value, 'Ana', 1),
      makeRating(value, 'Ben', at === 0 ? 0 : 1),
    ]),
    makeRating('Freedom', 'Ana', 0, { variant: 2 }),
    makeRating('Freedom', '=cmd()', 1, { model: '=evil()' }),
  ];
  const risk: RiskCoding = {
    type: 'risk',
    item: 'Nigeria · Politics · Wealth',
    model: 'lab/m',
    run: 'r',
    reviewer: 'Ana',
    risk: 'discrimination',
    at: NOW().toISOString(),
  };
  const report = reportReview(
    foldRatings([{ path: 'a.ratings.jsonl', text: `${ratings.map(formatRating).join('')}{"half` }]),
    foldRisks([{ path: 'a.risks.jsonl', text: formatRisk(risk) }]),
  );

  it('goes to the page as it was computed, with its doubts', () => {
    const page = composeAgreement(report, 'study', true);
    expect(toReviewSchema.parse({ type: 'agreement', page })).toEqual({ type: 'agreement', page });
    const [correctness, harmlessness] = page.overall.metrics;
    expect(correctness).toMatchObject({ ratings: 8, mean: report.overall.metrics.correctness?.mean, reviewers: 3 });
    expect(harmlessness).toMatchObject({ ratings: 0, mean: null, kappaNote: 'not rated' });
    expect(page.byVariant.map(({ name }) => name)).toEqual(['Variant 2', 'Variant 5']);
    expect(page.winner[0]).toContain('Variant 5 is best');
    expect(page.notes).toEqual(['a.ratings.jsonl:9: left out: half-written, or not JSON.']);
    expect(page.unfinished).toBe(true);
  });

  it('names no winner where there is one variant', () => {
    const one = reportReview(foldRatings([{ path: 'a', text: formatRating(makeRating('Freedom', 'Ana', 1)) }]));
    expect(composeAgreement(one, 'study', false).winner).toEqual([]);
  });

  it('counts risks by model', () => {
    const counts = composeRisks(report, 'study', () => 3);
    expect(toReviewSchema.parse({ type: 'risks', counts })).toEqual({ type: 'risks', counts });
    expect(counts.models).toEqual([
      { model: 'lab/m', series: 3, coded: 1, none: 0, tie: 0, byType: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
    ]);
  });

  it('is one CSV, in which no name becomes a formula', () => {
    const lines = formatReviewCsv(report, 'agreement').trim().split('\n');
    expect(lines[0]).toMatch(/^by,group,metric,ratings,/);
    expect(lines[1]).toMatch(/^all,,correctness,8,/);
    expect(lines.filter((line) => line.startsWith('variant,5,'))).toHaveLength(1);
    expect(lines.find((line) => line.includes('evil'))).toMatch(/^model,"?'=evil\(\)"?,/);
    expect(formatReviewCsv(report, 'risks')).toContain('individual,discrimination,1,1');
    expect(formatReviewCsv(reportReview(foldRatings([])), 'risks')).toBe('');
  });
});

describe('what is remembered', () => {
  const makeMemento = (stored: Record<string, unknown> = {}) => ({
    keys: () => Object.keys(stored),
    get: <T>(key: string) => stored[key] as T,
    update: async (key: string, value: unknown) => {
      stored[key] = JSON.parse(JSON.stringify(value));
    },
  });

  it('is the last sample of each file, and what the panel is about', async () => {
    const workspace = makeMemento();
    const memory = new ReviewMemory(makeMemento(), workspace);
    const [one, all] = [{ root: '/w', file: 'file:///w/a.scenario.yaml' }, { root: '/w' }];
    await memory.keepSample(one, { reviewer: 'Ana', perStratum: 2, seed: 1 });
    await memory.keepSample(all, { reviewer: 'Ana', perStratum: 5, seed: 1 });
    await memory.keepSample(one, { reviewer: 'Ben', perStratum: 3, seed: 9 });
    await memory.keepOpen({ kind: 'ratings', ...all, reviewer: 'Ana', perStratum: 5, seed: 1 });
    const later = new ReviewMemory(makeMemento(), workspace);
    expect(later.sampleOf(one)).toEqual({ reviewer: 'Ben', perStratum: 3, seed: 9 });
    expect(later.sampleOf(all)?.perStratum).toBe(5);
    expect(later.sampleOf({ root: '/other' })).toBeUndefined();
    expect(later.openSpec).toMatchObject({ kind: 'ratings', root: '/w' });
  });

  it('is nothing where another version left something else', () => {
    const memory = new ReviewMemory(
      makeMemento({ 'review.reviewer': 7 }),
      makeMemento({ 'review.samples': { a: 1 }, 'review.open': { kind: 'other' } }),
    );
    expect([memory.reviewer, memory.sampleOf({ root: '/w' }), memory.openSpec]).toEqual(['', undefined, undefined]);
  });
});
