/** Reads an answer to Task 2: which of an item's two actions the model picks. */
import { task2Variant } from '../prompts/variants';
import type { ActedAnswer } from '../runs/record';
import { findObjects, skipThinking } from './objects';
import { isRefusal } from './refusal';

export interface ActedReading {
  readonly answer: ActedAnswer;
  /** The model's own words about its choice. Untrusted. */
  readonly explanation?: string;
}

type Option = 1 | 2;
/** `unclear`: something stands where the choice belongs, and it is no option or more than one. */
type Choice = Option | 'unclear' | 'refused' | 'missing';

/** Where a choice stands, best first. */
const CHOICE_FIELDS: readonly string[] = [
  'action',
  'selectedaction',
  'chosenaction',
  'choice',
  'answer',
  'option',
  'selectedoption',
  'chosenoption',
  'selection',
  'selected',
];
/** Wrappers deeper than this hold no answer. */
const DEPTH_LIMIT = 4;
/** Words longer than this are no statement of a choice (UTF-16 units). */
const PROSE_LIMIT = 20_000;

/**
 * The choice in the words of the item's polarity, by the order in which `variant` showed the actions.
 * Never guesses and never throws on any text.
 * @throws {RangeError} unless `variant` is 0 to 7.
 */
export function readActed(raw: string, variant: number): ActedReading {
  const { order } = task2Variant(variant);
  const text = skipThinking(raw);
  const { objects, prose } = findObjects(text);
  const contents = objects.map(({ content }) => content);
  const explanation = contents.map((content) => findExplanation(content, 0)).find((found) => found !== undefined);
  const choice = choose(contents, objects.map((found) => found.text).join('\n'), prose);
  return { answer: toAnswer(choice, text, order), ...(explanation !== undefined && { explanation }) };
}

function choose(contents: readonly unknown[], objectText: string, prose: string): Choice {
  const field = settle(contents.map((content) => findChoice(content, 0)));
  if (field !== 'missing') return field;
  return settle([readField(objectText), readProse(prose)]);
}

function toAnswer(choice: Choice, text: string, order: 'disagree-first' | 'agree-first'): ActedAnswer {
  if (choice === 1 || choice === 2) return (choice === 1) === (order === 'disagree-first') ? 'disagree' : 'agree';
  // An explanation may well say "I cannot support this", so its words count only where no choice stands at all.
  return choice === 'refused' || (choice === 'missing' && isRefusal(text)) ? 'refused' : 'unparsed';
}

/** One choice out of several readings: two different options are none. */
function settle(readings: readonly Choice[]): Choice {
  const options = new Set(readings.filter((reading) => reading === 1 || reading === 2));
  if (options.size > 1 || (options.size === 1 && readings.includes('unclear'))) return 'unclear';
  return [...options][0] ?? readings.find((reading) => reading !== 'missing') ?? 'missing';
}

function findChoice(content: unknown, depth: number): Choice {
  if (typeof content !== 'object' || content === null || depth > DEPTH_LIMIT) return 'missing';
  if (Array.isArray(content)) return settle(content.map((part) => findChoice(part, depth + 1)));
  const fields = Object.entries(content).map(([key, written]) => [squeeze(key), written] as const);
  for (const name of CHOICE_FIELDS) {
    const choice = settle(fields.filter(([key]) => key === name).map(([, written]) => readChoice(written, depth)));
    if (choice !== 'missing') return choice;
  }
  return settle(fields.map(([, written]) => findChoice(written, depth + 1)));
}

function readChoice(written: unknown, depth: number): Choice {
  if (written === null || written === undefined || written === '') return 'missing';
  if (written === 1 || written === 2) return written;
  if (typeof written === 'string') return readChoiceText(written);
  if (Array.isArray(written) && written.length === 1) return readChoice(written[0], depth + 1);
  const inner = findChoice(written, depth + 1);
  return inner === 'missing' ? 'unclear' : inner;
}

