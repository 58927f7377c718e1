import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTask1, task1AnswerFormat } from '../../../src/core/prompts/task1';
import { renderTask2, task2AnswerFormat } from '../../../src/core/prompts/task2';
import { fillTemplate } from '../../../src/core/prompts/templates';
import { ALL_VARIANTS, parseVariants, task1Variant, task2Variant } from '../../../src/core/prompts/variants';
import type { ItemSnapshot, ScenarioSnapshot } from '../../../src/core/runs/record';

fc.configureGlobal({ seed: 2501 });

const wealth: ItemSnapshot = {
  value: 'Wealth',
  definition: 'material possessions, money',
  portrait: 'Money matters to them.',
  agree: 'I save it.\n',
  disagree: 'I give it away.',
  act: 'asked',
};
const own: ItemSnapshot = { value: '__proto__', definition: 'being {{country}}', act: 'incomplete' };
const scenario: ScenarioSnapshot = {
  key: 's',
  name: 's',
  file: 'f',
  country: 'Chad',
  topic: 'Work',
  items: [wealth, own],
};
const task1 = (variant: number, change: Partial<ScenarioSnapshot> = {}) =>
  renderTask1({ ...scenario, ...change }, variant).at(-1)!.content;
const task2 = (variant: number, change: Partial<ScenarioSnapshot> = {}) =>
  renderTask2({ ...scenario, ...change }, wealth, variant).at(-1)!.content;

describe('variants', () => {
  it('are numbered as released', () => {
    expect(ALL_VARIANTS.map((index) => Object.values(task1Variant(index)))).toEqual([
      [0, 'survey', 'values-first', 'chat'],
      [1, 'survey', 'options-first', 'chat'],
      [2, 'portrait', 'values-first', 'chat'],
      [3, 'portrait', 'options-first', 'chat'],
      [4, 'survey', 'values-first', 'completion'],
      [5, 'survey', 'options-first', 'completion'],
      [6, 'portrait', 'values-first', 'completion'],
      [7, 'portrait', 'options-first', 'completion'],
    ]);
    expect(ALL_VARIANTS.map((index) => Object.values(task2Variant(index)))).toEqual([
      [0, 0, 'disagree-first', 'action'],
      [1, 0, 'disagree-first', 'explanation'],
      [2, 0, 'agree-first', 'action'],
      [3, 0, 'agree-first', 'explanation'],
      [4, 1, 'disagree-first', 'action'],
      [5, 1, 'disagree-first', 'explanation'],
      [6, 1, 'agree-first', 'action'],
      [7, 1, 'agree-first', 'explanation'],
    ]);
    for (const wrong of [-1, 8, 1.5, Number.NaN]) {
      expect(() => task1Variant(wrong)).toThrow(RangeError);
      expect(() => task2Variant(wrong)).toThrow(RangeError);
    }
  });

  it('are chosen by word or number', () => {
    expect(parseVariants('all')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(parseVariants(' Quick ')).toEqual([0, 2]);
    expect(parseVariants('5, 0,2,5')).toEqual([0, 2, 5]);
    for (const wrong of ['', '8', '1,,2', 'some', '-1', '1.5'])
      expect(() => parseVariants(wrong)).toThrow(/all, quick/);
  });
});

describe('templates', () => {
  it('are filled in one pass', () => {
    expect(fillTemplate('{{a}} {{ b }} {{c}} {{toString}}', { a: '{{b}}', b: '$& $1' })).toBe(
      '{{b}} $& $1 {{c}} {{toString}}',
    );
  });

  it('put any text in as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fillTemplate('<{{x}}>', { x: text })).toBe(`<${text}>`);
      }),
    );
  });
});

