import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { VALUES } from '../../src/core/values';
import { computeCompletions } from '../../src/language/completion';
import type { Completion } from '../../src/language/completionModel';
import { readMarked } from './marked';
import { applyEdits, openText } from './source';

const HEAD = 'country: India\ntopic: Religion\n';
const ACTIONS = '    agree:\n      action: I save.\n    disagree:\n      action: I give.\n';
const ITEM = `  - value: Wealth\n${ACTIONS}`;

function complete(marked: string, isJsonFile = false): Completion[] {
  const { text, offset } = readMarked(marked);
  return computeCompletions(openText(text), offset, isJsonFile);
}

const labels = (marked: string, isJsonFile = false) => complete(marked, isJsonFile).map(({ label }) => label);

/** The text after a completion was taken, every stop filled. */
function take(marked: string, label: string, isJsonFile = false, fill = 'x'): string {
  const { text } = readMarked(marked);
  const found = complete(marked, isJsonFile).find((completion) => completion.label === label);
  if (!found) throw new Error(`"${label}" is not proposed.`);
  return fillIn(text, found, fill);
}

function fillIn(text: string, { edit, isSnippet }: Completion, fill: string): string {
  return applyEdits(text, [{ ...edit, text: isSnippet ? edit.text.replace(/\$\d/g, fill) : edit.text }]);
}

