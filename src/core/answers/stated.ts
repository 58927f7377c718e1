/** Reads an answer to Task 1: how far the model says it agrees with each value of a scenario. */
import type { StatedAnswer } from '../runs/record';
import { readLikert } from './likert';
import { findObjects, skipThinking } from './objects';
import { isRefusal } from './refusal';
import { ValueNames } from './valueNames';

/** Wrappers deeper than this hold no answer. */
const DEPTH_LIMIT = 6;
/** Where a record such as {"value": "Wealth", "option": 2} names its value. */
const NAME_FIELDS = ['value', 'name', 'key', 'value_name', 'valueName'];

/**
 * One answer for each of `values`, in their order. A value the answer leaves out is `missing` and shifts no other;
 * where the answer is about none of them all are `refused` or `unparsed`. Never throws.
 */
export function readStated(raw: string, values: readonly string[]): [string, StatedAnswer][] {
  const text = skipThinking(raw);
  const names = new ValueNames(values);
  const { objects, prose } = findObjects(text);
  const readings = new Readings();
  for (const { content } of objects) collect(content, names, readings, 0);

  if (objects.length === 0) collectLines(text, names, readings);
  else if (readings.isEmpty()) collectLines(prose, names, readings);
  for (const { text: broken, repaired } of objects) {
    if (!repaired) continue;
    const saved = new Readings();
    collectPairs(broken, names, saved);
    collectLines(broken, names, saved);
    readings.fillFrom(saved);
  }

  const absent: StatedAnswer = !readings.isEmpty() ? 'missing' : isRefusal(text) ? 'refused' : 'unparsed';
  return values.map((value, index) => [value, readings.get(index) ?? absent]);
}

/** What was found for each value; contradictions are kept as `unparsed`. */
class Readings {
  private readonly found = new Map<number, { answer: StatedAnswer; exact: boolean; contradicted: boolean }>();

  isEmpty(): boolean {
    return this.found.size === 0;
  }

  get(index: number): StatedAnswer | undefined {
    return this.found.get(index)?.answer;
  }

  add(index: number, answer: StatedAnswer, exact: boolean): void {
    const before = this.found.get(index);
    const replaces = !before || (exact && !before.exact) || (typeof before.answer !== 'number' && !before.contradicted);
    if (replaces) {
      if (before && exact === before.exact && typeof answer !== 'number') return;
      this.found.set(index, { answer, exact, contradicted: false });
    } else if (exact === before.exact && typeof answer === 'number' && answer !== before.answer) {
      this.found.set(index, { answer: 'unparsed', exact, contradicted: true });
    }
  }

  /** Takes over what is not known here yet. */
  fillFrom(other: Readings): void {
    for (const [index, reading] of other.found) {
      if (!this.found.has(index)) this.found.set(index, reading);
    }
  }
}

function collect(content: unknown, names: ValueNames, readings: Readings, depth: number): void {
  if (typeof content !== 'object' || content === null || depth > DEPTH_LIMIT) return;
  if (Array.isArray(content)) {
    for (const part of content) collect(part, names, readings, depth + 1);
    return;
  }
  let matched = false;
  for (const [key, written] of Object.entries(content)) {
    const named = names.find(key);
    if (named) {
      matched = true;
      readings.add(named.index, readLikert(written), named.exact);
    } else if (!/^options?$/i.test(key)) collect(written, names, readings, depth + 1);
  }
  if (!matched) collectRecord(content, names, readings);
}

function collectRecord(record: object, names: ValueNames, readings: Readings): void {
  const fields = Object.entries(record);
  const name = fields.find(([key, written]) => NAME_FIELDS.includes(key) && typeof written === 'string');
  const named = name && names.find(name[1]);
  if (!named) return;
  readings.add(named.index, readLikert(Object.fromEntries(fields.filter((field) => field !== name))), named.exact);
}

/** Pairs in quotes, where several stand on one line of something that is no longer JSON. */
function collectPairs(text: string, names: ValueNames, readings: Readings): void {
  for (const [, , key = '', written = ''] of text.matchAll(/(["'])([^"'\n]{1,300})\1\s*:\s*["']?([^"',}\n]{1,100})/g)) {
    addOption(key, written, names, readings);
  }
}

/** A line longer than this is prose (UTF-16 units). */
const LINE_LIMIT = 400;

/** Lines such as "- **Wealth**: 2 (agree)" or "| Wealth | 2 |", and several on one line with commas between. */
function collectLines(text: string, names: ValueNames, readings: Readings): void {
  for (const line of text.split(/[\r\n]+/)) {
    if (line.length > LINE_LIMIT || line.trim() === '') continue;
    if (collectLine(line, names, readings)) continue;
    const parts = line.split(/[,;]\s*/);
    if (parts.length > 1) for (const part of parts) collectLine(part, names, readings);
  }
}

function collectLine(line: string, names: ValueNames, readings: Readings): boolean {
  const bare = line.replace(/^[\s|>*•"'`-]+/, '');
  for (const { index, 0: separator } of bare.matchAll(/[:=|→–—-]+/g)) {
    const written = bare.slice(index + separator.length).replace(/["'|`*\s,]+$/, '');
    if (addOption(bare.slice(0, index), written, names, readings)) return true;
  }
  return false;
}

/** Outside of JSON only a usable option counts: a definition that is repeated is no answer. */
function addOption(key: string, written: string, names: ValueNames, readings: Readings): boolean {
  const answer = readLikert(written);
  const named = typeof answer === 'number' ? names.find(key) : undefined;
  if (!named) return false;
  readings.add(named.index, answer, true);
  return true;
}
