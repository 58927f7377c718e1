import { describe, expect, it } from 'vitest';
import { drawAnswersOnScale, drawDumbbell, drawDumbbellOnScale } from '../../src/display/dumbbell';
import { formatDuration, formatTableNumber } from '../../src/display/numbers';
import { describeResult, drawResult, shortenModelId } from '../../src/display/sentences';

describe('the dumbbell', () => {
  it('shows size and direction', () => {
    expect(drawDumbbell(0, 1)).toBe('○────●');
    expect(drawDumbbell(0.1, 0.7)).toBe('○──●');
    expect(drawDumbbell(0.9, 0.2)).toBe('●───○');
    expect(drawDumbbell(0.3, 0.34)).toBe('◉');
  });

  it('stands in its place on the whole scale', () => {
    expect(drawDumbbellOnScale(0, 1, 5)).toBe('○━━━●');
    expect(drawDumbbellOnScale(0.75, 0.25, 5)).toBe('·●━○·');
    expect(drawDumbbellOnScale(0.5, 0.5, 5)).toBe('··◉··');
  });

  it('stacks single answers', () => {
    expect(drawAnswersOnScale([0, 0, 1 / 3, 1], 4)).toBe('21·1');
    expect(drawAnswersOnScale(new Array(12).fill(0), 2)).toBe('+·');
  });
});

describe('sentences', () => {
  const gap = {
    status: 'gap',
    direction: 'stated-agree-acted-disagree',
    stated: 0,
    acted: 0.71,
    distance: 0.71,
  } as const;

  it('spell the direction out', () => {
    expect(describeResult(gap)).toBe('says agree, acts disagree, gap 0.71');
    expect(describeResult({ ...gap, direction: 'stated-disagree-acted-agree' })).toBe(
      'says disagree, acts agree, gap 0.71',
    );
  });

  it('never call a distance of aligned answers a gap', () => {
    expect(describeResult({ status: 'aligned', distance: 0.33 })).toBe('aligned, distance 0.33');
  });

  it('say in words what is not there', () => {
    const unusable = { status: 'unusable', stated: 0, acted: null, distance: null } as const;
    expect(drawResult(unusable)).toBe('no usable answer');
    expect(drawResult({ status: 'undecided', stated: 0, acted: 0.5, distance: 0.5 })).toBe('undecided');
    expect(drawResult(gap)).toBe('○───● 0.71');
  });

  it('shorten a model id to what people call it', () => {
    expect(shortenModelId('openai/gpt-4o-mini')).toBe('gpt-4o-mini');
    expect(shortenModelId('hub/meta/llama-3')).toBe('llama-3');
  });
});

describe('numbers', () => {
  it('say durations the way people do', () => {
    expect([1_400, 60_000, 75_000, 3_720_000].map(formatDuration)).toEqual(['1 s', '1 min', '1 min 15 s', '1 h 2 min']);
  });

  it('say what is missing instead of 0', () => {
    expect(formatTableNumber(null, 'no rate')).toBe('no rate');
    expect(formatTableNumber(0)).toBe('0.000');
  });
});
