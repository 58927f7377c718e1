import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { ReadingMemory, ScenarioText } from '../../src/core/scenario/scenarioText';
import { OpenDocument } from '../../src/language/documents';
import { TextBuffer } from '../../src/language/textBuffer';

fc.configureGlobal({ seed: 2502 });

const item = (value: string) =>
  `  - value: ${value}\n    agree:\n      action: I do it.\n    disagree:\n      action: I avoid it.\n`;
const HEAD = 'country: Canada\ntopic: Religion\nitems:\n';
const JSON_TEXT = JSON.stringify(
  {
    country: 'India',
    topic: 'Politics',
    items: [{ value: 'Wealth' }, { value: 'Honest', agree: { action: 'I do.' } }],
  },
  null,
  2,
);
const TEXTS = [
  `name: a\n${HEAD}${item('Wealth')}# between\n${item('Equality')}  # deeper\n---\nname: b\n${HEAD}${item('Honest')}system: |\n  one\n  two\n`,
  `\uFEFFcountry: Canada\r\ntopic: Religion\r\nitems:\r\n- value: Wealth\r\n  agree: &a {action: "I do 😀 it."}\r\n  disagree: *a\r\n- value: عدالة\r\n  definition: justice\r\n`,
  JSON_TEXT,
];

const scraps = fc.constantFrom(
  ...[
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ': ',
    '- ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '  ',
    '\n---\n',
    '#',
    '&a ',
    '*a',
    '|',
    '>',
    ',',
  ],
  ...['x', '😀', 'items:\n', '\n  - value: Wealth\n', '\n- value: Honest', 'country: ', ' ', '\n\n', '', 'א'],
);
/** Where, as a share of the text; how many units are replaced; by what. */
const edits = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(30), scraps), {
  minLength: 1,
  maxLength: 12,
});

describe('TextBuffer', () => {
  const long = Array.from({ length: 9000 }, (_, at) => `line ${at}${at % 7 === 0 ? '\r' : ''}\n`).join('');

  it('holds what an ordinary document holds, at the same positions', () => {
    const check = (start: string, changes: readonly (readonly [number, number, string])[]) => {
      const buffer = new TextBuffer(start);
      let plain = TextDocument.create('a', 'b', 1, start);
      for (const [share, length, text] of changes) {
        const from = Math.floor(share * plain.getText().length);
        const range = { start: plain.positionAt(from), end: plain.positionAt(from + length) };
        plain = TextDocument.update(plain, [{ range, text }], plain.version + 1);
        buffer.apply({ range, text });
      }
      const text = plain.getText();
      expect(buffer.text).toBe(text);
      for (let at = 0; at <= text.length; at += Math.max(1, Math.floor(text.length / 50))) {
        expect(buffer.positionAt(at)).toEqual(plain.positionAt(at));
        expect(buffer.offsetAt(plain.positionAt(at))).toBe(plain.offsetAt(plain.positionAt(at)));
      }
      expect(buffer.positionAt(text.length)).toEqual(plain.positionAt(text.length));
    };
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS, ''), edits, (text, changes) => check(text, changes)),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(edits, fc.nat(200_000), (changes, length) => {
        check(long, [...changes, [0.1, length, 'cut'] as const, ...changes]);
      }),
      { numRuns: 25 },
    );
  });

  it('takes a place that does not exist for the closest one', () => {
    const buffer = new TextBuffer('ab\r\ncd');
    expect(buffer.offsetAt({ line: 0, character: 99 })).toBe(2);
    expect(buffer.offsetAt({ line: 9, character: 0 })).toBe(6);
    expect(buffer.offsetAt({ line: -1, character: 5 })).toBe(0);
    expect(buffer.positionAt(-3)).toEqual({ line: 0, character: 0 });
    expect(buffer.positionAt(99)).toEqual({ line: 1, character: 2 });
    buffer.apply({ text: 'new' });
    expect(buffer.text).toBe('new');
  });
});

