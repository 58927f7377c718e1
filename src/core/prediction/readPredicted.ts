/** Reads an observer's answer: True, False, or neither. */
import { findObjects, skipThinking } from '../answers/objects';
import { isRefusal } from '../answers/refusal';
import type { PredictedAnswer } from './record';

/** `unclear`: something stands where the answer belongs, and it is neither, or both. */
type Reading = 'true' | 'false' | 'unclear' | 'refused' | 'missing';

/** Where an answer stands, in any spelling. */
const FIELDS: ReadonlySet<string> = new Set(['prediction', 'predicted', 'answer', 'label', 'result', 'output']);
/** Wrappers deeper than this hold no answer. */
const DEPTH_LIMIT = 4;
/** An answer of one word is not near this long (UTF-16 units). */
const PROSE_LIMIT = 20_000;

/** Never guesses and never throws, on any text. */
export function readPredicted(raw: string): PredictedAnswer {
  const text = skipThinking(raw);
  const { objects, prose } = findObjects(text);
  const reading = choose(
    objects.map(({ content }) => content),
    objects.map((found) => found.text).join('\n'),
    prose,
  );
  if (reading === 'true' || reading === 'false') return reading;
  return reading === 'refused' || (reading === 'missing' && isRefusal(text)) ? 'refused' : 'unparsed';
}

function choose(contents: readonly unknown[], objectText: string, prose: string): Reading {
  const field = settle([...contents.map((content) => findAnswer(content, 0)), ...readWritten(objectText)]);
  return field === 'missing' ? readProse(prose) : field;
}

/** One answer out of several readings: True and False together are neither. */
function settle(readings: readonly Reading[]): Reading {
  const words = new Set(readings.filter((reading) => reading === 'true' || reading === 'false'));
  if (words.size > 1 || (words.size === 1 && readings.includes('unclear'))) return 'unclear';
  return [...words][0] ?? readings.find((reading) => reading !== 'missing') ?? 'missing';
}

function findAnswer(content: unknown, depth: number): Reading {
  if (typeof content !== 'object' || content === null || depth > DEPTH_LIMIT) return 'missing';
  if (Array.isArray(content)) return settle(content.map((part) => findAnswer(part, depth + 1)));
  const entries = Object.entries(content);
  const named = settle(
    entries.filter(([key]) => FIELDS.has(squeeze(key))).map(([, written]) => readField(written, depth)),
  );
  return named === 'missing' ? settle(entries.map(([, written]) => findAnswer(written, depth + 1))) : named;
}

function readField(written: unknown, depth: number): Reading {
  if (written === null || written === undefined || written === '') return 'missing';
  if (typeof written === 'boolean') return written ? 'true' : 'false';
  if (typeof written === 'string') return readWord(written);
  if (Array.isArray(written) && written.length === 1) return readField(written[0], depth + 1);
  const inner = findAnswer(written, depth + 1);
  return inner === 'missing' ? 'unclear' : inner;
}

/** "True", "false.", "Yes", "True: it said so". */
function readWord(written: string): Reading {
  const start = written.slice(0, PROSE_LIMIT);
  const [, word] = /^[^\p{L}\p{N}]*(true|false|yes|no)(?![\p{L}\p{N}_-])(?!\s*(?:\/|\||or\b))/iu.exec(start) ?? [];
  if (word !== undefined && mentions(start).size <= 1) return toReading(word);
  return isRefusal(start) ? 'refused' : 'unclear';
}

/** A key that stands twice in one object: readers of JSON keep the last, which would be a guess. */
function readWritten(objectText: string): Reading[] {
  const pattern = /["']?\b(?:prediction|predicted|answer)["']?\s*:\s*["']?(true|false)\b/gi;
  return Array.from(objectText.matchAll(pattern), ([, word = '']) => toReading(word));
}

const NAMED =
  /\b(?:answer|prediction|label|it|this|that)\b(?:\s+(?:is|would be|will be|must be))?[\s:*"'“`_=-]*\b(true|false)\b/i;
const LEADING = /^[^\p{L}\p{N}]*(true|false)(?=[^\p{L}\p{N}_]*(?:$|[\n:.,;)–—-]))/iu;
const ALONE = /(?:^|\n)[^\p{L}\p{N}\n]*(true|false)[^\p{L}\p{N}\n]*(?:$|\n)/iu;
/** As the whole answer alone: "No, I cannot answer that" is a refusal. */
const BARE = /^[^\p{L}\p{N}]*(true|false|yes|no)[^\p{L}\p{N}]*$/iu;
const DENIED =
  /(?:\b(?:not|cannot|never|neither|nor|hardly|whether|if|unlikely|instead of|rather than|either)\b|n['’ʼ]t\b)[^.!?\n]{0,40}\b(?:true|false)\b/i;

/** Words without JSON: only a plain statement of one, while the other is not even mentioned. */
function readProse(prose: string): Reading {
  if (prose.length > PROSE_LIMIT) return 'unclear';
  const bare = BARE.exec(prose)?.[1];
  if (bare) return toReading(bare);
  const words = mentions(prose);
  if (words.size === 0) return 'missing';
  const unclear = isRefusal(prose) ? 'refused' : 'unclear';
  if (words.size > 1 || DENIED.test(prose)) return unclear;
  const stated = [LEADING, ALONE, NAMED].some((pattern) => pattern.test(prose));
  return stated ? toReading([...words][0] ?? '') : unclear;
}

function mentions(text: string): Set<string> {
  return new Set(
    Array.from(text.matchAll(/(?<![\p{L}\p{N}_])(?:true|false)(?![\p{L}\p{N}_])/giu), ([word]) => word.toLowerCase()),
  );
}

function toReading(word: string): Reading {
  return /^(?:true|yes)$/i.test(word) ? 'true' : 'false';
}

function squeeze(key: string): string {
  return key.toLowerCase().replace(/[^a-z]/g, '');
}
