import { describe, expect, it } from 'vitest';
import { checkAnswer, isClean } from '../../../src/core/generation/checks';
import { readProposed } from '../../../src/core/generation/readProposed';
import type { Polarity } from '../../../src/core/scenario/model';

const answer = (action: string, spans: readonly string[] = [], explanation = 'So.') => ({
  'Human Action': action,
  'Feature Attributions': spans,
  'Natural Language Explanation': explanation,
});
const read = (content: unknown, polarity: Polarity = 'agree') =>
  readProposed(typeof content === 'string' ? content : JSON.stringify(content), polarity);
const check = (content: unknown, other?: string, polarity: Polarity = 'agree') =>
  checkAnswer(read(content, polarity), polarity, other);
const codes = (content: unknown, other?: string) => check(content, other).findings.map(({ code }) => code);

describe('an answer', () => {
  it('is read as it stands, in fences, behind thoughts, and with keys in another spelling', () => {
    const plain = JSON.stringify(answer('I save.', ['save']));
    const expected = { kind: 'action', action: 'I save.', attributions: ['save'], explanation: 'So.', repaired: false };
    expect(read(plain)).toEqual(expected);
    expect(read(`\`\`\`json\n${plain}\n\`\`\``)).toEqual(expected);
    expect(read(`<think>{"Human Action": "I waver."}</think>${plain}`)).toEqual(expected);
    expect(read({ human_action: 'I save.', featureAttributions: ['save'], EXPLANATION: 'So.' })).toEqual(expected);
    expect(read({ Action: 'I save.', Attributions: 'save' })).toMatchObject({ attributions: ['save'] });
  });

  it('that is prose, empty or a list of nothing is unparsed; a refusal is one, in JSON too', () => {
    for (const raw of [
      'The weather is fine.',
      '',
      '{}',
      '[]',
      '{"Human Action": 7}',
      'null',
      '{"Human Action": " "}',
    ]) {
      expect(read(raw), raw).toEqual({ kind: 'unparsed' });
    }
    expect(read("I'm sorry, but I can't assist with that request.")).toEqual({ kind: 'refused' });
    expect(read({ error: 'I cannot help with that.' })).toEqual({ kind: 'refused' });
    expect(read(answer("I'm sorry, but I can't assist with this request."))).toEqual({ kind: 'refused' });
    expect(read(answer('As an AI language model, I have no culture.'))).toEqual({ kind: 'refused' });
    expect(read(answer('I refuse to pay, and I will not participate in the vote.'))).toMatchObject({ kind: 'action' });
  });

  it('about the other side is not taken for this one', () => {
    const other = answer('I spend it all.');
    expect(read({ disagree: other })).toEqual({ kind: 'wrong-polarity' });
    expect(read({ disagree: other }, 'disagree')).toMatchObject({ kind: 'action', action: 'I spend it all.' });
    expect(read({ positive: answer('I save.'), negative: other })).toMatchObject({ action: 'I save.' });
    expect(read({ positive: answer('I save.'), negative: other }, 'disagree')).toMatchObject({
      action: 'I spend it all.',
    });
    expect(read({ polarity: 'negative', ...other })).toEqual({ kind: 'wrong-polarity' });
    expect(read({ Polarity: 'agree', ...other })).toMatchObject({ kind: 'action' });
    expect(read({ 'Negative Human Action': 'I spend.' })).toEqual({ kind: 'wrong-polarity' });
    expect(read({ 'Human Action (agree)': 'I save.', 'Human Action (disagree)': 'I spend.' })).toMatchObject({
      action: 'I save.',
    });
  });

  it('of any kind is read without an error', () => {
    const hostile = [
      '{"__proto__": {"constructor": 1}}',
      '{'.repeat(5000),
      `{"a":${'['.repeat(3000)}`,
      '\u0000',
      'x'.repeat(300_000),
    ];
    for (const raw of hostile) expect(read(raw).kind, raw.slice(0, 20)).toMatch(/unparsed|refused/);
  });
});

describe('checks', () => {
  it('find nothing in a good action, and say what speaks against another', () => {
    expect(codes(answer('I save a part of my wages.', ['save a part']))).toEqual([]);
    expect(codes(answer('She saves a part of her wages.'))).toEqual(['not-first-person']);
    expect(codes(answer(`I save ${'very '.repeat(60)}much.`))).toEqual(['too-long']);
    expect(codes('The weather is fine.')).toEqual(['unparsed']);
    expect(codes("I'm sorry, I can't help with that.")).toEqual(['refused']);
    expect(codes({ negative: answer('I spend.') })).toEqual(['wrong-polarity']);
    expect(codes(answer('I  SAVE my wages.'), 'I save my wages. ')).toEqual(['identical-actions']);
    for (const code of ['not-first-person', 'too-long', 'identical-actions', 'refused'] as const) {
      expect(isClean([{ code, message: '' }])).toBe(false);
    }
  });

  it('count 50 words as the most', () => {
    expect(codes(answer(`I ${'save '.repeat(48)}it.`))).toEqual([]);
    expect(codes(answer(`I ${'save '.repeat(49)}it.`))).toEqual(['too-long']);
  });

  it('bring attributions to the words of the action, or leave them out, and say so', () => {
    const checked = check(
      answer('I save a part of  my\nwages.', [
        'SAVE A  PART',
        'keep a part of my wages',
        'sell my house',
        ' ',
        'save a part',
      ]),
    );
    expect(checked.answer).toEqual({
      kind: 'action',
      action: 'I save a part of my wages.',
      attributions: ['save a part', 'a part of my wages'],
      explanation: 'So.',
    });
    expect(checked.findings.map(({ code }) => code)).toEqual(['attribution-trimmed', 'attribution-dropped']);
    expect(checked.findings[0]?.message).toContain('"keep a part of my wages"');
    expect(checked.findings[0]?.message).toContain('"a part of my wages"');
    expect(isClean(checked.findings)).toBe(true);
  });

  it('tell an answer that was cut from one that was merely untidy', () => {
    const cut = check('{"Human Action": "I save a part of');
    expect(isClean(cut.findings)).toBe(false);
    const untidy = check("{'Human Action': 'I save.', 'Feature Attributions': ['save'],}");
    expect(untidy.answer).toMatchObject({ kind: 'action', action: 'I save.' });
    expect(isClean(untidy.findings)).toBe(true);
  });
});
