import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStated } from '../../../src/core/answers/stated';
import type { StatedAnswer } from '../../../src/core/runs/record';

fc.configureGlobal({ seed: 2501 });

const names = ['Social Power', 'Self-Respect', 'Unity With Nature', 'A Spiritual Life'];

function read(raw: string, values: readonly string[] = names): StatedAnswer[] {
  return readStated(raw, values).map(([, answer]) => answer);
}

describe('readStated', () => {
  const plain = '{"Social Power": "1", "Self-Respect": "2", "Unity With Nature": "3", "A Spiritual Life": "4"}';

  it.each<[string, string, StatedAnswer[]]>([
    ['strict JSON', plain, [1, 2, 3, 4]],
    ['fences', `\`\`\`json\n${plain}\n\`\`\``, [1, 2, 3, 4]],
    ['prose around', `Sure {here} it is:\n${plain}\nNote: {only} my view, 1 of many.`, [1, 2, 3, 4]],
    ['numbers', '{"Social Power":1,"Self-Respect":2,"Unity With Nature":3,"A Spiritual Life":4}', [1, 2, 3, 4]],
    [
      'digit and label',
      '{"Social Power":"1: strongly agree","Self-Respect":"2 - agree","Unity With Nature":"3 (not like me)","A Spiritual Life":"Option 4"}',
      [1, 2, 3, 4],
    ],
    [
      'labels alone',
      '{"Social Power":"Strongly Agree","Self-Respect":"like me","Unity With Nature":"disagree.","A Spiritual Life":"not_like_me_at_all"}',
      [1, 2, 3, 4],
    ],
    [
      'key variants',
      '{"social_power":1,"SELF RESPECT ":2,"3. Unity with nature":3,"a-spiritual-life (not material)":4}',
      [1, 2, 3, 4],
    ],
    [
      'another wording, as the published figures count it',
      '{"Spiritual Life": 1, "Social Power": 2}',
      [2, 'missing', 'missing', 'missing'],
    ],
    ['single quotes', plain.replaceAll('"', "'"), [1, 2, 3, 4]],
    ['trailing comma and comment', '{"Social Power": 1, // sure\n "Self-Respect": 2,}', [1, 2, 'missing', 'missing']],
    ['cut inside a key', '```json\n{"Social Power": "1",\n "Self-Res', [1, 'missing', 'missing', 'missing']],
    ['cut behind a quote', '{"Social Power": "1",\n "Self-Respect": "', [1, 'missing', 'missing', 'missing']],
    [
      'cut inside a label',
      '{"Social Power": "1",\n "Self-Respect": "not like me',
      [1, 'missing', 'missing', 'missing'],
    ],
    ['cut behind the digit', '{"Social Power": "1",\n "Self-Respect": "2: ag', [1, 2, 'missing', 'missing']],
    [
      'a stray Options object',
      '{"Options": {"1": "strongly agree", "2": "agree"}, "Social Power": "2"}',
      [2, 'missing', 'missing', 'missing'],
    ],
    ['wrapped', '{"values": {"Social Power": 3}, "note": "x"}', [3, 'missing', 'missing', 'missing']],
    [
      'objects for values',
      '{"Social Power": {"option": 2, "explanation": "1 reason"}, "Self-Respect": {"value": "3: disagree"}}',
      [2, 3, 'missing', 'missing'],
    ],
    [
      'records',
      '[{"value": "Social Power", "option": "2: agree"}, {"name": "Self-Respect", "rating": 4, "reason": "none"}]',
      [2, 4, 'missing', 'missing'],
    ],
    ['one object a value', '{"Social Power": 1}\n{"Self-Respect": 2}', [1, 2, 'missing', 'missing']],
    [
      'out of range and no option',
      '{"Social Power": 5, "Self-Respect": "0", "Unity With Nature": "2.5", "A Spiritual Life": "N/A"}',
      ['unparsed', 'unparsed', 'unparsed', 'unparsed'],
    ],
    [
      'two options for one value',
      '{"Social Power": "2 or 3", "Self-Respect": "1/4", "Unity With Nature": "1: strongly disagree", "A Spiritual Life": [1, 2]}',
      ['unparsed', 'unparsed', 'unparsed', 'unparsed'],
    ],
    [
      'one value refused, one empty',
      '{"Social Power": "I cannot answer this", "Self-Respect": null, "Unity With Nature": ""}',
      ['refused', 'missing', 'missing', 'missing'],
    ],
    [
      'the same value twice',
      '{"Social Power": 1}\nor rather\n{"Social Power": 4}',
      ['unparsed', 'missing', 'missing', 'missing'],
    ],
    [
      'lines',
      '- **Social Power**: 2\n2. Self-Respect - 3 (disagree)\n| Unity With Nature | 4 |\nA Spiritual Life = 1',
      [2, 3, 4, 1],
    ],
    ['one line', 'Social Power: 2, Self-Respect: 3; Unity With Nature: 4', [2, 3, 4, 'missing']],
    ['the prompt repeated', 'Social Power: control over others\nSocial Power: 3', [3, 'missing', 'missing', 'missing']],
    ['a missing comma', '{"Social Power": "1"\n"Self-Respect": "2"\n"Unity With Nature": "3"}', [1, 2, 3, 'missing']],
    [
      'a quote that never closes',
      '{\n"Social Power": "1,\n"Self-Respect": "2",\n"Unity With Nature": "3"\n}',
      [1, 2, 3, 'missing'],
    ],
    [
      'thinking aloud',
      '<think>{"Social Power": 4} maybe</think>{"Social Power": 1}',
      [1, 'missing', 'missing', 'missing'],
    ],
    ['refused', 'I’m sorry, but I can’t assist with that.', ['refused', 'refused', 'refused', 'refused']],
    ['refused as an AI', 'As an AI, I do not hold values.', ['refused', 'refused', 'refused', 'refused']],
    ['refused in JSON', '{"error": "I cannot answer these questions."}', ['refused', 'refused', 'refused', 'refused']],
    ['empty', '', ['unparsed', 'unparsed', 'unparsed', 'unparsed']],
    ['prose', 'People differ a lot in this.', ['unparsed', 'unparsed', 'unparsed', 'unparsed']],
    ['a list without names', '[1, 2, 3, 4]', ['unparsed', 'unparsed', 'unparsed', 'unparsed']],
  ])('%s', (_, raw, expected) => {
    expect(read(raw)).toEqual(expected);
  });

  it('keeps hostile names apart', () => {
    const hostile = ['__proto__', 'constructor', 'toString', 'Options'];
    expect(read('{"__proto__": "1", "constructor": "2", "toString": "3", "Options": "4"}', hostile)).toEqual([
      1, 2, 3, 4,
    ]);
    expect(read("{'__proto__': '1', 'constructor': '2'}", hostile)).toEqual([1, 2, 'missing', 'missing']);
    expect(read('nothing', hostile)).toEqual(['unparsed', 'unparsed', 'unparsed', 'unparsed']);
  });

  it('does not choose between two values whose names differ only in spelling', () => {
    expect(read('{"selfrespect": 1}', ['Self-Respect', 'Self Respect'])).toEqual(['unparsed', 'unparsed']);
    expect(read('{"Self Respect": 1}', ['Self-Respect', 'Self Respect'])).toEqual(['missing', 1]);
  });

  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z_]{0,11}( [A-Z][a-z]{0,8})?$/);
  const nameLists = fc.uniqueArray(fc.oneof(name, fc.constantFrom('__proto__', 'constructor')), {
    minLength: 1,
    maxLength: 12,
    selector: (value) => value.toLowerCase().replace(/[^a-z]/g, ''),
  });
  const labels = ['', 'strongly agree', 'agree', 'disagree', 'strongly disagree'];
  const renderers: readonly ((pairs: readonly (readonly [string, number])[]) => string)[] = [
    (pairs) => JSON.stringify(Object.fromEntries(pairs)),
    (pairs) =>
      `Here you are:\n\`\`\`json\n${JSON.stringify(Object.fromEntries(pairs.map(([k, v]) => [k, `${v}: ${labels[v]}`])), null, 2)}\n\`\`\`\nHope it helps.`,
    (pairs) => `{${pairs.map(([key, option]) => `'${key}': '${option}',`).join('\n')}}`,
    (pairs) => pairs.map(([key, option]) => `- ${key}: ${option}`).join('\n'),
    (pairs) => JSON.stringify(pairs.map(([value, option]) => ({ value, option: labels[option] }))),
  ];

  it('reads back what was written, in every form, with any value left out', () => {
    fc.assert(
      fc.property(
        nameLists.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.array(fc.integer({ min: 0, max: 4 }), { minLength: list.length, maxLength: list.length }),
            fc.nat(renderers.length - 1),
          ),
        ),
        ([list, options, form]) => {
          const pairs = list.map((value, at) => [value, options[at]!] as const).filter(([, option]) => option > 0);
          fc.pre(pairs.length > 0);
          fc.pre(list.every((value) => !/^options?$/i.test(value)));
          const expected = options.map((option) => (option > 0 ? option : 'missing'));
          expect(read(renderers[form]!(pairs), list)).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('answers for exactly the values asked, whatever the text', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.stringMatching(/^[{}"':,1-5 a-zA-Z\n[\]]*$/));
    fc.assert(
      fc.property(text, (raw) => {
        expect(readStated(raw, names).map(([value]) => value)).toEqual(names);
      }),
      { numRuns: 500 },
    );
  });

  it('stays quick on texts made to be slow', () => {
    const slow = [
      '{'.repeat(200_000),
      '{"a": '.repeat(50_000),
      '['.repeat(100_000),
      '{"Social Power": "'.repeat(20_000),
      `{"Social Power": ${' '.repeat(200_000)}`,
      ':-'.repeat(200_000),
      '"\''.repeat(100_000),
    ];
    const start = performance.now();
    for (const raw of slow) read(raw);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
