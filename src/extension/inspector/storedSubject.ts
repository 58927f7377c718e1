/** What was inspected, as the workspace keeps it for the next session. */
import * as z from 'zod';

const subjectSchema = z.object({
  file: z.string(),
  scenario: z.string(),
  value: z.string(),
  model: z.string().optional(),
  order: z.enum(['view', 'file']),
});

/** Undefined where nothing was inspected, or by another version. */
export function readStoredSubject(stored: unknown): z.infer<typeof subjectSchema> | undefined {
  return subjectSchema.safeParse(stored).data;
}
