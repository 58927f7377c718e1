/** Endpoints as the settings describe them, and the ids of models. */
import * as z from 'zod';
import { type ModelParameters, modelParametersSchema } from '../core/runs/record';

/** `ollama`, `openai`: no slash, so that the first slash of an id ends it. */
const ENDPOINT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** Prefixes of ids that name something other than an endpoint. */
const RESERVED = ['vscode', 'builtin'];

export const baseUrlSchema = z.string().superRefine((text, context) => {
  const problem = explainBaseUrl(text);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

const priceSchema = z.strictObject({ input: z.number().min(0), output: z.number().min(0) });
/** Of a million tokens, in whatever currency the user counts in. */
export type Price = z.infer<typeof priceSchema>;

export const endpointModelSchema = z.strictObject({
  id: z.string().min(1),
  ...modelParametersSchema.shape,
  price: priceSchema.optional(),
});
/** A model of an endpoint and how to ask it. */
export type EndpointModel = z.infer<typeof endpointModelSchema>;

/** What is sent to a model and recorded with a run. */
export function parametersOf({ id: _id, price: _price, ...parameters }: EndpointModel): ModelParameters {
  return parameters;
}

/** One entry of the setting `valueActionLens.endpoints`; a model may be given by its name alone. */
export const endpointSchema = z.strictObject({
  name: z
    .string()
    .regex(ENDPOINT_NAME, 'Use letters, digits, ".", "_" and "-", beginning with a letter or digit.')
    .refine((name) => !RESERVED.includes(name), `${RESERVED.join(' and ')} are taken. Choose another name.`),
  baseUrl: baseUrlSchema,
  models: z
    .array(
      z.union([
        z
          .string()
          .min(1)
          .transform((id): EndpointModel => ({ id })),
        endpointModelSchema,
      ]),
    )
    .default([]),
  /** Limits of the endpoint, shared by its models; input and output tokens together. */
  requestsPerMinute: z.number().positive().optional(),
  tokensPerMinute: z.number().positive().optional(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

export type ModelId =
  | { readonly kind: 'endpoint'; readonly endpoint: string; readonly model: string }
  | { readonly kind: 'vscode'; readonly vendor: string; readonly id: string }
  | { readonly kind: 'builtin'; readonly name: string };

/** Reads `ENDPOINT/MODEL` (the model may hold slashes), `vscode/VENDOR/ID` or `builtin/NAME`; undefined for others. */
export function parseModelId(id: string): ModelId | undefined {
  const [first, rest] = splitAtSlash(id);
  if (!rest) return undefined;
  if (first === 'builtin') return { kind: 'builtin', name: rest };
  if (first === 'vscode') {
    const [vendor, model] = splitAtSlash(rest);
    return vendor && model ? { kind: 'vscode', vendor, id: model } : undefined;
  }
  return ENDPOINT_NAME.test(first) ? { kind: 'endpoint', endpoint: first, model: rest } : undefined;
}

function splitAtSlash(text: string): [string, string] {
  const at = text.indexOf('/');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** What is wrong with a base URL, in words; undefined where nothing is. */
export function explainBaseUrl(text: string): string | undefined {
  const example = 'Give an address such as http://localhost:11434/v1.';
  if (!URL.canParse(text)) return `This is not a URL. ${example}`;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `Only http and https are spoken. ${example}`;
  if (url.username || url.password) return `Keep the user name and password out of the URL. ${example}`;
  return undefined;
}
