/** What the reader chose in the panel; VS Code keeps it while the panel is hidden or the window closed. */
import * as z from 'zod';

const viewStateSchema = z.object({
  /** Names of runs that are not on show. */
  hidden: z.array(z.string()),
  /** Ids of charts shown as tables. */
  tables: z.array(z.string()),
  /** Ids of charts with every row. */
  all: z.array(z.string()),
  scrollY: z.number(),
});
export type ViewState = z.infer<typeof viewStateSchema>;

export const FIRST_VIEW: ViewState = { hidden: [], tables: [], all: [], scrollY: 0 };

/** State of an older version, or none, gives the first view. */
export function readViewState(state: unknown): ViewState {
  return viewStateSchema.safeParse(state).data ?? FIRST_VIEW;
}

/** With `entry` in the list, or without it. */
export function toggleEntry(entries: readonly string[], entry: string, present: boolean): string[] {
  const others = entries.filter((other) => other !== entry);
  return present ? [...others, entry] : others;
}
