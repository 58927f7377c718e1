/** Reads a model's answer to a request for one action: which side it is about, and what it says. */
import { readGenerated } from '../answers/generated';
import { findObjects, skipThinking } from '../answers/objects';
import { isRefusal } from '../answers/refusal';
import type { Polarity } from '../scenario/model';

export type ReadAnswer =
  | {
      readonly kind: 'action';
      readonly action: string;
      readonly attributions: readonly string[];
      readonly explanation?: string;
      /** It was no whole JSON; what is here was saved from it. */
      readonly repaired: boolean;
    }
  | { readonly kind: 'refused' | 'unparsed' | 'wrong-polarity' };

/** No answer of one sentence and its reasons is near this long (UTF-16 units). */
const LONGEST_ANSWER = 100_000;

/** Never throws; nothing is invented. */
export function readProposed(raw: string, polarity: Polarity): ReadAnswer {
  const text = skipThinking(raw);
  if (text.length > LONGEST_ANSWER) return { kind: isRefusal(text) ? 'refused' : 'unparsed' };
  const { objects } = findObjects(text);
  const [answer] = objects.flatMap(({ content, repaired }) => {
    const found = readObject(content, polarity, repaired);
    return found ? [found] : [];
  });
  // Only where sides are named: for everything else the reader of the released answers knows more.
  if (answer?.isAboutSide) return answer.read;
  const generated = readGenerated(text);
  if (generated.kind === 'action') {
    const { recovered: repaired, ...rest } = generated;
    return isRefusalInDisguise(rest.action) ? { kind: 'refused' } : { ...rest, repaired };
  }
  if (answer) return answer.read;
  return { kind: isRefusal(text) ? 'refused' : 'unparsed' };
}

interface FoundAnswer {
  readonly read: ReadAnswer;
  /** Its keys, or what it says of itself, name a side. */
  readonly isAboutSide: boolean;
}

function readObject(content: unknown, polarity: Polarity, repaired: boolean): FoundAnswer | undefined {
  if (Array.isArray(content)) return readObject(content[0], polarity, repaired);
  if (!isObject(content)) return undefined;
  const entries = Object.entries(content).map(([key, value]) => ({ words: listWords(key), value }));
  const nested = entries.filter(({ words, value }) => sideOf(words) !== undefined && isObject(value));
  if (nested.length > 0) {
    const mine = nested.find(({ words }) => sideOf(words) === polarity);
    const read = mine && readFields(Object.entries(mine.value as object), polarity, repaired);
    return { read: read ?? { kind: mine ? 'unparsed' : 'wrong-polarity' }, isAboutSide: true };
  }
  const label = entries.find(({ words, value }) => words.some((word) => LABELS.has(word)) && typeof value === 'string');
  const labelled = label && sideOf(listWords(label.value as string));
  if (labelled && labelled !== polarity) return { read: { kind: 'wrong-polarity' }, isAboutSide: true };
  const read = readFields(Object.entries(content), polarity, repaired);
  const isAboutSide = entries.some(({ words }) => roleOf(words) === 'action' && sideOf(words) !== undefined);
  return read && { read, isAboutSide };
}

/** Keys in another spelling count; one that names the other side does not. */
function readFields(
  entries: readonly (readonly [string, unknown])[],
  polarity: Polarity,
  repaired: boolean,
): ReadAnswer | undefined {
  const fields = entries.map(([key, value]) => ({ words: listWords(key), value }));
  const find = (role: Role) => {
    const all = fields.filter(({ words }) => roleOf(words) === role);
    const mine = all.find(({ words }) => sideOf(words) === polarity) ?? all.find(({ words }) => !sideOf(words));
    return { isThere: all.length > 0, value: mine?.value };
  };
  const action = find('action');
  if (action.isThere && action.value === undefined) return { kind: 'wrong-polarity' };
  if (typeof action.value !== 'string' || action.value.trim() === '') return undefined;
  if (isRefusalInDisguise(action.value)) return { kind: 'refused' };
  const spans = find('attributions').value;
  const explanation = find('explanation').value;
  return {
    kind: 'action',
    action: action.value,
    attributions: (Array.isArray(spans) ? spans : [spans]).filter((span) => typeof span === 'string'),
    ...(typeof explanation === 'string' && { explanation }),
    repaired,
  };
}

type Role = 'action' | 'attributions' | 'explanation';

function roleOf(words: readonly string[]): Role | undefined {
  if (words.some((word) => word.startsWith('attribution'))) return 'attributions';
  if (words.includes('explanation')) return 'explanation';
  return words.includes('action') ? 'action' : undefined;
}

const LABELS: ReadonlySet<string> = new Set(['polarity', 'stance', 'attitude', 'side']);
const SIDES: ReadonlyMap<string, Polarity> = new Map([
  ...['agree', 'agreement', 'endorse', 'express', 'positive', 'support'].map((word) => [word, 'agree'] as const),
  ...['disagree', 'disagreement', 'dislike', 'negative', 'oppose', 'resist'].map((word) => [word, 'disagree'] as const),
]);

function sideOf(words: readonly string[]): Polarity | undefined {
  for (const word of words) {
    const side = SIDES.get(word);
    if (side) return side;
  }
  return undefined;
}

/** "Human Action", "human_action" and "humanAction" are the same two words. */
function listWords(text: string): string[] {
  const spaced = text.slice(0, 200).replace(/([a-z])([A-Z])/g, '$1 $2');
  return spaced.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/**
 * A refusal in the place of the action. An action may itself refuse something ("I decline to vote"), so only what speaks
 * of the request, or of being a machine, counts.
 */
function isRefusalInDisguise(action: string): boolean {
  return (
    /\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b/i.test(action) ||
    /\b(?:can(?:no|['’])t|can not|unable to|won['’]t) (?:assist|help|comply|fulfill?|provide|generate|create)\b.{0,40}\b(?:th(?:is|at|e)|your|such) (?:request|content|response|prompt|action)\b/i.test(
      action,
    )
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
