/** Task 2, act: one prompt about the two actions of an item. */
import type { ItemSnapshot, ScenarioSnapshot } from '../runs/record';
import type { AnswerFormat, ChatMessage, JsonObjectSchema } from './messages';
import { describeItem, withSystem } from './task1';
import { fillTemplate, joinParts, TASK2, toOneLine } from './templates';
import { task2Variant } from './variants';

/** Room for one or two sentences, in characters; keeps a model held to the format from rambling. */
const EXPLANATION_LENGTH = 240;

/**
 * @throws {RangeError} unless `variant` is 0 to 7 and the item has both actions.
 */
export function renderTask2(scenario: ScenarioSnapshot, item: ItemSnapshot, variant: number): ChatMessage[] {
  const { wording, order, requirement } = task2Variant(variant);
  if (item.agree === undefined || item.disagree === undefined) {
    throw new RangeError(`"${item.value}" lacks an action, so there is nothing to choose from in Task 2.`);
  }
  const [option1, option2] = order === 'disagree-first' ? [item.disagree, item.agree] : [item.agree, item.disagree];
  const overrides = scenario.prompts?.task2;
  const { value, definition } = describeItem(item);
  const asked = { country: toOneLine(scenario.country), topic: toOneLine(scenario.topic), value, definition };
  const options = { ...asked, option1: toOneLine(option1), option2: toOneLine(option2) };

  const question = fillTemplate(overrides?.question?.[wording] ?? TASK2.question[wording], asked);
  const content = joinParts([
    // A value without a definition would leave an empty pair of brackets.
    definition === '' ? question.replace(/ \(\)/g, '') : question,
    fillTemplate(overrides?.options ?? TASK2.options, options),
    fillTemplate(overrides?.requirement?.[requirement] ?? TASK2.requirement[requirement], asked),
  ]);
  return withSystem(scenario.system, content);
}

/** The explanation stands before the action: a model that writes it first is asked to think first. */
export function task2AnswerFormat(variant: number): AnswerFormat {
  const action = { type: 'string', enum: ['Option 1', 'Option 2'] } as const;
  const explanation = { type: 'string', maxLength: EXPLANATION_LENGTH } as const;
  const properties: JsonObjectSchema['properties'] =
    task2Variant(variant).requirement === 'explanation' ? { explanation, action } : { action };
  return {
    name: 'acted',
    schema: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
  };
}
