/** What is sent to an OpenAI-compatible endpoint, and what is left out where the endpoint rejects it. */
import type { JsonObjectSchema, JsonTextSchema } from '../core/prompts/messages';
import type { ModelRequest } from './client';

/** The body of a chat completion request; `extra` may add anything. */
export type ChatBody = { model: string; messages: unknown[] } & Record<string, unknown>;

const DEFAULT_TEMPERATURE = 0.2;

/** Names an endpoint rejected, learned once for a client. */
export class RejectedParameters {
  private readonly names = new Set<string>();

  has(name: string): boolean {
    return this.names.has(name);
  }

  /** False where it was known already. */
  add(name: string): boolean {
    if (this.names.has(name)) return false;
    this.names.add(name);
    return true;
  }
}

export function buildChatBody(model: string, request: ModelRequest, rejected: RejectedParameters): ChatBody {
  const { temperature = DEFAULT_TEMPERATURE, maxTokens, extra = {}, structuredOutput } = request.parameters;
  const { name, schema } = request.answerFormat;
  const optional: Record<string, unknown> = {
    temperature,
    ...(maxTokens !== undefined && { [nameTokenLimit(rejected)]: maxTokens }),
    ...(structuredOutput && {
      response_format: { type: 'json_schema', json_schema: { name, schema: dropLengths(schema), strict: true } },
    }),
    ...extra,
  };
  const kept = Object.entries(optional).filter(([key]) => !rejected.has(key));
  // Last, so that no extra parameter changes whom we ask and what about.
  return {
    ...Object.fromEntries(kept),
    model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
  };
}

/** Endpoints with strict schemas reject a length limit; it only keeps small models from rambling. */
function dropLengths(schema: JsonObjectSchema): JsonObjectSchema {
  const dropLength = ({ maxLength, ...rest }: JsonTextSchema): JsonTextSchema => rest;
  const properties = Object.entries(schema.properties).map(([name, property]) => {
    if (property.type === 'string') return [name, dropLength(property)] as const;
    return [name, { type: property.type, items: dropLength(property.items) }] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Newer models know the limit under another name. */
function nameTokenLimit(rejected: RejectedParameters): string {
  return rejected.has('max_tokens') ? 'max_completion_tokens' : 'max_tokens';
}

const ESSENTIAL: ReadonlySet<string> = new Set(['model', 'messages']);

/** The parameter of the body that an endpoint's complaint is about: the one it names, else the first it mentions. */
export function findRejectedParameter(
  complaint: { readonly param?: string | null; readonly message: string },
  body: ChatBody,
): string | undefined {
  const names = Object.keys(body).filter((name) => !ESSENTIAL.has(name));
  const named = complaint.param?.split('.')[0];
  if (named) return names.find((name) => name === named);
  return names
    .map((name) => ({ name, at: findWord(complaint.message, name) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0]?.name;
}

/** `max_tokens` is not mentioned by a message about `my_max_tokens_2`. */
function findWord(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWord = !/\w/.test(text[at - 1] ?? ' ') && !/\w/.test(text[at + word.length] ?? ' ');
    if (isWord) return at;
  }
  return -1;
}
