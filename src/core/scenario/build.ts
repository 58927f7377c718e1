/** From a checked tree to a scenario; what was dropped from the tree is not there. */
import { findValue, portraitFromDefinition, VALUES } from '../values';
import { closest } from './closest';
import type { Item, Problem, SystemPrompt, TextRange, ValueAction } from './model';
import { type PromptOverrides, promptOverridesSchema } from './schema';
import { type SourceNode, shorten, toContent } from './tree';

/** What a scenario says but for its items. Positions count in the text that was read. */
export interface ScenarioHead {
  readonly name: string;
  readonly country: string;
  readonly topic: string;
  readonly system?: string;
  readonly systems?: readonly SystemPrompt[];
  readonly prompts?: PromptOverrides;
  readonly nameRange: TextRange;
}

/** Undefined without a country and a topic. */
export function buildHead(root: SourceNode): ScenarioHead | undefined {
  const country = readName(root, 'country');
  const topic = readName(root, 'topic');
  if (country === undefined || topic === undefined) return undefined;
  const nameNode = readName(root, 'name') === undefined ? member(root, 'country') : member(root, 'name');
  return {
    name: readName(root, 'name') ?? `${country} · ${topic}`,
    country,
    topic,
    ...optional('system', readText(root, 'system')),
    ...optional('systems', buildSystems(member(root, 'systems'))),
    ...optional('prompts', buildPrompts(member(root, 'prompts'))),
    nameRange: nameNode?.range ?? root.range,
  };
}

/** Undefined without a value that has a meaning; adds what is missing to `problems`. */
export function buildItem(node: SourceNode, problems: Problem[]): Item | undefined {
  const value = readName(node, 'value');
  const valueRange = member(node, 'value')?.range;
  if (value === undefined || !valueRange) return undefined;
  const known = findValue(value);
  const definition = readText(node, 'definition') ?? known?.definition;
  if (definition === undefined) {
    // A definition that is there but cannot be used has its own problem already.
    if (!node.members.has('definition')) problems.push(unknownValue(value, valueRange));
    return undefined;
  }
  for (const polarity of ['agree', 'disagree'] as const) {
    if (node.members.has(polarity)) continue;
    problems.push({
      ...missingAction(value, polarity, valueRange),
      fix: { kind: 'add', range: node.range, keys: [polarity] },
    });
  }
  return {
    value,
    definition,
    portrait: readText(node, 'portrait') ?? portraitOf(value, definition),
    ...optional('note', readText(node, 'note')),
    ...optional('agree', buildAction(member(node, 'agree'))),
    ...optional('disagree', buildAction(member(node, 'disagree'))),
    range: node.range,
    valueRange,
  };
}

/** A definition of one's own gives a known value another meaning, so the known portrait no longer fits. */
function portraitOf(value: string, definition: string): string {
  const known = findValue(value);
  return known?.definition === definition ? known.portrait : portraitFromDefinition(definition);
}

function unknownValue(value: string, range: TextRange): Problem {
  const meant = closest(
    value,
    VALUES.map(({ name }) => name),
  );
  const shown = shorten(value);
  if (meant === undefined) {
    const message = `"${shown}" is none of the 56 values. Add "definition: …" to say what it means.`;
    return { code: 'unknown-definition', severity: 'error', message, range };
  }
  const message = `"${shown}" is none of the 56 values. Did you mean "${meant}"? Otherwise add "definition: …" to say what it means.`;
  return { code: 'unknown-value', severity: 'error', message, range, fix: { kind: 'replace', text: meant } };
}

function missingAction(value: string, polarity: 'agree' | 'disagree', range: TextRange): Problem {
  const message = `"${shorten(value)}" has no ${polarity} action. Add "${polarity}:" with "action: …" below it; until then Task 2 leaves this item out.`;
  return { code: 'missing-action', severity: 'warning', message, range };
}

function buildAction(node: SourceNode | undefined): ValueAction | undefined {
  const actionNode = node && member(node, 'action');
  const action = node && readText(node, 'action');
  if (!node || !actionNode || action === undefined) return undefined;
  const spans = (member(node, 'attributions')?.elements ?? []).flatMap(({ dropped, scalar, range }) => {
    const text = !dropped && typeof scalar === 'string' ? scalar.trim() : '';
    return text === '' ? [] : [{ text, range }];
  });
  return {
    action,
    attributions: spans.map(({ text }) => text),
    ...optional('explanation', readText(node, 'explanation')),
    range: node.range,
    actionRange: actionNode.range,
    attributionRanges: spans.map(({ range }) => range),
  };
}

function buildSystems(node: SourceNode | undefined): SystemPrompt[] | undefined {
  if (!node) return undefined;
  return [...node.members.keys()].flatMap((label) => {
    const text = readText(node, label);
    return text === undefined ? [] : [{ label, text }];
  });
}

function buildPrompts(node: SourceNode | undefined): PromptOverrides | undefined {
  const prompts = node && promptOverridesSchema.safeParse(toContent(node));
  return prompts?.success ? prompts.data : undefined;
}

function member(node: SourceNode, key: string): SourceNode | undefined {
  const found = node.members.get(key)?.node;
  return found?.dropped ? undefined : found;
}

/** Without the line break that block and folded texts bring with them. */
function readText(node: SourceNode, key: string): string | undefined {
  const scalar = member(node, key)?.scalar;
  return typeof scalar === 'string' && scalar.trim() !== '' ? scalar.trim() : undefined;
}

/** Names stand on lines and in tables, so they are one line. */
function readName(node: SourceNode, key: string): string | undefined {
  return readText(node, key)?.replace(/\s+/g, ' ');
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
