/** Endpoints as the settings describe them. */
import * as z from 'zod';
import { type ModelParameters, modelParametersSchema } from '../core/runs/record';
import { ENDPOINT_NAME, RESERVED_NAMES } from './modelIds';

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
    .refine(
      (name) => !RESERVED_NAMES.includes(name),
      `${RESERVED_NAMES.join(' and ')} are taken. Choose another name.`,
    ),
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

/** One entry, with its defaults, or what is wrong with it in words. */
export function checkEndpoint(
  entry: unknown,
):
  | { readonly endpoint: Endpoint; readonly problem?: undefined }
  | { readonly endpoint?: undefined; readonly problem: string } {
  const { data, error } = endpointSchema.safeParse(entry);
  return data ? { endpoint: data } : { problem: z.prettifyError(error) };
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
