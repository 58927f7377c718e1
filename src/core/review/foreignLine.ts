/** What a line of a review file may look like when another tool, or an older version, wrote it. */
import type * as z from 'zod';
import { nameItem } from './rating';

/**
 * A copy with the item as its name (others write it as `{country, topic, value}`) and null in each of `optional` that is
 * missing; anything that is no object as it came.
 */
export function normaliseLine(line: unknown, optional: readonly string[]): unknown {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return line;
  const fields = new Map<string, unknown>(Object.entries(line));
  const item = readItem(fields.get('item'));
  if (item !== undefined) fields.set('item', item);
  for (const name of optional) if (fields.get(name) === undefined) fields.set(name, null);
  // Who decided without a watch has decided nevertheless.
  if (!fields.has('at')) fields.set('at', '');
  return Object.fromEntries(fields);
}

function readItem(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { country, topic, value } = item as Record<string, unknown>;
  if (typeof country !== 'string' || typeof topic !== 'string' || typeof value !== 'string') return undefined;
  return nameItem(country, topic, value);
}

/** "not a rating: look at metric, rating". Field names are the schema's, so nothing foreign is repeated. */
export function explainMismatch(what: string, error: z.ZodError): string {
  const fields = [...new Set(error.issues.map(({ path }) => path[0]).filter((part) => part !== undefined))];
  return fields.length === 0 ? `not a ${what}` : `not a ${what}: look at ${fields.map(String).join(', ')}`;
}
