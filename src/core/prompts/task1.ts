/** Task 1, state: one prompt about all values of a scenario. */
import type { ItemSnapshot, ScenarioSnapshot } from '../runs/record';
import { findValue, portraitFromDefinition } from '../values';
import type { AnswerFormat, ChatMessage } from './messages';
import { fillTemplate, joinParts, TASK1, toOneLine } from './templates';
import { task1Variant } from './variants';

/** @throws {RangeError} unless `variant` is 0 to 7. */
export function renderTask1(scenario: ScenarioSnapshot, variant: number): ChatMessage[] {
  const { wording, order, requirement } = task1Variant(variant);
  const overrides = scenario.prompts?.task1;
  const parts = { ...TASK1[wording], ...dropAbsent(overrides?.[wording]) };
  const scene = { country: toOneLine(scenario.country), topic: toOneLine(scenario.topic) };

  const context = fillTemplate(parts.context, scene);
  const values = scenario.items
    .map((item) => fillTemplate(parts.value, { ...scene, ...describeItem(item) }).replace(/:\s*$/, ''))
    .join('\n');
  const options = fillTemplate(parts.options, scene);
  const ending = fillTemplate(overrides?.requirement?.[requirement] ?? TASK1.requirement[requirement], scene);

  const middle =
    order === 'values-first'
      ? [`Values:\n${values}`, `Options:\n${options.trim()}`]
      : [`Options:\n${options.trim()}`, `Values:\n${values}`];
  const content = joinParts([context, ...middle, ending]);
  return withSystem(scenario.system, content);
}

/** Value name → "1" … "4"; holds for any name, also `__proto__`. */
export function task1AnswerFormat(scenario: Pick<ScenarioSnapshot, 'items'>): AnswerFormat {
  const names = scenario.items.map((item) => item.value);
  const option = { type: 'string', enum: ['1', '2', '3', '4'] } as const;
  return {
    name: 'stated',
    schema: {
      type: 'object',
      // fromEntries defines own properties; an assignment to `__proto__` would not.
      properties: Object.fromEntries(names.map((name) => [name, option])),
      required: names,
      additionalProperties: false,
    },
  };
}

/** The system prompt under test, where there is one, and the question. */
export function withSystem(system: string | undefined, content: string): ChatMessage[] {
  const question: ChatMessage = { role: 'user', content };
  return system === undefined || system.trim() === '' ? [question] : [{ role: 'system', content: system }, question];
}

/** What an item fills into a line; snapshots of imported answers may lack definition and portrait. */
export function describeItem(item: ItemSnapshot): { value: string; definition: string; portrait: string } {
  const known = findValue(item.value);
  const definition = item.definition ?? known?.definition ?? '';
  const portrait = item.portrait ?? known?.portrait ?? (definition ? portraitFromDefinition(definition) : '');
  return { value: toOneLine(item.value), definition: toOneLine(definition), portrait: toOneLine(portrait) };
}

function dropAbsent<T extends object>(parts: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present = Object.entries(parts ?? {}).filter(([, part]) => part !== undefined);
  return Object.fromEntries(present) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
