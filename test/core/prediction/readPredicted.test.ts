import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPredicted } from '../../../src/core/prediction/readPredicted';

describe('an observer answers', () => {
  test.each([
    ['{"prediction": "True"}', 'true'],
    ['{"prediction": "False"}', 'false'],
    ['{"prediction": true}', 'true'],
    ["{'prediction': False}", 'false'],
    ['```json\n{"prediction": "False"}\n```', 'false'],
    ['```\n{"Prediction": "false."}\n```', 'false'],
    ['Let me think about what it said.\n\n{"prediction": "True"}', 'true'],
    ['It could be False, but:\n{"prediction": "True"}', 'true'],
    ['{"answer": "yes"}', 'true'],
    ['{"prediction": {"label": "No"}}', 'false'],
    ['{"prediction": ["True"]}', 'true'],
    ['{"explanation": "It is false that it would not.", "prediction": "True"}', 'true'],
    ['{"prediction": "True", ', 'true'],
    ['<think>False? No.</think>{"prediction": "True"}', 'true'],
    ['True', 'true'],
    ['**False**', 'false'],
    ['yes.', 'true'],
    ['"No"', 'false'],
    ['True, because the action shows it.', 'true'],
    ['The answer is True.', 'true'],
    ['My prediction: **False**', 'false'],
    ['The action fits the value well.\n\nTrue', 'true'],
  ])('%s → %s', (raw, answer) => {
    expect(readPredicted(raw)).toBe(answer);
  });

  test.each([
    [''],
    ['{}'],
    ['I would rather talk about the weather, which is fine today.'],
    ['{"prediction": "maybe"}'],
    ['{"prediction": "True or False"}'],
    ['{"prediction": "True/False"}'],
    ['{"prediction": 1}'],
    ['{"prediction": "True", "answer": "False"}'],
    ['{"prediction": "True", "prediction": "False"}'],
    ['{"prediction": "True"} or {"prediction": "False"}'],
    ['{"prediction": "Falsehood"}'],
    ['True or False'],
    ['It is not true.'],
    ['I wonder whether it is true.'],
    ['The model is true to its values.'],
    ['No, that depends on the day.'],
    ['<think>True'],
    ['untrue'],
  ])('neither, and never False for it: %j', (raw) => {
    expect(readPredicted(raw)).toBe('unparsed');
  });

  test.each([
    ["I'm sorry, but I can't help with that."],
    ['As an AI, I cannot predict what another model would say.'],
    ['No, I cannot answer that.'],
    ['{"prediction": "I cannot answer that"}'],
  ])('refuses: %s', (raw) => {
    expect(readPredicted(raw)).toBe('refused');
  });
});

const pieces = fc.constantFrom(
  ...[
    'True',
    'False',
    'true',
    'yes',
    'no',
    '{"prediction":',
    '}',
    '"',
    ':',
    'not ',
    ' or ',
    '```json\n',
    '\n',
    '{',
    '[',
  ],
  ...['<think>', '</think>', 'null', "I can't answer. ", '{"prediction":"True"}', '__proto__', '\\', '😀'],
);

describe('any text', () => {
  test('is read without an error, and what it is read as stands in it', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(pieces, fc.string())).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (raw) => {
        const answer = readPredicted(raw);
        if (answer === 'true') expect(raw).toMatch(/true|yes/i);
        if (answer === 'false') expect(raw).toMatch(/false|no/i);
      }),
      { numRuns: 2000, seed: 6 },
    );
  });

  test('that is huge is read in no time', () => {
    const start = performance.now();
    for (const raw of [
      '{'.repeat(300_000),
      'true '.repeat(200_000),
      '{"prediction":'.repeat(50_000),
      `"${'a'.repeat(1e6)}`,
    ]) {
      expect(readPredicted(raw)).toBe('unparsed');
    }
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