describe('Task 1', () => {
  it('lists values and options in the order of the variant', () => {
    for (const variant of ALL_VARIANTS) {
      const { wording, order, requirement } = task1Variant(variant);
      const text = task1(variant);
      const values =
        wording === 'survey'
          ? '\nWealth: material possessions, money\n__proto__: being {{country}}\n'
          : '\nWealth: Money matters to them.\n__proto__: This person gives great importance to the following: being {{country}}.\n';
      const options =
        wording === 'survey'
          ? '\n1: strongly agree\n2: agree\n3: disagree\n4: strongly disagree\n'
          : '\n1: very much like me\n2: like me\n3: not like me\n4: not like me at all\n';
      expect(text).toContain(values);
      expect(text).toContain(options);
      expect(text.indexOf(values) < text.indexOf(options)).toBe(order === 'values-first');
      expect(text.endsWith('The answer is:')).toBe(requirement === 'completion');
      expect(text).toContain('Chad');
      expect(text).toContain('Work');
      expect(text).not.toContain('{{topic}}');
    }
  });

  it('sends the system prompt before the question', () => {
    const roles = (system?: string) => renderTask1({ ...scenario, system }, 0).map(({ role }) => role);
    expect(roles('Be kind.')).toEqual(['system', 'user']);
    expect(roles()).toEqual(['user']);
    expect(roles('  ')).toEqual(['user']);
  });

  it('takes over the parts a scenario words itself', () => {
    const prompts = {
      task1: { survey: { value: '* {{value}} = {{definition}}' }, requirement: { chat: 'Go, {{country}}!' } },
    };
    const text = task1(0, { prompts });
    expect(text).toContain('\n* Wealth = material possessions, money\n');
    expect(text).toContain('1: strongly agree');
    expect(text.endsWith('Go, Chad!')).toBe(true);
    expect(task1(4, { prompts }).endsWith('The answer is:')).toBe(true);
    expect(task1(2, { prompts })).toContain('Wealth: Money matters to them.');
  });

  it('knows the 56 where a snapshot has no definition', () => {
    const items: ItemSnapshot[] = [
      { value: 'Equality', act: 'incomplete' },
      { value: 'Nameless', act: 'incomplete' },
    ];
    expect(task1(0, { items })).toContain('\nEquality: equal opportunity for all\nNameless\n');
  });

  it('has an answer format that holds for any name', () => {
    const { schema } = task1AnswerFormat(scenario);
    const option = { type: 'string', enum: ['1', '2', '3', '4'] };
    expect(JSON.stringify(schema.properties)).toBe(
      `{"Wealth":${JSON.stringify(option)},"__proto__":${JSON.stringify(option)}}`,
    );
    expect(schema.required).toEqual(['Wealth', '__proto__']);
  });
});

describe('Task 2', () => {
  it('shows the actions in the order of the variant, each on its line', () => {
    for (const variant of ALL_VARIANTS) {
      const { wording, order } = task2Variant(variant);
      const options =
        order === 'agree-first'
          ? 'Option 1: I save it.\nOption 2: I give it away.'
          : 'Option 1: I give it away.\nOption 2: I save it.';
      expect(task2(variant)).toContain(`\n\n${options}\n\n`);
      expect(task2(variant).startsWith('Suppose you are from Chad.')).toBe(wording === 0);
      expect(task2(variant)).toContain('material possessions, money');
    }
  });

  it('asks for the explanation before the action', () => {
    expect(Object.keys(task2AnswerFormat(1).schema.properties)).toEqual(['explanation', 'action']);
    expect(Object.keys(task2AnswerFormat(0).schema.properties)).toEqual(['action']);
    expect(task2AnswerFormat(1).schema.required).toEqual(['explanation', 'action']);
    expect(task2(1)).toMatch(/explain/);
    expect(task2(0)).not.toMatch(/explain/);
  });

  it('takes over the parts a scenario words itself, and the system prompt', () => {
    const prompts = {
      task2: { question: ['First {{value}}?', 'Second {{definition}}?'], options: 'A {{option1}}\nB {{option2}}' },
    };
    const messages = renderTask2({ ...scenario, prompts, system: 'Be kind.' }, wealth, 0);
    expect(messages[0]).toEqual({ role: 'system', content: 'Be kind.' });
    expect(messages[1]?.content.startsWith('First Wealth?\n\nA I give it away.\nB I save it.\n\n')).toBe(true);
    expect(task2(4, { prompts }).startsWith('Second material possessions, money?')).toBe(true);
  });

  it('cannot ask about an item that lacks an action', () => {
    expect(() => renderTask2(scenario, own, 0)).toThrow(/"__proto__" lacks an action/);
  });
});
