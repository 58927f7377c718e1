/** Hover, outline, folding and references. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeFolding } from '../../src/language/folding';
import { computeHover } from '../../src/language/hover';
import { computeOutline, type OutlineEntry } from '../../src/language/outline';
import { findReferences, findValueAt } from '../../src/language/references';
import { computeSemanticTokens } from '../../src/language/semanticTokens';
import { readMarked } from './marked';
import { SAMPLES } from './samples';
import { openText } from './source';

const HEAD = 'country: India\ntopic: Religion\n';
const ITEMS = 'items:\n  - value: Wealth\n    agree:\n      action: I save.\n    disagree:\n      action: I give.\n';

function hover(marked: string) {
  const { text, offset } = readMarked(marked);
  const found = computeHover(openText(text), offset);
  return found && { ...found, written: text.slice(found.range.start, found.range.end) };
}

describe('hover', () => {
  it('tells of a value its definition, its motivational type and its portrait', () => {
    const found = hover(`${HEAD}${ITEMS.replace('Wealth', 'Weal¦th')}`);
    expect(found?.written).toBe('Wealth');
    expect(found?.paragraphs).toEqual([
      'material possessions, money',
      'Motivational type: Power',
      'It is important to this person to be rich and to own valuable things.',
    ]);
  });

  it('tells of a value what the file says about it', () => {
    const found = hover(`${HEAD}items:\n  - value: My ¦Own\n    definition: being <b>me</b>\n`);
    expect(found?.paragraphs).toEqual([
      'being <b>me</b>',
      'A value of your own, none of the 56.',
      expect.stringContaining('being <b>me</b>'),
    ]);
  });

  it('knows a value in a scenario that is not complete, and in JSON', () => {
    expect(hover('items:\n  - value: Auth¦ority')?.paragraphs[1]).toBe('Motivational type: Power');
    expect(hover('{"items": [{"value": "Auth¦ority"}]}')).toMatchObject({ title: 'Authority', written: '"Authority"' });
  });

  it.each([
    ['country', 'India'],
    ['topic', 'Religion'],
    ['value', 'Wealth'],
    ['definition', 'material possessions, money'],
    ['option1', 'I give.'],
    ['option2', 'I save.'],
  ])('tells what {{%s}} becomes here', (name, expected) => {
    const prompts = `prompts:\n  task2:\n    options: "1 {{option1}} 2 {{option2}} {{country}} {{topic}} {{value}} {{definition}}"\n`;
    const found = hover(`${HEAD}${prompts.replace(`{{${name}`, `{{¦${name}`)}${ITEMS}`);
    expect(found).toMatchObject({ title: `{{${name}}}`, written: `{{${name}}}` });
    expect(found?.paragraphs[1]).toBe(`Here: ${expected}`);
  });

  it('tells of a key what the format says', () => {
    expect(hover('sys¦tem: x\n')?.paragraphs).toEqual(['The system prompt under test.']);
    expect(hover('{ "items": [ { "no¦te": "x" } ] }')?.paragraphs).toEqual(['Free text, sent nowhere.']);
  });

  it.each([
    ['an unknown key', '__pro¦to__: x'],
    ['a comment', '# coun¦try: x'],
    ['an action', `${HEAD}items:\n  - value: Wealth\n    agree:\n      action: I sa¦ve.`],
    ['an unknown value', `${HEAD}items:\n  - value: Wea¦l`],
    ['an unknown placeholder', `${HEAD}prompts:\n  task1:\n    survey:\n      value: "{{val¦u}}"`],
    ['a blank line', `${HEAD}¦\n${ITEMS}`],
  ])('says nothing about %s', (_, marked) => {
    expect(hover(marked)).toBeUndefined();
  });
});

describe('outline', () => {
  it('is made of scenarios, items and actions', () => {
    const outline = computeOutline(openText(SAMPLES['several documents'] ?? ''));
    expect(outline.map(({ name, detail }) => [name, detail])).toEqual([
      ['India · Religion', undefined],
      ['b', 'Peru · Work Orientation'],
    ]);
    expect(outline[0]?.children.map(({ name }) => name)).toEqual(['Wealth', 'Digital Privacy']);
    expect(outline[1]?.children[0]?.children.map(({ name, detail }) => [name, detail])).toEqual([
      ['agree', 'I save every coin for the clinic.'],
      ['disagree', 'I give my 💶 away, and מתנה with it.'],
    ]);
  });

  it.each(Object.entries(SAMPLES))('has parts that lie one in the other: %s', (_, text) => {
    const check = (entry: OutlineEntry) => {
      const parts = [entry.nameRange, ...entry.children.map(({ range }) => range)];
      for (const { start, end } of parts) {
        expect(start).toBeGreaterThanOrEqual(entry.range.start);
        expect(end).toBeLessThanOrEqual(entry.range.end);
      }
      entry.children.forEach(check);
    };
    const outline = computeOutline(openText(text));
    expect(outline.length).toBeGreaterThan(0);
    outline.forEach(check);
  });
});

describe('folding', () => {
  const fold = (text: string) =>
    computeFolding(text).map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ''}`);

  it('folds items, actions and block texts', () => {
    expect(fold(`${HEAD}system: |\n  a\n\n  b\n\n${ITEMS}`)).toEqual(['2-5', '7-12', '8-12', '9-10', '11-12']);
  });

  it('folds each of several documents', () => {
    expect(fold('a: x\nb: y\n---\na:\n  b: c\n\n---\na: x\n')).toEqual(['0-1', '2-4', '3-4', '6-7']);
  });

  it('folds brackets and comments of several lines', () => {
    expect(fold('{\n  "items": [\n    {\n      "a": 1\n    }\n  ]\n}\n')).toEqual(['0-6', '1-5', '2-4']);
    expect(fold('# a\n# b\n# c\nx: y\n# d\n')).toEqual(['0-2 comment']);
  });

  it('does not mind CRLF, a byte order mark and tabs', () => {
    expect(fold('\uFEFFitems:\r\n  - a: b\r\n    c: d\r\n\r\nx: y')).toEqual(['0-2', '1-2']);
    expect(fold('items:\n\t- a')).toEqual(['0-1']);
  });

  it('leaves out the innermost where there are more than an editor shows', () => {
    const text = `${HEAD}${ITEMS}`;
    const lines = (limit: number) => computeFolding(text, limit).map(({ startLine }) => startLine);
    const all = computeFolding(text);
    expect(all.length).toBeGreaterThan(3);
    expect(lines(all.length)).toEqual(all.map(({ startLine }) => startLine));
    // "items:", then the first of its items.
    expect(computeFolding(text, 2)).toEqual(all.slice(0, 2));
    expect(lines(0)).toEqual([]);
  });

  it('stays within the lines of any text', () => {
    const bits = fc.constantFrom('a', '\n', ' ', '- ', '{', '}', '#', '---\n', '\r\n', '\t');
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const lines = text.split('\n').length;
        for (const { startLine, endLine } of computeFolding(text)) {
          expect(startLine).toBeGreaterThanOrEqual(0);
          expect(endLine).toBeGreaterThan(startLine);
          expect(endLine).toBeLessThan(lines);
        }
      }),
      { numRuns: 1000, seed: 5 },
    );
  });
});

describe('references of a value', () => {
  const files = Object.entries(SAMPLES).map(([uri, text]) => ({ uri, file: openText(text) }));

  it('are found in every file, at the name', () => {
    const found = findReferences(files, 'Wealth');
    expect(new Set(found.map(({ uri }) => uri))).toEqual(new Set(Object.keys(SAMPLES)));
    for (const { uri, range } of found) expect(SAMPLES[uri]?.slice(range.start, range.end)).toMatch(/^"?Wealth"?$/);
    expect(found.filter(({ uri }) => uri === 'several documents').map(({ scenario }) => scenario)).toEqual([
      'India · Religion',
      'b',
    ]);
  });

  it('are found however they are spelt', () => {
    expect(findReferences(files, ' digital  privacy ')).toHaveLength(4);
    expect(findReferences(files, '__proto__')).toEqual([]);
  });

  it.each([
    ['at its name', `${HEAD}${ITEMS.replace('Wealth', 'Weal¦th')}`, 'Wealth'],
    ['with no country yet', 'items:\n  - value: Social  Po¦wer', 'Social Power'],
    ['not at its action', `${HEAD}${ITEMS.replace('I save', 'I sa¦ve')}`, undefined],
  ])('start from a value %s', (_, marked, expected) => {
    const { text, offset } = readMarked(marked);
    expect(findValueAt(openText(text), offset)?.value).toBe(expected);
  });
});

it('answers on any text at any offset, with ranges inside of it', () => {
  const samples = Object.values(SAMPLES);
  const bits = fc.constantFrom(
    '\n',
    '  ',
    '- ',
    'value: ',
    '{{value}}',
    '{',
    ']',
    '"',
    "'",
    '#',
    '>-',
    '---\n',
    '\r\n',
    '\t',
    '💶',
    '&a ',
    '*a',
  );
  const cut = fc.record({ sample: fc.nat(samples.length - 1), from: fc.nat(1500), length: fc.nat(400), insert: bits });
  fc.assert(
    fc.property(cut, fc.nat(2000), ({ sample, from, length, insert }, at) => {
      const whole = samples[sample] ?? '';
      const text = whole.slice(0, from) + insert + whole.slice(from + length);
      const file = openText(text);
      const ranges = [
        computeHover(file, at)?.range,
        findValueAt(file, at)?.range,
        ...computeSemanticTokens(file).map(({ range }) => range),
        ...computeOutline(file).flatMap(({ range, nameRange }) => [range, nameRange]),
        ...findReferences([{ uri: 'x', file }], 'Wealth').map(({ range }) => range),
      ];
      for (const range of ranges) {
        if (!range) continue;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 300, seed: 5 },
  );
});