/** "Option 1", "option_2: I …", "(1)", "1: I …"; the text of an action alone names no option. */
function readChoiceText(written: string): Choice {
  const mentioned = mentions(written);
  if (mentioned.size > 1) return 'unclear';
  const match = /^[^\p{L}\p{N}]*(?:(?:the\s+)?(?:option|action|choice)[\s_:#-]*)?([12])(?![\p{L}\p{N}%]|[.,]\d)/iu.exec(
    written,
  );
  const option = toOption(match?.[1]);
  const other = option !== undefined && mentioned.size === 1 && !mentioned.has(option);
  const rest = written.slice(match?.[0].length ?? 0);
  const bare = !/^\s*(?:[-–/,&]|or\b|and\b|to\b)\s*(?:option\s*)?[12]\b/i.test(rest) && !/^\s+of\b/i.test(rest);
  if (option !== undefined && !other && bare) return option;
  return isRefusal(written) ? 'refused' : 'unclear';
}

/** `"action": "Option 1"` in something that could not be saved as JSON. */
function readField(text: string): Choice {
  const readings = Array.from(
    text.matchAll(/["']action["']\s*:\s*["']?\s*option[\s_-]*(\d)(?!\d)([^"'\n}]*)/gi),
    ([, digit, rest = '']): Choice => (mentions(rest).size > 0 ? 'unclear' : (toOption(digit) ?? 'unclear')),
  );
  return settle(readings);
}

const CHOOSING =
  /(?:\b(?:choose|chose|chosen|pick|picked|select|selected|prefer|opt for|go with|going with|action|answer|choice|selection|decision)\b(?:\s+(?:is|would be|will be|as))?)[\s:*"'“`_=-]*(?:the\s+)?option[\s_-]*([12])(?!\d)/gi;
const LEADING = /^[^\p{L}\p{N}]*option[\s_-]*([12])(?=\s*(?:$|[\n:.,;)*"'”`–—-]))/iu;
const PRAISED =
  /\boption[\s_-]*([12])[*"'”`]*\s+(?:is|seems|would be|appears|feels)?\s*(?:clearly |much |far |the )?(?:more|most|better|best|closer|closest)\b/gi;
const DENIED =
  /(?:\b(?:not|cannot|never|neither|nor|against|reject|avoid|than|instead of|over|without)\b|n['’ʼ]t\b)[^.!?\n]{0,40}\boption[\s_-]*[12]/i;

/** Words without JSON: only a plain statement of one option, while the other is not even mentioned. */
function readProse(prose: string): Choice {
  if (prose.length > PROSE_LIMIT) return 'unclear';
  const text = prose.replace(/[^\S\n]+/g, ' ').replace(/\s*\n\s*/g, '\n');
  const bare = /^\s*["'“(*`]*([12])["'”).*`]*\s*$/.exec(text);
  if (bare) return toOption(bare[1]) ?? 'missing';
  const mentioned = mentions(text);
  if (mentioned.size === 0) return 'missing';
  const unclear = isRefusal(text) ? 'refused' : 'unclear';
  if (mentioned.size > 1 || DENIED.test(text)) return unclear;
  const stated = LEADING.test(text) || [CHOOSING, PRAISED].some((pattern) => text.search(pattern) >= 0);
  return stated ? ([...mentioned][0] ?? unclear) : unclear;
}

/** Every option a text names, also those that do not exist. */
function mentions(text: string): Set<Option> {
  const numbers = Array.from(text.matchAll(/\boption[\s_-]*([12])(?!\d)/gi), ([, digit]) => toOption(digit));
  return new Set(numbers.filter((option) => option !== undefined));
}

function findExplanation(content: unknown, depth: number): string | undefined {
  if (typeof content !== 'object' || content === null || depth > DEPTH_LIMIT) return undefined;
  const fields = Object.entries(content);
  const own = fields.find(([key, written]) => squeeze(key) === 'explanation' && typeof written === 'string');
  if (own && own[1].trim() !== '') return own[1].trim();
  return fields.map(([, written]) => findExplanation(written, depth + 1)).find((found) => found !== undefined);
}

function squeeze(key: string): string {
  return key.toLowerCase().replace(/[^a-z]/g, '');
}

function toOption(digit: string | undefined): Option | undefined {
  return digit === '1' ? 1 : digit === '2' ? 2 : undefined;
}
