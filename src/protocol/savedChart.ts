/** A chart that somebody wants as a file: a message of the charts panel. */
import * as z from 'zod';

/** Most characters of a picture: a PNG of about 12 MB. */
export const LONGEST_FILE = 16_000_000;
export const MOST_ROWS_SAVED = 20_000;

const cellSchema = z.union([z.number(), z.string().max(2_000)]);

export const savedChartSchema = z.discriminatedUnion('form', [
  /** Base64. */
  z.object({ form: z.literal('png'), content: z.base64().max(LONGEST_FILE).startsWith('iVBORw0KGgo') }),
  /** The markup. */
  z.object({ form: z.literal('svg'), content: z.string().max(LONGEST_FILE).startsWith('<?xml') }),
  /** Names are untrusted text: whoever writes the file takes care that none becomes a formula. */
  z.object({
    form: z.literal('csv'),
    columns: z.array(z.string().max(2_000)).max(100),
    rows: z.array(z.array(cellSchema).max(100)).max(MOST_ROWS_SAVED),
  }),
]);
export type SavedChart = z.infer<typeof savedChartSchema>;

/** Names a file, so it holds nothing that leads out of a folder. */
export const chartIdSchema = z.string().regex(/^[a-z][a-z-]{0,60}$/);
