import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readActed } from '../../../src/core/answers/acted';

fc.configureGlobal({ seed: 2501 });

// Variant 0: the disagree action is Option 1. Variant 2: the agree action is.
const answer = (raw: string, variant = 0) => readActed(raw, variant).answer;

describe('readActed', () => {
  it('turns the option into a polarity by the order of the variant', () => {
    for (const variant of [0, 1, 4, 5]) {
      expect(answer('{"action": "Option 1"}', variant)).toBe('disagree');
      expect(answer('{"action": "Option 2"}', variant)).toBe('agree');
    }
    for (const variant of [2, 3, 6, 7]) {
      expect(answer('{"action": "Option 1"}', variant)).toBe('agree');
      expect(answer('{"action": "Option 2"}', variant)).toBe('disagree');
    }
    expect(() => readActed('', 8)).toThrow(RangeError);
  });

  it.each([
    ['fences', '```json\n{"action": "Option 2"}\n```'],
    ['prose around', 'I would say Option 1 is tempting, yet:\n{"action": "Option 2"}\nThat is all.'],
    ['single quotes', "{'action': 'Option 2'}"],
    ['other case and spacing', '{"Action": "option_2"}'],
    ['the digit alone', '{"action": 2}'],
    ['a digit as text', '{"action": "2"}'],
    ['option and text', '{"action": "Option 2: I share what I have"}'],
    ['a field of another name', '{"choice": "Option 2"}'],
    ['a nested object', '{"answer": {"action": "Option 2", "text": "I share"}}'],
    ['an explanation that names the other', '{"explanation": "Option 1 is selfish.", "action": "Option 2"}'],
    ['an apostrophe in single quotes', "{'explanation': 'I don't like Option 1', 'action': 'Option 2'}"],
    ['raw quotes in the explanation', '{"explanation": "They say "yes" to it", "action": "Option 2"}'],
    ['cut behind the choice', '{"action": "Option 2", "explanation": "because I'],
    ['words alone', 'Option 2'],
    ['emphasis', '**Option 2**'],
    ['the digit and a dot', '2.'],
    ['option with its text', 'Option 2: I share what I have with others.'],
    ['a sentence', 'I would choose Option 2 because it is kind.'],
    ['a comparison', 'Option 2 is more aligned with my values.'],
    ['the answer is', 'The answer is: "Option 2".'],
    ['a key without braces', 'action: Option 2'],
    ['thinking aloud', '<think>Option 1? Option 2?</think>{"action": "Option 2"}'],
    ['an AI that chooses anyway', 'As an AI I have no culture, but I would choose Option 2.'],
    ['the same choice twice', '{"action": "Option 2"}\n{"action": "Option 2"}'],
  ])('reads %s', (_, raw) => {
    expect(answer(raw)).toBe('agree');
  });

  it.each([
    ['nothing', ''],
    ['both options in words', 'Option 1 and Option 2 are both fine.'],
    ['both options in the field', '{"action": "Option 1 or Option 2"}'],
    ['a choice of digits', '{"action": "1 or 2"}'],
    ['an option that does not exist', '{"action": "Option 3"}'],
    ['a larger number', '{"action": "Option 12"}'],
    ['a denial', 'I would not choose Option 1.'],
    ['a mere mention', 'Option 1 sounds like something my aunt does.'],
    ['an explanation and no choice', '{"explanation": "Option 1 shows respect for others."}'],
    ['an explanation that was cut', '{"explanation": "I would choose Option 1 because'],
    ['the text of an action', '{"action": "I share what I have"}'],
    ['a contradiction', '{"action": "Option 1"}\nWait:\n{"action": "Option 2"}'],
    ['both', '{"action": "both"}'],
    ['prose', 'It depends on the day.'],
    ['thinking that was cut', '<think>Option 1 seems'],
  ])('does not guess at %s', (_, raw) => {
    expect(answer(raw)).toBe('unparsed');
  });

  it.each([
    ['plain', "I'm sorry, but I can't help with that."],
    ['curly apostrophe', 'I can’t choose between these.'],
    ['as an AI', 'As an AI, I cannot take part in this.'],
    ['in the field', '{"action": "I cannot choose either of them"}'],
    ['with both options', "I'm sorry, neither Option 1 nor Option 2 is something I can pick."],
    ['in an explanation alone', '{"explanation": "As a language model I have no values."}'],
  ])('knows a refusal: %s', (_, raw) => {
    expect(answer(raw)).toBe('refused');
  });

  it('keeps the explanation', () => {
    expect(readActed('{"explanation": " It is kind. ", "action": "Option 2"}', 1)).toEqual({
      answer: 'agree',
      explanation: 'It is kind.',
    });
    expect(readActed('{"Explanation": "It is', 1)).toEqual({ answer: 'unparsed' });
    expect(readActed('{"action": "Option 2"}', 0)).toEqual({ answer: 'agree' });
    expect(readActed('{"__proto__": {"action": "Option 1"}}', 0)).toEqual({ answer: 'disagree' });
  });

  it('reads back any choice with any explanation', () => {
    const explanation = fc.string({ unit: 'binary', maxLength: 80 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(explanation, fc.constantFrom(1, 2), fc.nat(7), fc.boolean(), (words, option, variant, fenced) => {
        const json = JSON.stringify({ explanation: words, action: `Option ${option}` });
        const read = readActed(fenced ? `Well:\n\`\`\`json\n${json}\n\`\`\`` : json, variant);
        expect(read.answer).toBe((option === 1) === ((variant & 2) === 0) ? 'disagree' : 'agree');
        expect(read.explanation).toBe(words.trim());
      }),
    );
  });

  it('finds no choice in a text that names none', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.stringMatching(/^[{}"':, a-z\n[\]]*$/));
    fc.assert(
      fc.property(text, (raw) => {
        fc.pre(!/[12]/.test(raw));
        expect(['unparsed', 'refused']).toContain(answer(raw));
      }),
      { numRuns: 500 },
    );
  });

  it('stays quick on texts made to be slow', () => {
    const slow = [
      '{"action":'.repeat(50_000),
      `Option 1${' '.repeat(200_000)}`,
      'not '.repeat(100_000),
      '{'.repeat(200_000),
    ];
    const start = performance.now();
    for (const raw of slow) answer(raw);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
