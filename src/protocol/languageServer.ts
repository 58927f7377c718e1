/** What a client of the language server may say beyond the protocol; every part is optional. */
import * as z from 'zod';

export const serverOptionsSchema = z.object({
  /**
   * A command of the client that puts the cursor at a place, called with a URI and an LSP position after a quick fix
   * that leaves a text to be written there.
   */
  writeHere: z.string().optional(),
});

export type ServerOptions = z.infer<typeof serverOptionsSchema>;
