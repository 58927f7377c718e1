/** The client library, set up so that nothing comes from the environment and nothing is retried behind our back. */
import type OpenAI from 'openai';
import { fetchWithinOrigin } from './sameOriginFetch';

export interface LibraryOptions {
  readonly baseUrl: string;
  /** May be absent: local servers want none. */
  readonly apiKey?: string;
  /** Until the head of an answer. */
  readonly timeoutMs: number;
}

/** The library is loaded when the first request needs it: starting up stays light. */
export async function loadOpenAILibrary({ baseUrl, apiKey, timeoutMs }: LibraryOptions): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  return new OpenAI({
    baseURL: baseUrl,
    // Named explicitly, all of them: what is absent the library takes from the environment, and a key for one
    // endpoint must not reach another.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    defaultHeaders: apiKey ? {} : { Authorization: null },
    logLevel: 'off',
    // The engine retries, and nothing is retried twice.
    maxRetries: 0,
    timeout: timeoutMs,
    fetch: fetchWithinOrigin,
  });
}
