/** Reading item by item has to give what reading the whole document gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { splitFlowItems } from '../../../src/core/scenario/flowPieces';
import { parseScenarioFile } from '../../../src/core/scenario/parse';
import { splitItems } from '../../../src/core/scenario/pieces';

fc.configureGlobal({ seed: 2503 });

const text = fc.constantFrom(
  'I do: nothing',
  'I say "so"',
  "it's mine",
  'I - you',
  '# I',
  'I\nwe',
  '😀 I',
  'أنا I',
  '[I]',
  '- I',
);
/** A scalar in one of the ways that YAML has, for a key at a depth. */
const scalar = (depth: number) =>
  fc.tuple(text, fc.nat(4)).map(([value, style]) => {
    const indent = ' '.repeat(depth + 2);
    const line = value.replace(/\n/g, ' ');
    if (style === 0) return `"${line.replaceAll('"', '\\"')}"`;
    if (style === 1) return `'${line.replaceAll("'", "''")}'`;
    if (style === 2) return `|\n${indent}${value.replace(/\n/g, `\n${indent}`)}`;
    if (style === 3) return `>-\n${indent}${value.replace(/\n/g, `\n\n${indent}`)}`;
    return `"${line.replaceAll('"', '\\"')}\n${indent}and more"`;
  });
const filler = fc.constantFrom('', '', '', '\n', '# comment\n', '   # deeper\n', '  \n', '#- value: x\n');

function block(depth: number) {
  const indent = ' '.repeat(depth);
  return fc
    .record({
      agree: scalar(depth + 4),
      disagree: scalar(depth + 4),
      note: fc.option(scalar(depth + 2)),
      gaps: fc.tuple(filler, filler, filler),
      flow: fc.boolean(),
    })
    .map(({ agree, disagree, note, gaps, flow }) => (at: number) => {
      if (flow)
        return `${indent}- {value: V${at}, definition: d,\n${indent}  agree: {action: I}\n${indent}  }\n${gaps[0]}`;
      return [
        `${indent}- value: V${at} # name\n${gaps[0]}${indent}  definition: d\n`,
        ...(note === null ? [] : [`${indent}  note: ${note}\n`]),
        `${gaps[1]}${indent}  agree:\n${indent}    action: ${agree}\n`,
        `${indent}  disagree:\n${indent}    action: ${disagree}\n${gaps[2]}`,
      ].join('');
    });
}

const documentText = fc.nat(3).chain((depth) =>
  fc
    .record({
      items: fc.array(block(depth), { minLength: 1, maxLength: 5 }),
      before: filler,
      tail: fc.constantFrom('', 'name: n\n', 'system: |\n  - value: no\n  items:\n'),
      crlf: fc.boolean(),
    })
    .map(({ items, before, tail, crlf }) => {
      const lines = `country: Canada\ntopic: Religion\nitems: # here\n${before}${items.map((write, at) => write(at)).join('')}${tail}`;
      return crlf ? lines.replace(/\n/g, '\r\n') : lines;
    }),
);

interface Plain {
  items: { value: string; note?: string; agree?: { action: string }; disagree?: { action: string } }[];
}

