import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextRange } from '../../src/core/scenario/model';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { computeFormatting } from '../../src/language/formatting';
import { SAMPLES } from './samples';
import { applyEdits } from './source';

const format = (text: string) => applyEdits(text, computeFormatting(text));

/** What a file says, whatever its white space. */
function contentOf(text: string): string {
  const { scenarios, problems } = parseScenarioFile(text);
  const isPlace = (value: unknown): value is TextRange | TextRange[] =>
    typeof value === 'object' &&
    value !== null &&
    ('start' in value || (Array.isArray(value) && value[0]?.start !== undefined));
  const told = { scenarios, problems: problems.map(({ message }) => message) };
  return JSON.stringify(told, (_, value) => (isPlace(value) ? undefined : value));
}

/** Every comment, wherever it stands. */
const commentsOf = (text: string) => Array.from(text.matchAll(/(?:^|\s)#[^\r\n]*/g), ([comment]) => comment.trim());

describe('YAML', () => {
  it.each([
    [
      'indentation',
      'country:   x\ntopic: y\nitems:\n- value:    Wealth\n  agree:\n      action: I save.\n',
      'country: x\ntopic: y\nitems:\n  - value: Wealth\n    agree:\n      action: I save.\n',
    ],
    ['white space at line ends', 'country: x  \ntopic: y\t\nitems: []   ', 'country: x\ntopic: y\nitems: []\n'],
    [
      'comments',
      '# a\ncountry: x   # b\n\n\n\n# c\ntopic: y\nitems:\n    # d\n    - value: Wealth\n\n    # e\n\n    - value: Honest\n# f\n',
      '# a\ncountry: x # b\n\n# c\ntopic: y\nitems:\n  # d\n  - value: Wealth\n\n  # e\n\n  - value: Honest\n# f\n',
    ],
    [
      'brackets',
      'country: x\ntopic: y\nitems:\n  - {value:   Wealth}\n  - value: Honest\n    agree:\n      action: I\n      attributions: [  a,b ]\n',
      'country: x\ntopic: y\nitems:\n  - {value: Wealth}\n  - value: Honest\n    agree:\n      action: I\n      attributions: [a, b]\n',
    ],
    [
      'folded texts',
      'system: >-\n      One line\n      and the next.\n\n      Two.\ncountry: x\n',
      'system: >-\n  One line\n  and the next.\n\n  Two.\ncountry: x\n',
    ],
    ['literal texts', 'system: |\n   a\n     b\n   # c\ncountry: x\n', 'system: |\n  a\n    b\n  # c\ncountry: x\n'],
    [
      'plain texts of several lines',
      'system: one\n      two\ncountry: "x\n      y"\n',
      'system: one\n  two\ncountry: "x\n  y"\n',
    ],
    ['long lines', `country:  ${'long '.repeat(60)}end\n`, `country: ${'long '.repeat(60)}end\n`],
    ['anchors', 'a:   &x {b: c}\nd:   *x\n', 'a: &x {b: c}\nd: *x\n'],
    ['a blank line between documents', 'country:  x\n\n---\ncountry:  y\n', 'country: x\n\n---\ncountry: y\n'],
    ['quotes', `a:  "x"\nb:  'y'\nc:  z\n`, `a: "x"\nb: 'y'\nc: z\n`],
    ['CRLF', 'a:  x\r\nb:  y\r\n', 'a: x\r\nb: y\r\n'],
    ['a byte order mark', '\uFEFFa:  x\n', '\uFEFFa: x\n'],
  ])('%s', (_, text, expected) => {
    expect(format(text)).toBe(expected);
  });

  it.each([
    ['an open quote', 'a:  "x\nb:  y\n'],
    ['a tab', 'a:\n\tb:  y\n'],
    ['a key that stands twice', 'a:  x\na:  y\n'],
    [
      'an alias bomb',
      `a: &a [x, x]\n${Array.from({ length: 20 }, (_, at) => `b${at}: &b${at} [${`*${at ? `b${at - 1}` : 'a'}, `.repeat(9)}x]\n`).join('')}`,
    ],
    ['deep nesting', '['.repeat(100_000)],
    ['brackets that are no JSON', '{ "a":  x # why\n}'],
    ['nothing', ''],
    ['comments alone', '#  a\n'],
  ])('leaves as it is: %s', (_, text) => {
    expect(computeFormatting(text)).toEqual([]);
  });

  it('leaves a broken document, and formats the others', () => {
    expect(format('a:  x\n---\na:  "x\n---\na:  y\n')).toBe('a: x\n---\na:  "x\n---\na: y\n');
  });
});

describe('JSON', () => {
  it.each([
    [
      'on one line',
      '{"a":"b","c":[{"d":[]}],"e":{}}',
      '{\n  "a": "b",\n  "c": [\n    {\n      "d": []\n    }\n  ],\n  "e": {}\n}\n',
    ],
    ['with short lists', '{ "a": ["b" , "c"] , "d": {"e":1.0}}', '{\n  "a": ["b", "c"],\n  "d": { "e": 1.0 }\n}\n'],
    ['with lists that somebody opened', '{ "a": [\n"b", "c"] }', '{\n  "a": [\n    "b",\n    "c"\n  ]\n}\n'],
    ['with brackets in texts', '{"{[,": ":\\"}"}', '{ "{[,": ":\\"}" }\n'],
    [
      'with keys that stand twice',
      '{"__proto__": 1, "__proto__": {"x": 2}}',
      '{\n  "__proto__": 1,\n  "__proto__": { "x": 2 }\n}\n',
    ],
    ['with CRLF', '{\r\n"a": 1}', '{\r\n  "a": 1\r\n}\r\n'],
  ])('%s', (_, text, expected) => {
    expect(format(text)).toBe(expected);
  });
});

describe('whatever the text', () => {
  it.each(Object.entries(SAMPLES))('says the same and keeps its comments: %s', (_, text) => {
    const formatted = format(text);
    expect(contentOf(formatted)).toBe(contentOf(text));
    expect(commentsOf(formatted)).toEqual(commentsOf(text));
    expect(format(formatted)).toBe(formatted);
  });

  it('says the same, and a second time changes nothing', () => {
    const samples = Object.values(SAMPLES);
    const slip = fc.record({
      sample: fc.nat(samples.length - 1),
      at: fc.nat(2000),
      sign: fc.constantFrom('', 'x', ' ', '  ', '\n', '\n\n', ' # z\n', '"', '\t', '---\n', '{', '- '),
    });
    fc.assert(
      fc.property(slip, ({ sample, at, sign }) => {
        const text = samples[sample] ?? '';
        const place = at % text.length;
        const slipped = text.slice(0, place) + sign + text.slice(place);
        const formatted = format(slipped);
        expect(contentOf(formatted)).toBe(contentOf(slipped));
        expect(commentsOf(formatted).sort()).toEqual(commentsOf(slipped).sort());
        expect(format(formatted)).toBe(formatted);
      }),
      { numRuns: 150, seed: 5 },
    );
  }, 20_000);

  it('touches no more lines than change', () => {
    const lines = Array.from({ length: 100 }, (_, at) => `k${at}: v`);
    const text = lines.with(50, 'k50:    v').join('\n');
    const [edit] = computeFormatting(`${text}\n`);
    expect(edit && text.slice(edit.range.start, edit.range.end)).toBe('k50:    v');
    expect(edit?.text).toBe('k50: v');
  });
});
