/** Replaces what is mistyped by what was most likely meant: values, keys, placeholders, countries, topics. */
import { closest, editDistance } from '../core/scenario/closest';
import type { Problem } from '../core/scenario/model';
import { keysAt } from '../core/scenario/schemaPaths';
import { findCursor } from './findCursor';
import { nameOf } from './flowCursor';
import { quoteLike } from './insertion';
import { findPlaceholderRule } from './placeholderTexts';
import type { FixSource, QuickFix } from './quickFixModel';

/** Typing errors up to here need no second look. */
const SAFE_DISTANCE = 2;

export function replaceBySuggestion(source: FixSource, problem: Problem): QuickFix[] {
  const { range } = problem;
  const written = source.text.slice(range.start, range.end);
  // An alias stands for a text that is written elsewhere.
  if (written === '' || written.startsWith('*')) return [];
  const meant = findMeant(source, problem, written);
  if (meant === undefined) return [];
  const notation = findCursor(source, range.start)?.notation ?? 'block';
  const text = problem.code === 'unknown-placeholder' ? `{{${meant}}}` : quoteLike(written, notation, meant);
  const name = problem.code === 'unknown-placeholder' ? written.replace(/[{}\s]/g, '') : nameOf(written);
  // Another country is no mistake.
  const isMistake = problem.severity !== 'hint';
  const isSafe =
    isMistake && editDistance(name.replace(/\s+/g, ' ').toLowerCase(), meant.toLowerCase()) <= SAFE_DISTANCE;
  const title = `Change to "${meant}"`;
  return [{ title, problem, edits: [{ range, text }], isPreferred: isMistake, isSafe }];
}

function findMeant(source: FixSource, { code, fix, range }: Problem, written: string): string | undefined {
  if (code === 'unknown-key') {
    const cursor = findCursor(source, range.start);
    if (cursor?.slot !== 'key') return undefined;
    const absent = keysAt(cursor.path).filter(({ name }) => !cursor.present.has(name));
    return closest(
      nameOf(written),
      absent.map(({ name }) => name),
    );
  }
  if (code === 'unknown-placeholder') {
    const name = /^\{\{\s*(\w+)\s*\}\}$/.exec(written)?.[1];
    const cursor = findCursor(source, range.start);
    const rule = cursor && findPlaceholderRule(cursor.path);
    return name === undefined || !rule ? undefined : closest(name, rule.allowed);
  }
  if (fix?.kind !== 'replace') return undefined;
  const isThere = source.scenarioAt(range.start)?.items.some(({ value }) => value === fix.text);
  return code === 'unknown-value' && isThere ? undefined : fix.text;
}
