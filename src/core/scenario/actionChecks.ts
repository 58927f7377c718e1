/** Holds the actions of an item to what the method asks of them. */
import type { Item, Polarity, Problem, ProblemCode, TextRange, ValueAction } from './model';
import { shorten } from './tree';

/** Words of an action, as the method has it. */
export const WORD_LIMIT = 50;

/** Never throws; positions count as those of the item do. */
export function checkActions(item: Item): Problem[] {
  const problems: Problem[] = [];
  for (const polarity of ['agree', 'disagree'] as const) {
    const action = item[polarity];
    if (action) problems.push(...checkAction(action, polarity));
  }
  const { agree, disagree } = item;
  if (agree && disagree && normalize(agree.action) === normalize(disagree.action)) {
    const message =
      'Both actions of this item are the same, so choosing between them says nothing. Reword one of them.';
    problems.push(warning('identical-actions', disagree.actionRange, message));
  }
  return problems;
}

function checkAction(action: ValueAction, polarity: Polarity): Problem[] {
  const problems: Problem[] = [];
  const words = countWords(action.action);
  if (words > WORD_LIMIT) {
    const message = `The ${polarity} action has ${words} words; the method asks for at most ${WORD_LIMIT}. Shorten it.`;
    problems.push(warning('too-long', action.actionRange, message));
  }
  if (!isFirstPerson(action.action)) {
    const message = `The ${polarity} action does not speak of "I" or "we". Write it in the first person, as something one does.`;
    problems.push(warning('not-first-person', action.actionRange, message));
  }
  const text = normalize(action.action);
  for (const [index, span] of action.attributions.entries()) {
    if (text.includes(normalize(span))) continue;
    const message = `"${shorten(span)}" does not occur in the ${polarity} action. Copy a part of the action's own words, or remove it.`;
    problems.push(warning('attribution-not-in-action', action.attributionRanges[index] ?? action.range, message));
  }
  return problems;
}

function countWords(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(/\S+/g)) count++;
  return count;
}

const FIRST_PERSON = /(?<![\p{L}\p{N}])(?:i|me|my|mine|myself|we|us|our|ours|ourselves)(?![\p{L}\p{N}])/iu;
/** Words that English sentences hardly do without; a text with none of them may be in any language. */
const ENGLISH =
  /(?<![\p{L}\p{N}])(?:the|an?|to|of|and|with|for|is|are|that|he|she|they|it|his|her|their|by)(?![\p{L}\p{N}])/iu;

/** Judges English alone; of other languages nothing is known. */
function isFirstPerson(text: string): boolean {
  return FIRST_PERSON.test(text) || !ENGLISH.test(text);
}

/** White space and case are no difference. */
function normalize(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

function warning(code: ProblemCode, range: TextRange, message: string): Problem {
  return { code, severity: 'warning', range, message };
}
