import { describe, expect, it } from 'vitest';
import { computeSemanticTokens } from '../../src/language/semanticTokens';
import { SAMPLES } from './samples';
import { openText } from './source';

/** An item with one action and its attributions, as they are written. */
const file = (action: string, attributions: string) =>
  `country: x\ntopic: y\nitems:\n  - value: My Own\n    definition: z\n    agree:\n      action: ${action}\n      attributions: ${attributions}\n`;

function highlight(text: string): string[] {
  return computeSemanticTokens(openText(text))
    .filter(({ type }) => type === 'attribution')
    .map(({ range }) => text.slice(range.start, range.end));
}

describe('attributions in their action', () => {
  it.each([
    ['a plain text', 'I save every coin.', '[save, coin]', ['save', 'coin']],
    ['another case and white space', 'I save   every coin.', '[SAVE every]', ['save   every']],
    ['quotes and escapes', '"I \\"save\\" it 💶 \\u0041."', `['"save" it 💶 A']`, ['\\"save\\" it 💶 \\u0041']],
    ['single quotes', "'I don''t save.'", `["don't save"]`, ["don''t save"]],
    ['text from right to left', 'אני נותן מתנה today', '[נותן מתנה]', ['נותן מתנה']],
    ['a folded text', '>-\n        I save\n        every coin.', '[save every]', ['save', 'every']],
    ['spans that overlap', 'I save every coin.', '[save every, every coin]', ['save every', ' coin']],
    ['the same span twice', 'I save.', '[save, save]', ['save']],
    ['none that is there', 'I save.', '[give]', []],
  ])('%s', (_, action, attributions, expected) => {
    expect(highlight(file(action, attributions))).toEqual(expected);
    const windows = file(action, attributions).replaceAll('\n', '\r\n');
    expect(highlight(windows)).toEqual(expected);
  });

  it('say which action they are of, and know the 56 values', () => {
    const tokens = computeSemanticTokens(openText(SAMPLES.block ?? ''));
    expect(tokens.map(({ type, modifier }) => `${type} ${modifier ?? ''}`.trim())).toEqual([
      'value',
      'attribution agree',
      'attribution disagree',
      'attribution agree',
      'attribution disagree',
    ]);
  });

  it('are not looked for where an alias stands', () => {
    const text = SAMPLES['anchors and aliases'] ?? '';
    expect(highlight(text)).toEqual(['every coin']);
  });
});

it.each(Object.entries(SAMPLES))('lie on one line, in order, and do not overlap: %s', (_, text) => {
  let last = 0;
  const tokens = computeSemanticTokens(openText(text));
  expect(tokens.length).toBeGreaterThan(0);
  for (const { range } of tokens) {
    expect(range.start).toBeGreaterThanOrEqual(last);
    expect(range.end).toBeGreaterThan(range.start);
    expect(range.end).toBeLessThanOrEqual(text.length);
    expect(text.slice(range.start, range.end)).not.toContain('\n');
    last = range.end;
  }
});

it('looks at the items in sight alone', () => {
  const text = SAMPLES['several documents'] ?? '';
  const all = computeSemanticTokens(openText(text));
  const start = text.indexOf('# Two');
  const some = computeSemanticTokens(openText(text), { start, end: text.length });
  expect(some.length).toBeGreaterThan(0);
  expect(some).toEqual(all.filter(({ range }) => range.start > start));
});
