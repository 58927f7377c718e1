/** What the client said of itself in its first request. */
import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver/node';
import { serverOptionsSchema } from '../protocol/languageServer';

export interface Client {
  readonly capabilities: ClientCapabilities;
  /** As in the options. */
  readonly writeHere?: string;
}

export function readClient({ capabilities, initializationOptions }: InitializeParams): Client {
  const options = serverOptionsSchema.safeParse(initializationOptions ?? {});
  return { capabilities, ...(options.success && options.data) };
}
