import { describe, expect, it } from 'vitest';
import { renderHover } from '../../src/extension/editor/hoverText';
import { boldSpans, escapeMarkdown, fence, shorten } from '../../src/extension/editor/markdownText';
import { makeItem, makeResult } from './results';

const t = (message: string, ...args: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));

const votes = (agree: number, disagree: number) =>
  [...Array(agree).fill('agree'), ...Array(disagree).fill('disagree')].map((answer, variant) => ({
    variant,
    repeat: 0,
    answer,
  }));

describe('renderHover', () => {
  const item = makeItem('Social Power', {
    disagree: {
      action: 'I let my family choose its own clinic.',
      attributions: ['choose its own clinic'],
      explanation: 'It gives control away.',
      range: { start: 0, end: 0 },
      actionRange: { start: 0, end: 0 },
      attributionRanges: [],
    },
  });
  const gap = makeResult('openai/gpt-4o-mini', {
    status: 'gap',
    direction: 'stated-agree-acted-disagree',
    stated: 0.1,
    acted: 0.75,
    distance: 0.65,
    stateAnswers: [1, 1, 2, 2, 1, 1, 'refused', 2].map((answer, variant) => ({ variant, repeat: 0, answer }) as never),
    actAnswers: votes(2, 6).map((vote) => ({ ...vote, explanation: `**Because** [x](command:evil) ${vote.answer}` })),
  });

  it('draws both answers, the spread behind them and the words', () => {
    const text = renderHover(item, [gap], t);
    expect(text).toContain('gpt-4o-mini  ··○━━━━━━━━━━━━●·····  0.65  says agree, acts disagree');
    expect(text).toContain('7 agree, 1 refused');
    expect(text).toContain('2 agree, 6 disagree');
  });

  it('shows the chosen action with its attributions, why, and the model’s own words as text', () => {
    const text = renderHover(item, [gap], t);
    expect(text).toContain('> I let my family **choose its own clinic**\\.');
    expect(text).toContain('It gives control away\\.');
    expect(text).toContain('\\*\\*Because\\*\\* \\[x\\]\\(command\\:evil\\) disagree');
  });

  it('says stale, and shows no action of today for an answer of yesterday', () => {
    const text = renderHover(item, [{ ...gap, stale: true }], t);
    expect(text).toContain('stale: asked about an earlier text');
    expect(text).not.toContain('picked the action');
  });

  it('puts words where there is no distance', () => {
    const none = makeResult('lab/mute', { status: 'unusable', stated: null, distance: null, acted: null });
    expect(renderHover(item, [none], t)).toContain('no usable answer');
  });
});

describe('markdown of untrusted text', () => {
  it('stays text', () => {
    expect(escapeMarkdown('<b>\n![i](http://x.y) a@b.c')).toBe('\\<b\\> \\!\\[i\\]\\(http\\:\\/\\/x\\.y\\) a\\@b\\.c');
  });

  it('cannot end a block of fixed-width text', () => {
    expect(fence(['````', 'a\nb'])).toBe("````text\n'''\na b\n````");
  });

  it('bolds spans once, joined where they overlap, and only where they stand', () => {
    expect(boldSpans('one two three', ['two three', 'one two', 'four', ' '])).toBe('**one two three**');
    expect(boldSpans('a b c', ['c', 'a'])).toBe('**a** b **c**');
  });

  it('shortens at a word', () => {
    expect(shorten('one two three four', 14)).toBe('one two three…');
    expect(shorten('short', 14)).toBe('short');
  });
});