describe('block style', () => {
  it('is read as YAML reads it, and each place is the place of what stands there', () => {
    fc.assert(
      fc.property(documentText, (source) => {
        const [whole] = parseAllDocuments(source);
        if (!whole || !('toJS' in whole)) throw new Error('no document');
        expect(whole.errors).toEqual([]);
        const { items } = whole.toJS() as Plain;
        const { scenarios, problems } = parseScenarioFile(source);
        expect(problems.filter(({ code }) => code === 'syntax')).toEqual([]);
        const found = scenarios[0]?.items ?? [];
        expect(found.map(({ value, agree, note }) => [value, agree?.action, note])).toEqual(
          items.map(({ value, agree, note }) => [value, agree?.action.trim(), note?.trim()]),
        );
        for (const { value, valueRange, range, agree } of found) {
          expect(source.slice(valueRange.start, valueRange.end)).toBe(value);
          const read = parseAllDocuments(`k: ${source.slice(agree!.actionRange.start, agree!.actionRange.end)}`)[0] as {
            toJS(): { k: string };
          };
          expect(read.toJS().k.replace(/\s+/g, ' ').trim()).toBe(agree!.action.replace(/\s+/g, ' '));
          expect(source.slice(range.start, range.end)).toMatch(/^(?:value: V|\{value: V)[\s\S]*[^\s]$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('whatever is typed into it, what YAML takes for valid has no syntax error here', () => {
    const scraps = fc.constantFrom(
      '"',
      "'",
      '[',
      ']',
      '}',
      ': ',
      '- ',
      '\n',
      '\n- ',
      '\t',
      ' ',
      '#',
      ',',
      '...\n',
      '\n  - x: y\n',
      'items:\n',
      '? ',
      '!!str ',
      '|',
      '}\n',
      '\n}',
      '\n  ]',
    );
    fc.assert(
      fc.property(
        documentText,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(20),
        scraps,
        (source, share, length, scrap) => {
          const at = Math.floor(share * source.length);
          const typed = source.slice(0, at) + scrap + source.slice(at + length);
          const [whole, ...more] = parseAllDocuments(typed, { uniqueKeys: false, logLevel: 'silent' });
          if (!whole || !('errors' in whole) || whole.errors.length > 0 || more.length > 0) return;
          const { problems, scenarios } = parseScenarioFile(typed);
          // Keys that stand twice are our own finding.
          expect(problems.filter(({ code, message }) => code === 'syntax' && !/stands twice/.test(message))).toEqual(
            [],
          );
          const plain = whole.toJS({ mapAsMap: false }) as Partial<Plain> | null;
          const names = Array.isArray(plain?.items)
            ? plain.items.map((one) => one?.value).filter((name) => /^V\d$/.test(name))
            : [];
          if (problems.every(({ severity }) => severity !== 'error') && scenarios[0]) {
            expect(scenarios[0].items.filter(({ value }) => /^V\d$/.test(value)).length).toBe(new Set(names).size);
          }
        },
      ),
      { numRuns: 600 },
    );
  });

  it('an item that stands wrong hides no other', () => {
    const good = (value: string) =>
      `  - value: ${value}\n    agree: {action: I do.}\n    disagree: {action: We avoid.}\n`;
    for (const wrong of ['- value: B\n  definition: d\n', '   - value: B\n', ' value: B\n', '\tvalue: B\n']) {
      const { scenarios, problems } = parseScenarioFile(
        `country: Canada\ntopic: Religion\nitems:\n${good('Wealth')}${wrong}${good('Honest')}`,
      );
      expect(scenarios[0]?.items.map(({ value }) => value)).toContain('Honest');
      expect(problems.some(({ code }) => code === 'syntax')).toBe(true);
    }
  });

  it('takes no text that looks like items for items', () => {
    expect(splitItems('--- |\nitems:\n  text\n')).toBeUndefined();
    expect(parseScenarioFile('--- |\nitems:\n  - value: Wealth\n').problems.map(({ code }) => code)).toEqual([
      'wrong-type',
    ]);
  });
});

describe('JSON', () => {
  const json = fc.array(
    fc.record({ value: fc.string({ unit: 'grapheme', minLength: 1 }), definition: fc.string(), note: fc.string() }),
    { minLength: 1, maxLength: 4 },
  );

  it('is cut into its items', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2, '\t'), (items, indent) => {
        const source = JSON.stringify({ country: 'India', items, topic: 'items' }, null, indent);
        const pieces = splitFlowItems(source);
        expect(pieces?.items.map(({ start, end }) => JSON.parse(source.slice(start, end)))).toEqual(items);
        expect(source.slice(pieces!.key.start, pieces!.key.end)).toBe('"items"');
      }),
    );
  });

  it.each([
    ['{country: x, items: [a]}', 'no quotes around its keys'],
    ['{"items": [{"value": "a}]}', 'an open quote'],
    ['{"items": [1,, 2]}', 'a comma too many'],
    ['{"a": {"items": [1]}}', 'items of something else'],
    ['{"items": {"a": 1}}', 'items that are no list'],
    ['[{"items": [1]}]', 'a list'],
    ['{"items": [{"a": 1}', 'no end'],
  ])('leaves %s to the parser: %s', (source) => {
    expect(splitFlowItems(source)).toBeUndefined();
  });
});
