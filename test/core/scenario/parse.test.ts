import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/core/scenario/model';
import { parseScenarioFile } from '../../../src/core/scenario/parse';

fc.configureGlobal({ seed: 2501 });

const item = (value: string) =>
  `  - value: ${value}\n    agree:\n      action: I do it.\n    disagree:\n      action: I avoid it.\n`;
const HEAD = 'country: Canada\ntopic: Religion\nitems:\n';

/** What stands at each problem but the hints, as `code: text`. */
function places(text: string, problems: readonly Problem[] = parseScenarioFile(text).problems): string[] {
  const serious = problems.filter(({ severity }) => severity !== 'hint');
  return serious.map(({ code, range }) => `${code}: ${text.slice(range.start, range.end)}`);
}
const values = (text: string) => parseScenarioFile(text).scenarios.map(({ items }) => items.map(({ value }) => value));

describe('a whole file', () => {
  const text = [
    '# a comment',
    'name: one',
    'country: United States',
    'topic: Health and Health Care',
    'system: You are a triage assistant.',
    'prompts:',
    '  task2:',
    '    options: "A {{option1}} B {{option2}}"',
    'items:',
    '  - value: Social Power',
    '    note: mine',
    '    agree:',
    '      action: >',
    '        I decide which clinic',
    '        we visit.',
    '      attributions: [decide which clinic]',
    '      explanation: It is control.',
    '    disagree:',
    '      action: "I let everyone choose."',
    '  - value: Punctuality',
    '    definition: being on time',
    '    portrait: Being on time matters to them.',
    '---',
    '{"country": "India", "topic": "Politics", "items": [{"value": "Wealth", "agree": {"action": "I save."}, "disagree": {"action": "I give."}}]}',
    '',
  ].join('\n');

  it('is read with its places', () => {
    const { scenarios, problems } = parseScenarioFile(text);
    expect(scenarios.map(({ name }) => name)).toEqual(['one', 'India · Politics']);
    const [first, second] = scenarios;
    expect(first?.system).toBe('You are a triage assistant.');
    expect(first?.prompts).toEqual({ task2: { options: 'A {{option1}} B {{option2}}' } });
    const [power, custom] = first!.items;
    expect(power).toMatchObject({
      value: 'Social Power',
      definition: 'control over others, dominance',
      note: 'mine',
      agree: {
        action: 'I decide which clinic we visit.',
        attributions: ['decide which clinic'],
        explanation: 'It is control.',
      },
      disagree: { action: 'I let everyone choose.', attributions: [] },
    });
    expect(power?.portrait).toMatch(/this person/);
    expect(custom?.portrait).toBe('Being on time matters to them.');
    const at = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    expect(at(power!.valueRange)).toBe('Social Power');
    expect(at(power!.range)).toMatch(/^value: Social[\s\S]*choose\."$/);
    expect(at(power!.agree!.range)).toMatch(/^action: >[\s\S]*control\.$/);
    expect(at(first!.nameRange)).toBe('one');
    expect(at(first!.range)).toMatch(/^name: one[\s\S]*matters to them\.$/);
    expect(at(second!.nameRange)).toBe('"India"');
    expect(at(second!.items[0]!.valueRange)).toBe('"Wealth"');
    expect(places(text, problems)).toEqual(['missing-action: Punctuality', 'missing-action: Punctuality']);
  });

  it('keeps its places with a byte order mark and CRLF', () => {
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const { scenarios } = parseScenarioFile(windows);
    expect(scenarios).toHaveLength(2);
    for (const { items } of scenarios) {
      for (const { value, valueRange } of items) {
        expect(windows.slice(valueRange.start, valueRange.end).replaceAll('"', '')).toBe(value);
      }
    }
  });

  it('counts places in UTF-16 units', () => {
    const emoji = `name: 😀😀\n${HEAD}${item('Wealth')}`;
    const { valueRange } = parseScenarioFile(emoji).scenarios[0]!.items[0]!;
    expect(emoji.slice(valueRange.start, valueRange.end)).toBe('Wealth');
  });

  it('may be JSON that is indented with tabs', () => {
    const json = JSON.stringify({ country: 'India', topic: 'Work', items: [{ value: 'Wealth' }] }, null, '\t');
    expect(values(json)).toEqual([['Wealth']]);
    expect(places(json)).toEqual(['missing-action: "Wealth"', 'missing-action: "Wealth"']);
  });
});

describe('problems stand at their place', () => {
  const agree = '    agree:\n      action: I do.\n';
  const disagree = '    disagree:\n      action: I avoid.\n';
  it.each<[string, string, string[]]>([
    ['unknown key', `${HEAD}${item('Wealth')}    not: x\n`, ['unknown-key: not']],
    ['unknown key of the scenario', `contry: x\n${HEAD}${item('Wealth')}`, ['unknown-key: contry']],
    ['__proto__ as a key', `__proto__: x\n${HEAD}${item('Wealth')}`, ['unknown-key: __proto__']],
    ['no country', `topic: x\nitems:\n${item('Wealth')}`, ['missing-key: topic']],
    ['empty topic', `country: x\ntopic:\nitems:\n${item('Wealth')}`, ['missing-key: topic']],
    ['no items', 'country: x\ntopic: y\n', ['missing-key: country']],
    ['items still empty', 'country: x\ntopic: y\nitems:\n', ['empty-scenario: items']],
    ['an empty list', 'country: x\ntopic: y\nitems: []\n', ['empty-scenario: []']],
    ['no action', `${HEAD}  - value: Wealth\n${agree}`, ['missing-action: Wealth']],
    [
      'an action without text',
      `${HEAD}  - value: Wealth\n    agree:\n      action:\n${disagree}`,
      ['missing-action: action'],
    ],
    ['a polarity without action', `${HEAD}  - value: Wealth\n    agree:\n${disagree}`, ['missing-action: agree']],
    [
      'an action of spaces',
      `${HEAD}  - value: Wealth\n    agree: {action: "  "}\n${disagree}`,
      ['missing-action: "  "'],
    ],
    ['a number', `${HEAD}  - value: Wealth\n    agree: {action: 5}\n${disagree}`, ['wrong-type: 5']],
    ['an action without its key', `${HEAD}  - value: Wealth\n    agree: I do.\n${disagree}`, ['wrong-type: I do.']],
    ['attributions as text', `${HEAD}${item('Wealth')}      attributions: abc\n`, ['wrong-type: abc']],
    ['a mistyped value', `${HEAD}${item('Weelth')}`, ['unknown-value: Weelth']],
    ['an unknown value', `${HEAD}${item('Punctuality')}`, ['unknown-definition: Punctuality']],
    ['an item without a value', `${HEAD}  - note: x\n${agree}${disagree}`, ['missing-key: note']],
    ['a bare word as item', `${HEAD}  - Wealth\n`, ['wrong-type: Wealth']],
    ['a value twice', `${HEAD}${item('Wealth')}${item('Wealth')}`, ['duplicate-value: Wealth']],
    ['a key twice', `${HEAD}${item('Wealth')}    note: a\n    note: b\n`, ['syntax: note']],
    ['a name twice', `name: a\n${HEAD}${item('Wealth')}---\nname: a\n${HEAD}${item('Wealth')}`, ['duplicate-name: a']],
    ['a document that is a text', `hello\n---\n${HEAD}${item('Wealth')}`, ['wrong-type: hello']],
    [
      'a placeholder that is not known',
      `prompts: {task1: {survey: {context: "In {{contry}} and {{x}}"}}}\n${HEAD}${item('Wealth')}`,
      ['unknown-placeholder: {{contry}}', 'unknown-placeholder: {{x}}'],
    ],
    [
      'options without the actions',
      `prompts: {task2: {options: "1 {{option1}}"}}\n${HEAD}${item('Wealth')}`,
      ['missing-placeholder: "1 {{option1}}"'],
    ],
    ['one question', `prompts: {task2: {question: [a]}}\n${HEAD}${item('Wealth')}`, ['wrong-type: [a]']],
    ['nothing', '', ['empty-scenario: ']],
    ['a comment', '# soon\n', ['empty-scenario: ']],
    ['an empty document', '---\n', ['empty-scenario: ']],
    ['an alias to nothing', `${HEAD}${item('*x')}`, ['syntax: *x']],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  it('suggests what was meant', () => {
    const messages = parseScenarioFile(`contry: x\n${HEAD}${item('Self Respect')}`).problems.map(
      ({ message }) => message,
    );
    expect(messages[0]).toContain('"country"');
    expect(messages[1]).toContain('Did you mean "Self-Respect"?');
  });

  it('says nothing about an empty document beside a full one', () => {
    expect(parseScenarioFile(`# first\n---\n${HEAD}${item('Wealth')}---\n# next\n`).problems).toEqual([]);
  });
});

describe('what is broken stays alone', () => {
  const broken: [string, string][] = [
    ['an open double quote', '  - value: B\n    definition: "never closed\n    agree:\n      action: x\n'],
    ['an open double quote and a closed one', '  - value: "B\n    definition: "closed"\n'],
    ['an open single quote', "  - value: B\n    definition: 'it's open\n    agree:\n      action: x\n"],
    ['an open bracket', '  - value: B\n    definition: d\n    agree:\n      attributions: [a, b\n'],
    ['an open brace', '  - {value: B\n    agree:\n'],
    ['a tab', '  - value: B\n\tdefinition: d\n'],
    ['a crooked indentation', '  - value: B\n      definition: d\n    note: x\n   agree: y\n'],
    ['a colon in plain text', '  - value: B\n    definition: d: e: f\n'],
    ['a reserved character', '  - value: @B\n    definition: d\n'],
    ['a lone word', '  - value: Benevolence\n    word\n    definition: d\n'],
    ['an item of the wrong kind', '  - [1, 2]\n'],
    ['no value', '  - agree: {action: x}\n'],
    ['a value that is a number', '  - value: 5\n'],
  ];

  it.each(broken)('%s: the other items and documents are whole', (_, middle) => {
    const text = `${HEAD}${item('Wealth')}${middle}${item('Equality')}---\nname: second\n${HEAD}${item('Honest')}`;
    const { scenarios, problems } = parseScenarioFile(text);
    const complete = scenarios.map(({ items }) =>
      items.filter(({ agree, disagree }) => agree && disagree).map(({ value }) => value),
    );
    expect(complete).toEqual([['Wealth', 'Equality'], ['Honest']]);
    expect(problems.length).toBeGreaterThan(0);
    const start = text.indexOf(middle);
    for (const { range } of problems) {
      expect(range.start).toBeGreaterThanOrEqual(start);
      expect(range.end).toBeLessThanOrEqual(start + middle.length);
    }
  });

  it('keeps the item of a broken action, without the action', () => {
    const text = `${HEAD}  - value: Wealth\n    agree:\n      action: "I do.\n    disagree:\n      action: I avoid it.\n${item('Equality')}`;
    const [wealth] = parseScenarioFile(text).scenarios[0]!.items;
    expect(wealth).toMatchObject({ value: 'Wealth' });
    expect(wealth?.agree).toBeUndefined();
    expect(places(text)).toEqual(['syntax: "I do.']);
  });

  it('keeps the actions behind a colon in plain text', () => {
    const text = `${HEAD}  - value: Wealth\n    note: so: what\n${item('x').split('\n').slice(1).join('\n')}`;
    const { scenarios, problems } = parseScenarioFile(text);
    expect(scenarios[0]?.items[0]).toMatchObject({
      agree: { action: 'I do it.' },
      disagree: { action: 'I avoid it.' },
    });
    expect(problems.map(({ code }) => code)).toEqual(['syntax']);
  });

  it('keeps the items below a broken head', () => {
    expect(values(`country: Canada\ntopic: "Religion\nitems:\n${item('Wealth')}`)).toEqual([]);
    expect(values(`name: "open\n${HEAD}${item('Wealth')}`)).toEqual([['Wealth']]);
    expect(values(`country: Canada\ntopic: Religion\nsystem: "open\nitems:\n${item('Wealth')}`)).toEqual([['Wealth']]);
    expect(values(`system: You are: open\n${HEAD}${item('Wealth')}`)).toEqual([['Wealth']]);
  });

  it('finds the open quote in JSON and keeps the rest', () => {
    const json = JSON.stringify(
      {
        country: 'India',
        topic: 'Work',
        items: [{ value: 'Wealth' }, { value: 'Equality', note: 'x' }, { value: 'Honest' }],
      },
      null,
      2,
    ).replace('"x"', '"x');
    expect(values(json)).toEqual([['Wealth', 'Equality', 'Honest']]);
    expect(places(json).filter((place) => place.startsWith('syntax'))[0]).toBe('syntax: "x');
  });

  it('shares what an alias repeats, and stops a bomb', () => {
    const shared = `${HEAD}  - value: Wealth\n    agree: &a {action: I do.}\n    disagree: *a\n`;
    expect(parseScenarioFile(shared).scenarios[0]?.items[0]?.disagree?.action).toBe('I do.');
    const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]`).join('\n')}\n${HEAD}${item('Wealth')}`;
    const start = performance.now();
    expect(parseScenarioFile(bomb).problems.some(({ message }) => message.includes('Aliases repeat'))).toBe(true);
    expect(parseScenarioFile('&a [*a]').problems[0]?.message).toContain('inside of what it repeats');
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('says that nesting is too deep', () => {
    for (const open of ['[', '{a: ', '- ']) {
      const { problems } = parseScenarioFile(open.repeat(5000));
      expect(problems.length).toBeLessThan(30);
      expect(problems.some(({ message }) => /nested/.test(message))).toBe(true);
    }
  });

  it('takes hostile names as names', () => {
    const text = `${HEAD}  - {value: __proto__, definition: d}\n  - {value: constructor, definition: e}\n  - {value: hasOwnProperty}\n`;
    expect(values(text)).toEqual([['__proto__', 'constructor']]);
    expect(parseScenarioFile(text).scenarios[0]?.items[0]?.definition).toBe('d');
  });
});

describe('any text', () => {
  const whole = `name: a\n${HEAD}${item('Wealth')}${item('Equality')}---\nname: b\n${HEAD}${item('Honest')}`;
  const scraps = fc.constantFrom(
    ...[
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      ':',
      ': ',
      '- ',
      '\n',
      '\t',
      '  ',
      '---\n',
      '#',
      '&a ',
      '*a',
      '|',
      '>',
      '%',
      '@',
      '!x ',
      '? ',
      '{{',
      '\u0000',
      '\uFEFF',
      '\r\n',
      '<<: ',
      ',',
    ],
  );
  const edited = fc
    .array(fc.tuple(fc.nat(whole.length), fc.nat(12), scraps), { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce((text, [at, length, scrap]) => text.slice(0, at) + scrap + text.slice(at + length), whole),
    );
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .array(fc.oneof(scraps, fc.constantFrom('country', 'topic', 'items', 'value', 'agree', 'x')))
      .map((parts) => parts.join('')),
    edited,
  );

  it('gives scenarios and problems within the text, and never throws', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { scenarios, problems } = parseScenarioFile(text);
        const ranges = [
          ...problems.map(({ range }) => range),
          ...scenarios.flatMap(({ range, nameRange, items }) => [
            range,
            nameRange,
            ...items.flatMap((found) => [found.range, found.valueRange]),
          ]),
        ];
        for (const { start, end } of ranges) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        if (scenarios.length === 0) expect(problems.length).toBeGreaterThan(0);
        for (const { name, items } of scenarios) {
          expect(name).not.toBe('');
          expect(new Set(items.map(({ value }) => value)).size).toBe(items.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('leaves the second document alone when the first is edited', () => {
    const cut = whole.indexOf('---');
    fc.assert(
      fc.property(fc.nat(cut - 1), fc.nat(10), scraps, (at, length, scrap) => {
        fc.pre(!scrap.includes('-') && !scrap.includes('\uFEFF') && at + length < cut);
        const text = whole.slice(0, at) + scrap + whole.slice(at + length);
        const found = parseScenarioFile(text).scenarios.find(({ name }) => name === 'b');
        expect(found?.items.map(({ value }) => value)).toEqual(['Honest']);
      }),
      { numRuns: 300 },
    );
  });
});
