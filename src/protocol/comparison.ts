/** Messages between the comparison's page and the extension. Sentences are made in `display`, so all faces say the same. */
import * as z from 'zod';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

const sideSchema = z.object({
  /** 0 agree … 1 disagree; null where no answer was usable. */
  stated: share.nullable(),
  acted: share.nullable(),
  /** In words: a number with two decimals, or why there is none. */
  words: z.string(),
});
export type ShownSide = z.infer<typeof sideSchema>;

const changeSchema = z.object({
  kind: z.enum(['closed', 'opened', 'lost', 'gained', 'changed', 'same']),
  /** "closed", "no verdict now". */
  word: z.string(),
  scenario: z.string(),
  file: z.string(),
  value: z.string(),
  was: sideSchema,
  now: sideSchema,
  /** Whole sentence parts: direction, chance, changed prompts; empty where there is nothing to say. */
  remarks: z.array(z.string()),
});
export type ShownItemChange = z.infer<typeof changeSchema>;

const runSchema = z.object({ model: z.string(), when: z.string() });

const comparisonSchema = z.object({
  type: z.literal('show'),
  baseline: runSchema,
  run: runSchema,
  /** "12 gaps closed, 3 opened; …". */
  summary: z.string(),
  /** What a reader must know before believing it, the weightiest first. */
  warnings: z.array(z.string()),
  counts: z.object({
    closed: count,
    opened: count,
    lost: count,
    gained: count,
    changed: count,
    same: count,
  }),
  /** Flips first; without those that stayed the same, and cut where there are thousands. */
  changes: z.array(changeSchema),
  /** How many there are without the cut. */
  changed: count,
  rates: z.array(
    z.object({
      by: z.enum(['overall', 'country', 'topic', 'scenario']),
      group: z.string(),
      before: share.nullable(),
      after: share.nullable(),
      /** −1…1. */
      difference: z.number().nullable(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      withinNoise: z.boolean().nullable(),
      items: count,
    }),
  ),
  /** What was asked differently, one line each: "agreeing action of Freedom in us-health". */
  texts: z.array(z.string()),
  /** "temperature: 0.2 → 1". */
  settings: z.array(z.string()),
});
export type ShownComparison = z.infer<typeof comparisonSchema>;

export const toComparisonSchema = z.discriminatedUnion('type', [
  comparisonSchema,
  z.object({ type: z.literal('empty'), reason: z.string(), loading: z.boolean() }),
]);
export type ToComparison = z.infer<typeof toComparisonSchema>;

export const fromComparisonSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('swap') }),
  z.object({ type: z.literal('showTexts') }),
  z.object({ type: z.literal('reveal'), file: z.string(), scenario: z.string(), value: z.string() }),
]);
export type FromComparison = z.infer<typeof fromComparisonSchema>;