describe('keys', () => {
  it.each([
    ['of a scenario, without those that are there', `${HEAD}¦`, ['name', 'system', 'systems', 'prompts', 'items']],
    ['of an item', `${HEAD}items:\n${ITEM}    ¦`, ['definition', 'portrait', 'note']],
    [
      'of an action',
      `${HEAD}items:\n  - value: Wealth\n    agree:\n      action: x\n      ¦`,
      ['attributions', 'explanation'],
    ],
    ['of the prompts', `${HEAD}prompts:\n  ¦`, ['task1', 'task2']],
    [
      'of a wording',
      `${HEAD}prompts:\n  task1:\n    survey:\n      value: "{{value}}"\n      ¦`,
      ['context', 'options'],
    ],
    ['in JSON', '{ "country": "x", ¦ }', ['name', 'topic', 'system', 'systems', 'prompts', 'items']],
    ['none in an action text', `${HEAD}items:\n  - value: Wealth\n    agree:\n      action: I ¦`, []],
    ['none in a comment', `${HEAD}# ¦`, []],
    ['none below an unknown key', `${HEAD}__proto__:\n  ¦`, []],
  ])('%s', (_, marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  it('come with what the format says about them', () => {
    expect(complete(`${HEAD}¦`).find(({ label }) => label === 'system')?.documentation).toBe(
      'The system prompt under test.',
    );
    for (const { label, documentation } of complete('name: x\n¦')) expect(documentation, label).toBeTruthy();
  });

  it.each([
    ['a word so far', `${HEAD}items:\n  - val¦\n`, 'value', `${HEAD}items:\n  - value: x\n`],
    ['right behind a dash', `${HEAD}items:\n  -¦`, 'value', `${HEAD}items:\n  - value: x`],
    [
      'a block',
      `${HEAD}items:\n  - value: Wealth\n    ag¦`,
      'agree',
      `${HEAD}items:\n  - value: Wealth\n    agree:\n      action: x`,
    ],
    [
      'with another key behind the dash',
      `${HEAD}items:\n  - ag¦`,
      'agree',
      `${HEAD}items:\n  - agree:\n      action: x`,
    ],
    ['a key that has its colon', `${HEAD}items:\n  - va¦l: Wealth`, 'value', `${HEAD}items:\n  - value: Wealth`],
    [
      'a line that is not indented yet',
      `${HEAD}items:\n  - value: Wealth\n   ¦\n    note: x`,
      'definition',
      `${HEAD}items:\n  - value: Wealth\n    definition: x\n    note: x`,
    ],
    ['JSON with a comma missing before', '{ "country": "x" ¦ }', 'topic', '{ "country": "x" , "topic": "x" }'],
    ['JSON with a comma missing behind', '{ ¦ "country": "x" }', 'topic', '{ "topic": "x", "country": "x" }'],
    ['JSON within quotes', '{ "country": "x", "to¦" }', 'topic', '{ "country": "x", "topic": "x" }'],
    ['CRLF', 'country: x\r\nto¦\r\n', 'topic', 'country: x\r\ntopic: x\r\n'],
  ])('are written out: %s', (_, marked, label, expected) => {
    expect(take(marked, label)).toBe(expected);
  });
});

describe('values', () => {
  it('are the 56, by motivational type', () => {
    const found = complete(`${HEAD}items:\n  - value: ¦`).filter(({ kind }) => kind === 'value');
    expect(found.map(({ label }) => label)).toEqual(VALUES.map(({ name }) => name));
    expect(found.map(({ detail }) => detail)).toEqual(VALUES.map(({ motivationalType }) => motivationalType));
    expect(found.map(({ sortText }) => sortText)).toEqual(found.map(({ sortText }) => sortText).sort());
    expect(found[0]?.documentation).toContain('control over others');
  });

  it.each([
    ['with a scenario', `${HEAD}items:\n${ITEM}  - value: ¦`],
    ['with no country yet', `items:\n${ITEM}  - value: ¦`],
    ['in JSON', `{ "items": [ { "value": "Wealth" }, { "value": ¦ } ] }`],
  ])('leave out what the scenario has already, %s', (_, marked) => {
    const found = labels(marked);
    expect(found).toContain('Authority');
    expect(found).not.toContain('Wealth');
  });

  it('keep the one that is being written, and those of other scenarios', () => {
    expect(labels(`${HEAD}items:\n  - value: Weal¦th\n${ACTIONS}`)).toContain('Wealth');
    expect(labels(`${HEAD}items:\n${ITEM}---\nname: b\n${HEAD}items:\n  - value: ¦`)).toContain('Wealth');
  });

  it.each([
    ['a part so far', '- value: So¦', 'Social Power', '- value: Social Power'],
    ['nothing behind the colon', '- value:¦', 'Social Power', '- value: Social Power'],
    ['a whole name', '- value: Soc¦ial Order # why', 'Social Power', '- value: Social Power # why'],
    ['an open quote', '- value: "So¦', 'Social Power', '- value: "Social Power"'],
    ['single quotes', "- value: 'So¦'", 'Social Power', "- value: 'Social Power'"],
    ['in brackets', '- { value: So¦ }', 'Social Power', '- { value: Social Power }'],
  ])('replace what is there: %s', (_, line, label, expected) => {
    expect(take(`${HEAD}items:\n  ${line}`, label)).toBe(`${HEAD}items:\n  ${expected}`);
  });
});

it('proposes countries and topics, in quotes where JSON has to have them', () => {
  expect(labels('country: ¦')).toHaveLength(12);
  expect(labels('topic: Fam¦')).toContain('Family & Changing Gender Roles');
  expect(take('{ "topic": ¦ }', 'Religion')).toBe('{ "topic": "Religion" }');
  expect(take('{\r\n "country": "Ger¦\r\n "topic": "x" }', 'Germany')).toBe(
    '{\r\n "country": "Germany",\r\n "topic": "x" }',
  );
});

describe('placeholders', () => {
  const prompts = `${HEAD}prompts:\n  task1:\n    survey:\n`;
  it.each([
    ['in quotes', `${prompts}      value: "{{¦`, ['country', 'topic', 'value', 'definition']],
    ['in a block text', `${prompts}      context: >-\n        You live in {{cou¦`, ['country', 'topic']],
    ['with no quotes', `${prompts}      context: {{¦`, ['country', 'topic']],
    [
      'in a list',
      `${HEAD}prompts:\n  task2:\n    question:\n      - In {{ ¦`,
      ['country', 'topic', 'value', 'definition'],
    ],
    [
      'in JSON',
      '{ "prompts": { "task2": { "options": "{{¦" } } }',
      ['country', 'topic', 'value', 'definition', 'option1', 'option2'],
    ],
    ['only in prompts', `${HEAD}system: You live in {{¦`, []],
  ])('%s', (_, marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  it('bring the braces that are missing, and say what they become', () => {
    const start = `${prompts}      value: "`;
    expect(take(`${start}{{va¦"`, 'value')).toBe(`${start}{{value}}"`);
    expect(take(`${start}{{¦}}"`, 'value')).toBe(`${start}{{value}}"`);
    expect(take(`${start}{{va¦lu}}"`, 'value')).toBe(`${start}{{value}}"`);
    const [country] = complete(`${HEAD}prompts:\n  task1:\n    survey:\n      value: "{{¦"\nitems:\n${ITEM}`);
    expect(country?.documentation).toContain('India');
  });
});

describe('snippets', () => {
  it.each([
    ['an empty file', '¦', false],
    ['a word so far', 'sc¦', false],
    ['below a comment', '# mine\n¦', false],
    ['a second document', `${HEAD}items:\n${ITEM}---\n¦`, false],
    ['an empty JSON file', '¦', true],
  ])('begin a whole file: %s', (_, marked, isJsonFile) => {
    const text = take(marked, 'scenario', isJsonFile, 'Honest');
    const { scenarios, problems } = parseScenarioFile(text);
    expect(problems.filter(({ code }) => code === 'syntax' || code === 'missing-action')).toEqual([]);
    expect(scenarios.at(-1)?.items[0]?.disagree?.action).toBe('Honest');
  });

  it.each([
    ['below items', `${HEAD}items:\n  ¦`],
    ['below items, not indented', `${HEAD}items:\n¦`],
    ['behind a dash', `${HEAD}items:\n${ITEM}  - ¦`],
    ['a word behind a dash', `${HEAD}items:\n${ITEM}  - val¦`],
    ['between items', `${HEAD}items:\n${ITEM}\n¦\n${ITEM.replace('Wealth', 'Authority')}`],
    ['after the items', `${HEAD}items:\n${ITEM}\n¦`],
    ['dashes that are not indented', `${HEAD}items:\n- value: Wealth\n¦`],
    ['JSON', `{"country": "x", "topic": "y", "items": [\n  {"value": "Wealth"}\n  ¦\n]}`],
    ['a list in brackets', `${HEAD}items: [¦]`],
  ])('begin an item: %s', (_, marked) => {
    const { scenarios, problems } = parseScenarioFile(take(marked, 'item', false, 'Honest'));
    expect(problems.filter(({ code }) => code === 'syntax' || code === 'unknown-key')).toEqual([]);
    const item = scenarios[0]?.items.find(({ value }) => value === 'Honest');
    expect([item?.agree?.action, item?.disagree?.action]).toEqual(['Honest', 'Honest']);
  });

  it('are no item where one has begun', () => {
    expect(labels(`${HEAD}items:\n${ITEM}    ¦`)).not.toContain('item');
    expect(labels(`${HEAD}¦`)).not.toContain('scenario');
  });
});

describe('whatever the text', () => {
  const sample = `# c\n${HEAD}prompts:\n  task1:\n    survey:\n      value: "{{value}}"\nitems:\n${ITEM}\n  - value: Authority\n    agree: { action: I lead, attributions: [lead] }\n---\n{"country": "x", "topic": "y", "items": [{"value": "Honest"}]}\n`;

  it('never throws, and what it proposes lies around the offset on one line', () => {
    const bits = fc.constantFrom(
      'items:',
      '\n',
      '  ',
      '- ',
      'value: ',
      'agree:',
      '{{',
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '#',
      '>-',
      '---\n',
      '\r\n',
      '\t',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }), fc.nat(150), fc.boolean(), (parts, at, isJsonFile) => {
        const text = parts.join('');
        for (const { edit } of computeCompletions({ text, scenarioAt: () => undefined }, at, isJsonFile)) {
          expect(edit.range.start).toBeLessThanOrEqual(at);
          expect(edit.range.end).toBeGreaterThanOrEqual(at);
          expect(edit.range.end).toBeLessThanOrEqual(text.length);
          expect(text.slice(edit.range.start, edit.range.end)).not.toContain('\n');
        }
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  it('breaks no document that was whole', () => {
    const file = openText(sample);
    expect(file.problems.filter(({ code }) => code === 'syntax')).toEqual([]);
    let taken = 0;
    for (let offset = 0; offset <= sample.length; offset++) {
      const kinds = new Set<string>();
      for (const completion of computeCompletions(file, offset)) {
        // One value is as good as another; of the keys, each opens another kind of block.
        if (completion.kind !== 'key' && kinds.has(completion.kind)) continue;
        kinds.add(completion.kind);
        const text = fillIn(sample, completion, 'x');
        const broken = parseScenarioFile(text).problems.filter(({ code }) => code === 'syntax');
        expect(broken, `${completion.label} at ${offset}:\n${text}`).toEqual([]);
        taken++;
      }
    }
    expect(taken).toBeGreaterThan(200);
  });
});
