/** What the placeholders of a prompt stand for. */

import { PLACEHOLDERS, type PlaceholderRule, toOneLine } from '../core/prompts/templates';
import type { Scenario } from '../core/scenario/model';
import type { SchemaPath } from '../core/scenario/schemaPaths';

const MEANINGS: Readonly<Record<string, string>> = {
  country: 'The country of the scenario.',
  topic: 'The topic of the scenario.',
  value: 'The name of the value that is asked about.',
  definition: 'What the value means.',
  portrait: 'A sentence about a person who holds the value.',
  option1: 'The action that stands first: each of the two does in half of the variants.',
  option2: 'The action that stands second.',
};

/** What may stand in double braces at a path of a document; undefined outside of the prompts. */
export function findPlaceholderRule([root, ...path]: SchemaPath): PlaceholderRule | undefined {
  if (root !== 'prompts') return undefined;
  const names = path.filter((step) => typeof step === 'string');
  for (let length = names.length; length > 0; length--) {
    const rule = PLACEHOLDERS.get(names.slice(0, length).join('.'));
    if (rule) return rule;
  }
  return undefined;
}

/** Its meaning, and what it becomes for the scenario's first item that has one. Plain text. */
export function describePlaceholder(name: string, scenario: Scenario | undefined): string {
  const meaning = Object.hasOwn(MEANINGS, name) ? (MEANINGS[name] ?? '') : 'This placeholder is not known.';
  const example = scenario && fillPlaceholder(name, scenario);
  return example ? `${meaning}\n\nHere: ${example}` : meaning;
}

function fillPlaceholder(name: string, scenario: Scenario): string | undefined {
  if (name === 'country' || name === 'topic') return toOneLine(scenario[name]);
  if (name === 'option1' || name === 'option2') {
    const item = scenario.items.find(({ agree, disagree }) => agree && disagree);
    // As in variant 0, where the disagree action is Option 1.
    const action = name === 'option1' ? item?.disagree : item?.agree;
    return action && toOneLine(action.action);
  }
  const [item] = scenario.items;
  if (!item || (name !== 'value' && name !== 'definition' && name !== 'portrait')) return undefined;
  return toOneLine(item[name]);
}
