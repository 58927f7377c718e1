/** What the reader chose in the panel; VS Code keeps it while the panel is hidden or the window closed. */
import * as z from 'zod';
import { itemsQuestionSchema } from '../../src/protocol/charts';

const viewStateSchema = z.object({
  /** Names of runs that are not on show. */
  hidden: z.array(z.string()),
  /** Ids of charts shown as tables. */
  tables: z.array(z.string()),
  /** Ids of charts with every row. */
  all: z.array(z.string()),
  /** Chart, control, chosen option. */
  chosen: z.array(z.tuple([z.string(), z.string(), z.string()])).default([]),
  /** The items that are looked at in place of the charts. */
  question: itemsQuestionSchema.optional(),
  scrollY: z.number(),
});
export type ViewState = z.infer<typeof viewStateSchema>;

export const FIRST_VIEW: ViewState = { hidden: [], tables: [], all: [], chosen: [], scrollY: 0 };

/** State of an older version, or none, gives the first view. */
export function readViewState(state: unknown): ViewState {
  return viewStateSchema.safeParse(state).data ?? FIRST_VIEW;
}

/** With `entry` in the list, or without it. */
export function toggleEntry(entries: readonly string[], entry: string, present: boolean): string[] {
  const others = entries.filter((other) => other !== entry);
  return present ? [...others, entry] : others;
}

/** What was chosen in one chart, by control. */
export function readChosen({ chosen }: ViewState, chart: string): ReadonlyMap<string, string> {
  return new Map(chosen.flatMap(([id, control, value]) => (id === chart ? [[control, value]] : [])));
}

export function keepChosen(
  { chosen }: ViewState,
  chart: string,
  own: ReadonlyMap<string, string>,
): ViewState['chosen'] {
  const others = chosen.filter(([id]) => id !== chart);
  return [...others, ...[...own].map(([control, value]): [string, string, string] => [chart, control, value])];
}
