/** What a review is about, small enough to be remembered: the panel comes back with it after a restart. */
import * as z from 'zod';

const scopeShape = {
  /** Folder that judgements are read below; absolute path. */
  root: z.string(),
  /** URI of the one scenario file; absent: all files of the folder. */
  file: z.string().optional(),
  /** Name of the one scenario in it. */
  scenario: z.string().optional(),
};
const scopeSchema = z.object(scopeShape);
export type ReviewScope = z.infer<typeof scopeSchema>;

const sampleShape = {
  reviewer: z.string(),
  /** Items of each country and polarity. */
  perStratum: z.number().int().positive(),
  seed: z.number().int(),
};
const sampleSchema = z.object(sampleShape);
export type ReviewSampleWish = z.infer<typeof sampleSchema>;

export const reviewSpecSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ratings'), ...scopeShape, ...sampleShape }),
  z.object({ kind: z.literal('risks'), run: z.string(), reviewer: z.string() }),
  z.object({ kind: z.literal('agreement'), root: z.string() }),
]);
export type ReviewSpec = z.infer<typeof reviewSpecSchema>;

/** The samples that were drawn last, by scope. */
export const rememberedSamplesSchema = z.array(z.tuple([z.string(), sampleSchema]));

export function nameScope({ root, file, scenario }: ReviewScope): string {
  return JSON.stringify([root, file ?? null, scenario ?? null]);
}
