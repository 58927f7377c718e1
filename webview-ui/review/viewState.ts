/** Where the reader was; VS Code keeps it while the panel is hidden or the window closed. */
import * as z from 'zod';

const viewStateSchema = z.object({
  /** Which deck `place` is in. */
  deck: z.string(),
  place: z.object({ card: z.number().int().min(0), slot: z.number().int().min(0) }).optional(),
  /** The results are looked at in place of the deck. */
  results: z.boolean(),
  /** Ids of charts shown as tables. */
  tables: z.array(z.string()),
  /** Ids of charts with every row. */
  all: z.array(z.string()),
  /** Chart, control, chosen option. */
  chosen: z.array(z.tuple([z.string(), z.string(), z.string()])),
});
export type ReviewViewState = z.infer<typeof viewStateSchema>;

export const FIRST_VIEW: ReviewViewState = { deck: '', results: false, tables: [], all: [], chosen: [] };

/** State of an older version, or none, gives the first view. */
export function readViewState(state: unknown): ReviewViewState {
  return viewStateSchema.safeParse(state).data ?? FIRST_VIEW;
}
