/** Settings of a run: what is out of range counts as not set. */
import * as z from 'zod';

export const runSettingsSchema = z.object({
  concurrency: z.number().int().min(1).max(100).catch(8),
  variants: z.enum(['all', 'quick']).catch('all'),
  /** How often each prompt is asked. */
  repeats: z.number().int().min(1).max(100).catch(1),
  /** How often an answer that cannot be read is asked for again. */
  reasks: z.number().int().min(0).max(10).catch(1),
  /** Seconds for one attempt at one request. */
  timeout: z.number().min(1).max(3600).catch(120),
  /** More than this, and the user is asked first; a limit that is left out never asks. */
  askAbove: z
    .object({ requests: z.number().min(0).optional(), cost: z.number().min(0).optional() })
    .catch({ requests: 2000, cost: 5 }),
});
export type RunSettings = z.infer<typeof runSettingsSchema>;