describe('a document that changes', () => {
  it('gives at each version what reading the text from scratch gives', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), edits, (start, changes) => {
        const document = new OpenDocument('file:///a', 1, start);
        for (const [share, length, text] of changes) {
          const from = Math.floor(share * document.file.text.length);
          document.change([{ range: document.buffer.rangeAt({ start: from, end: from + length }), text }], 2);
          const fresh = parseScenarioFile(document.file.text);
          expect(document.file.scenarios).toEqual(fresh.scenarios);
          expect(new Set(document.file.problems)).toEqual(new Set(fresh.problems));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every range inside the text, and finds the scenario around an offset', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), edits, (start, changes) => {
        let text = start;
        for (const [share, length, scrap] of changes) {
          const from = Math.floor(share * text.length);
          text = text.slice(0, from) + scrap + text.slice(from + length);
        }
        const file = new ScenarioText(text);
        const ranges = file.problems.flatMap(({ range, fix }) => [
          range,
          ...(fix && 'range' in fix ? [fix.range] : []),
        ]);
        for (const { items, range } of file.scenarios) {
          ranges.push(range);
          for (const { agree, disagree, range: whole, valueRange } of items) {
            ranges.push(whole, valueRange);
            for (const action of [agree, disagree]) {
              if (action) ranges.push(action.range, action.actionRange, ...action.attributionRanges);
            }
          }
          expect(file.scenarioAt(range.start)?.range).toEqual(range);
        }
        for (const { start: from, end } of ranges) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(from);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('reads again the item that changed and no other', () => {
    const memory = new ReadingMemory();
    const names = Array.from({ length: 200 }, (_, at) => `Value ${at}\n    definition: mine`);
    const text = HEAD + names.map(item).join('');
    expect(new ScenarioText(text, memory).scenarios[0]?.items).toHaveLength(200);
    const before = new Set(memory.items.keys());
    const typed = text.replace('Value 77\n', 'Value 77x\n');
    expect(new ScenarioText(typed, memory).scenarios[0]?.items[77]?.value).toBe('Value 77x');
    expect([...memory.items.keys()].filter((key) => !before.has(key))).toEqual([
      item('Value 77x\n    definition: mine'),
    ]);
  });

  it('forgets what is gone', () => {
    const memory = new ReadingMemory();
    for (let round = 0; round < 30; round++) {
      const names = Array.from({ length: 100 }, (_, at) => `Value ${round} ${at}\n    definition: mine`);
      new ScenarioText(HEAD + names.map(item).join(''), memory).problems;
    }
    expect(memory.items.size).toBeLessThanOrEqual(700);
    expect(memory.documents.size).toBe(1);
  });

  it('reads what aliases share anew when the part that they name changes', () => {
    const memory = new ReadingMemory();
    const write = (action: string) =>
      `${HEAD}  - value: Wealth\n    agree: &a {action: ${action}}\n  - value: Honest\n    agree: *a\n${item('Equality')}`;
    expect(new ScenarioText(write('I do.'), memory).scenarios[0]?.items[1]?.agree?.action).toBe('I do.');
    expect(new ScenarioText(write('We do.'), memory).scenarios[0]?.items[1]?.agree?.action).toBe('We do.');
  });

  it('can be asked about one place of a long text before the rest is read', () => {
    const names = Array.from({ length: 2000 }, (_, at) => `Value ${at}\n    definition: mine`);
    const text = HEAD + names.map(item).join('');
    const memory = new ReadingMemory();
    const file = new ScenarioText(text, memory);
    const offset = text.indexOf('Value 1500');
    expect(file.scenarioAt(offset)?.items.map(({ value }) => value)).toEqual(['Value 1500']);
    expect(memory.items.size).toBe(1);
    for (const _ of file.read()) if (memory.items.size > 1450) break;
    expect(file.scenarioAt(offset)?.items.length).toBeGreaterThan(30);
    expect(file.scenarios[0]?.items).toHaveLength(2000);
    expect(file.scenarioAt(offset)?.items).toHaveLength(2000);
  });
});
