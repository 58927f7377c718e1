import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCursor } from '../../src/language/findCursor';
import { readMarked } from './marked';

const ITEM = '  - value: Wealth\n    agree:\n      action: I save.\n';

/** What the cursor says, short enough for a table. */
function tell(marked: string): string {
  const { text, offset } = readMarked(marked);
  const cursor = findCursor({ text }, offset);
  if (!cursor) return 'nothing';
  const written = text.slice(cursor.range.start, cursor.range.end);
  const around = [...cursor.present.keys()].join(',');
  return `${cursor.slot} ${cursor.path.join('.')} [${written}] ${cursor.column} (${around})`;
}

describe('in block style', () => {
  it.each([
    ['', '¦', 'key  [] 0 ()'],
    ['a root key', 'cou¦', 'key  [cou] 0 ()'],
    ['a root key beside others', 'name: x\nto¦\nitems: []\n', 'key  [to] 0 (name,items)'],
    ['behind a colon', 'country: ¦', 'value country [] 0 ()'],
    ['right behind a colon', 'country:¦', 'value country [] 0 ()'],
    ['in a value', 'country: Ger¦many # not France\ntopic: x', 'value country [Germany] 0 (topic)'],
    ['in a quoted value', 'country: "Ger¦', 'value country ["Ger] 0 ()'],
    ['in a comment', 'country: x # he¦re', 'nothing'],
    ['below items', 'items:\n  ¦', 'entry items [] 2 ()'],
    ['behind a dash', 'items:\n  - ¦', 'key items.0 [] 4 ()'],
    ['a half-written key behind a dash', 'items:\n  - val¦\n', 'key items.0 [val] 4 ()'],
    ['a value in an item', 'items:\n  - value: So¦\n    agree:\n', 'value items.0.value [So] 4 (agree)'],
    ['a dash at the column of its key', 'items:\n- value: So¦\n', 'value items.0.value [So] 2 ()'],
    ['a blank line of an item', `items:\n${ITEM}    ¦\n${ITEM}`, 'key items.0 [] 4 (agree,value)'],
    ['a blank line of an action', `items:\n${ITEM}      ¦`, 'key items.0.agree [] 6 (action)'],
    ['a blank line too far in', `items:\n${ITEM}          ¦`, 'key items.0.agree [] 6 (action)'],
    ['a blank line between items', `items:\n${ITEM}  ¦\n${ITEM}`, 'entry items [] 2 ()'],
    ['a blank line not indented yet', `items:\n${ITEM}¦\n${ITEM}`, 'entry items [] 2 ()'],
    ['a blank line between dash and keys', `items:\n  - value: x\n   ¦\n`, 'key items.0 [] 4 (value)'],
    ['a blank line at the end', `country: x\nitems:\n${ITEM}¦`, 'key  [] 0 (items,country)'],
    ['with comments between', `items:\n${ITEM}# one\n    # two\n    dis¦`, 'key items.0 [dis] 4 (agree,value)'],
    ['a key that is complete', `items:\n  - val¦ue: x\n    note: y`, 'key items.0 [value] 4 (note)'],
    ['in the second document', 'country: a\n---\ncountry: b\nto¦', 'key  [to] 0 (country)'],
    ['at a mark of a document', '---¦\ncountry: b\n', 'nothing'],
    ['with CRLF', 'name: x\r\nto¦\r\nitems:\r\n', 'key  [to] 0 (name,items)'],
    ['behind a byte order mark', '\uFEFFcou¦\ntopic: x', 'key  [cou] 0 (topic)'],
    [
      'an entry of attributions',
      'items:\n  - agree:\n      attributions:\n        - a¦',
      'value items.0.agree.attributions.0 [a] 10 ()',
    ],
    [
      'a block text',
      'prompts:\n  task1:\n    survey:\n      context: >-\n        Live in {{¦\n',
      'value prompts.task1.survey.context [Live in {{] 0 ()',
    ],
    ['a mark within a block text', 'system: |\n  a: b # c¦\n', 'value system [a: b # c] 0 ()'],
    ['a text that goes on', 'system: one\n  two: ¦three\ntopic: x', 'value system [two: three] 0 ()'],
    ['emoji before it', 'country: "😀" \ntopic: 健康¦', 'value topic [健康] 0 (country)'],
  ])('%s', (_, marked, expected) => {
    expect(tell(marked)).toBe(expected);
  });
});

describe('in brackets', () => {
  it.each([
    [
      'a list in a block',
      'items:\n  - agree:\n      attributions: [a, b¦c]',
      'value items.0.agree.attributions.0 [bc] 0 ()',
    ],
    ['a map in a block', 'items:\n  - { value: So¦, note: x }', 'value items.0.value [So] 0 (note)'],
    ['brackets over lines', 'items: [\n  { value: x, ¦ }\n]', 'key items.0 [] 0 (value)'],
    ['an empty object', '{¦}', 'key  [] 0 ()'],
    ['an open object', '{ ¦', 'key  [] 0 ()'],
    ['a half-written key', '{ "country": "x", "to¦ }', 'key  ["to }] 0 (country)'],
    ['a key before others', '{ "¦", "country": "x" }', 'key  [""] 0 (country)'],
    ['a value', '{ "items": [ { "value": "So¦" , "note": "" } ] }', 'value items.0.value ["So"] 0 (note)'],
    ['behind a colon', '{ "country": ¦ }', 'value country [] 0 ()'],
    ['between items', '{ "items": [ {"value": "a"}, ¦ ] }', 'value items.0 [] 0 ()'],
    ['behind the items', '{ "country": "x", "items": [ {"value": "a"} ], ¦ }', 'key  [] 0 (country,items)'],
    ['behind the document', '{ "country": "x" } ¦', 'nothing'],
    ['CRLF and an open quote', '{\r\n  "country": "Ger¦\r\n  "topic": "x"\r\n}', 'value country ["Ger] 0 (topic)'],
  ])('%s', (_, marked, expected) => {
    expect(tell(marked)).toBe(expected);
  });
});

describe('whatever the text', () => {
  const pieces = fc.constantFrom(
    ...[
      'items:',
      '\n',
      '  ',
      '- ',
      'value: ',
      'So',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ',',
      ':',
      '#',
      '|',
      '>-',
      '---\n',
      '\r\n',
      '\t',
      '😀',
      '&a ',
      '*a',
    ],
  );
  it('never throws, and its ranges lie inside', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.nat(120), (parts, at) => {
        const text = parts.join('');
        const cursor = findCursor({ text }, at);
        if (!cursor) return;
        expect(cursor.range.start).toBeGreaterThanOrEqual(0);
        expect(cursor.range.start).toBeLessThanOrEqual(at);
        expect(cursor.range.end).toBeGreaterThanOrEqual(at);
        expect(cursor.range.end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  it.each([
    ['100,000 brackets', '['.repeat(100_000)],
    ['100,000 dashes', '- '.repeat(100_000)],
    ['one long line', `country: ${'x'.repeat(5_000_000)}`],
    ['deep indentation', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('answers soon on %s', (_, text) => {
    const start = performance.now();
    findCursor({ text }, text.length);
    findCursor({ text }, Math.floor(text.length / 2));
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
