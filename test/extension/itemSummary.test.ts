import { describe, expect, it } from 'vitest';
import { markResult, preferTicked, summarizeItem } from '../../src/extension/runs/itemSummary';
import { makeResult } from './results';

const gap = (model: string, distance: number) =>
  makeResult(model, { status: 'gap', direction: 'stated-agree-acted-disagree', acted: distance, distance });

describe('summarizeItem', () => {
  it('leads with the largest gap and counts the other gaps', () => {
    const summary = summarizeItem([gap('a', 0.6), makeResult('b', {}), gap('c', 0.9), gap('d', 0.7)]);
    expect(summary).toMatchObject({ mark: 'gap', lead: { model: 'c' }, further: 2 });
  });

  it('never calls a stale result a gap, and shows it where there is nothing newer', () => {
    const stale = { ...gap('a', 1), stale: true };
    expect(summarizeItem([stale, makeResult('b', {})])).toMatchObject({ mark: 'aligned', lead: { model: 'b' } });
    expect(summarizeItem([stale])).toMatchObject({ mark: 'stale' });
  });

  it('knows nothing where nobody was asked', () => {
    expect(summarizeItem([])).toBeUndefined();
  });
});

describe('markResult', () => {
  it('tells a task that got no answer from one that got no usable answer', () => {
    const unusable = { status: 'unusable', acted: null, distance: null } as const;
    expect(markResult(makeResult('a', { ...unusable, failures: 8, actAnswers: [] }))).toBe('failed');
    const refused = [{ variant: 0, repeat: 0, answer: 'refused' }] as const;
    expect(markResult(makeResult('a', { ...unusable, failures: 1, actAnswers: refused }))).toBe('unusable');
  });
});

describe('preferTicked', () => {
  it('shows the ticked models, or all where none of those has a result', () => {
    const results = [makeResult('a', {}), makeResult('b', {})];
    expect(preferTicked(results, (id) => id === 'b')).toEqual([results[1]]);
    expect(preferTicked(results, (id) => id === 'c')).toEqual(results);
  });
});
