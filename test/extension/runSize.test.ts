import { describe, expect, it } from 'vitest';
import { describeProgress, type ModelProgress } from '../../src/extension/runs/describeProgress';
import {
  addEstimates,
  describeEstimate,
  isAboveLimit,
  type PricedEstimate,
} from '../../src/extension/runs/runEstimate';
import type { Translate } from '../../src/extension/translate';

const t: Translate = (message, ...parts) => message.replace(/\{(\d)\}/g, (_, at) => String(parts[Number(at)]));

function estimate(overrides: Partial<PricedEstimate>): PricedEstimate {
  return { ask: 0, known: 0, inputTokens: 0, outputTokens: 0, ...overrides };
}

describe('what a run will ask and cost', () => {
  const priced = estimate({
    ask: 440,
    known: 8,
    inputTokens: 100_000,
    outputTokens: 23_456,
    price: { input: 0.15, output: 0.6 },
  });

  it('adds the models up, each at its own price', () => {
    const dear = estimate({ ask: 8, inputTokens: 1_000_000, outputTokens: 0, price: { input: 2, output: 10 } });
    expect(addEstimates([priced, dear])).toMatchObject({ ask: 448, known: 8, tokens: 1_123_456, unpriced: 0 });
    expect(addEstimates([priced, dear]).cost).toBeCloseTo(0.015 + 0.0140736 + 2, 10);
  });

  it('is said in one line, no more exactly than it is known', () => {
    const said = describeEstimate(addEstimates([priced]), t);
    expect(said).toBe('440 requests to ask, 8 known · about 120,000 tokens · costs about 0.029');
    expect(describeEstimate(addEstimates([estimate({ ask: 1, inputTokens: 80, outputTokens: 12 })]), t)).toBe(
      '1 request to ask · about 92 tokens',
    );
    expect(describeEstimate(addEstimates([estimate({ known: 456 })]), t)).toBe('nothing to ask, 456 known');
  });

  it('says where a model without a price is left out of the cost, but not where it asks nothing', () => {
    expect(describeEstimate(addEstimates([priced, estimate({ ask: 8 })]), t)).toMatch(/models without a price/);
    expect(describeEstimate(addEstimates([priced, estimate({ known: 8 })]), t)).not.toMatch(/models without a price/);
  });

  it.each([
    [{ requests: 440 }, false],
    [{ requests: 439 }, true],
    [{ cost: 0.03 }, false],
    [{ cost: 0.02 }, true],
    [{ requests: 0 }, true],
    [{}, false],
  ])('is above the limit %o: %s', (limit, above) => {
    expect(isAboveLimit(addEstimates([priced]), limit)).toBe(above);
  });

  it('is above no limit of costs where no price is known', () => {
    expect(isAboveLimit(addEstimates([estimate({ ask: 5 })]), { cost: 0 })).toBe(false);
  });
});

describe('the progress of several models', () => {
  const parrot: ModelProgress = { model: 'lab/parrot', done: 12, total: 56, failed: 0, remainingMs: 40_000 };
  const owl: ModelProgress = { model: 'lab/org/owl', done: 3, total: 56, failed: 0, remainingMs: null };

  it('has counts of its own for each, and the slowest one’s time', () => {
    expect(describeProgress([parrot, { ...owl, failed: 2, remainingMs: 130_000 }], 0, t)).toBe(
      'parrot 12/56 · owl 3/56, 2 failed · about 2 min 10 s left',
    );
  });

  it('says who waits, how long still, and why in one sentence', () => {
    const waiting = { untilMs: 15_000, reason: 'lab (http://lab/v1) is asked too often. Lower the concurrency.' };
    expect(describeProgress([{ ...owl, waiting }], 3_000, t)).toBe(
      'owl 3/56, waiting 12 s: lab (http://lab/v1) is asked too often',
    );
    expect(describeProgress([{ ...owl, waiting }], 15_000, t)).toBe('owl 3/56');
  });

  it('says that a model was stopped while the others go on', () => {
    expect(describeProgress([{ ...parrot, isOver: true }, owl], 0, t)).toBe('parrot 12/56, stopped · owl 3/56');
  });

  it('keeps to one line whatever an endpoint answers', () => {
    const waiting = { untilMs: 9_000, reason: `${'very\n'.repeat(50)}slow` };
    const said = describeProgress([{ ...owl, waiting }], 0, t);
    expect(said).not.toContain('\n');
    expect(said.length).toBeLessThan(140);
  });
});
