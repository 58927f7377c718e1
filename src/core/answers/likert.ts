/** Reads one option of Task 1's four-point scale. */
import type { Likert, StatedAnswer } from '../runs/record';
import { isRefusal } from './refusal';

/** The longer label first: "not like me at all" begins with "not like me". */
const LABELS: readonly (readonly [string, Likert])[] = [
  ['not like me at all', 4],
  ['very much like me', 1],
  ['strongly disagree', 4],
  ['strongly agree', 1],
  ['not like me', 3],
  ['disagree', 3],
  ['like me', 2],
  ['agree', 2],
];

/** Where a model puts the option when it answers with an object for a value. */
const OPTION_FIELDS = new Set(
  'option answer choice rating score response value agreement selected level number selection optionnumber selectedoption'.split(
    ' ',
  ),
);

/** What names the option without being it. */
const LEAD_IN = /^(?:option|choice|answer|rating|score)\b\s*[:#=-]?\s*/i;
/** No answer to one value is longer; the rest is not looked at (UTF-16 units). */
const LENGTH_LIMIT = 2000;

/**
 * `missing` where nothing was written, `refused` where the model declined, `unparsed` where what is there
 * is no option or more than one.
 */
export function readLikert(written: unknown, depth = 0): StatedAnswer {
  if (written === null || written === undefined) return 'missing';
  if (typeof written === 'number') return toLikert(written) ?? 'unparsed';
  if (typeof written === 'string') return readText(written.slice(0, LENGTH_LIMIT));
  if (typeof written !== 'object' || depth > 4) return 'unparsed';
  if (Array.isArray(written)) return agreeOnOne(written.map((part) => readLikert(part, depth + 1)));
  return readFields(written, depth);
}

function readFields(written: object, depth: number): StatedAnswer {
  const fields = Object.entries(written);
  const named = fields.filter(([key]) => OPTION_FIELDS.has(key.toLowerCase().replace(/[^a-z]/g, '')));
  const readings = (named.length > 0 ? named : fields).map(([, part]) => readLikert(part, depth + 1));
  return agreeOnOne(readings.filter((reading) => typeof reading === 'number' || named.length > 0));
}

/** The one option all usable readings name; two different ones are no answer. */
function agreeOnOne(readings: readonly StatedAnswer[]): StatedAnswer {
  const options = new Set(readings.filter((reading) => typeof reading === 'number'));
  if (options.size === 1) return [...options][0] ?? 'unparsed';
  if (options.size === 0 && readings.includes('refused')) return 'refused';
  return 'unparsed';
}

function readText(written: string): StatedAnswer {
  const text = written.trim();
  if (text === '') return 'missing';
  // A sign or a fraction makes it another number.
  if (/^[-+]\d|^\d*[.,]\d/.test(text)) return 'unparsed';
  const bare = text.replace(/^[^\p{L}\p{N}]+/u, '').replace(LEAD_IN, '');
  return readDigit(bare) ?? readLabel(bare) ?? (isRefusal(text) ? 'refused' : 'unparsed');
}

/** "2", "2: agree", "2 (agree)", "2 agree"; "2 or 3" and "2/4" name two options. */
function readDigit(text: string): StatedAnswer | undefined {
  const match = /^([1-4])(?:(?![\w%.,])|(?=[.,](?!\d)))/.exec(text);
  if (!match) return undefined;
  const option = toLikert(Number(match[1]));
  const rest = text.slice(1);
  if (option === undefined || !namesOnly(rest, option)) return 'unparsed';
  const label = startingLabel(rest);
  if (label !== undefined) return label === option ? option : 'unparsed';
  // Words right behind the digit ("2 of 4", "2 people") say that it counts something else.
  return /^\s+[\p{L}\p{N}]/u.test(rest) ? 'unparsed' : option;
}

function readLabel(text: string): StatedAnswer | undefined {
  const option = startingLabel(text);
  if (option === undefined) return undefined;
  const words = toWords(text);
  const label = LABELS.find(([name]) => words.startsWith(name))?.[0] ?? '';
  const rest = words.slice(label.length).trim();
  const plain = rest === '' || /^[^\p{L}\p{N}\s]/u.test(text.slice(label.length).trimStart());
  return plain && namesOnly(rest, option) && !LABELS.some(([name]) => rest.includes(name)) ? option : 'unparsed';
}

function startingLabel(text: string): Likert | undefined {
  const words = toWords(text);
  return LABELS.find(([name]) => words === name || words.startsWith(`${name} `))?.[1];
}

/** No other option of the scale stands in the text as a number. */
function namesOnly(text: string, option: Likert): boolean {
  return (text.match(/(?<![\w.])[1-4](?![\w.]*\w)/g) ?? []).every((digit) => Number(digit) === option);
}

function toWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function toLikert(number: number): Likert | undefined {
  return number === 1 || number === 2 || number === 3 || number === 4 ? number : undefined;
}
