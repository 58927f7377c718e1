/** What an OpenAI-compatible endpoint sent back, checked. */
import * as z from 'zod';
import type { ModelReply } from './client';

const contentSchema = z.union([
  z.string(),
  z
    .array(z.looseObject({ text: z.string().optional() }))
    .transform((parts) => parts.map((part) => part.text ?? '').join('')),
]);

const completionSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        message: z.looseObject({
          content: contentSchema.nullish(),
          refusal: z.string().nullish(),
        }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.looseObject({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish().catch(undefined),
});

/** An endpoint may report an error under status 200. */
const errorSchema = z.looseObject({
  error: z.union([z.string(), z.looseObject({ message: z.string() }).transform(({ message }) => message)]),
});

export type ReadCompletion =
  | { readonly ok: true; readonly reply: ModelReply }
  /** What was sent instead, in words. */
  | { readonly ok: false; readonly said: string };

/** A refusal, in its own field or by a content filter, is a reply: its text is kept. */
export function readCompletion(body: unknown): ReadCompletion {
  const completion = completionSchema.safeParse(body);
  if (!completion.success) return { ok: false, said: describeBody(body) };
  const { choices, usage } = completion.data;
  const message = choices[0]?.message;
  const text = message?.content || message?.refusal || '';
  return {
    ok: true,
    reply: { text, ...(usage && { usage: { input: usage.prompt_tokens, output: usage.completion_tokens } }) },
  };
}

const EXCERPT = 120;

function describeBody(body: unknown): string {
  if (body === undefined || body === null || body === '') return 'an empty answer';
  const error = errorSchema.safeParse(body);
  if (error.success) return `an error under status 200: ${shorten(error.data.error)}`;
  if (typeof body !== 'string') return 'JSON that is no chat completion';
  return /^\s*<(?:!doctype|html)/i.test(body) ? 'a web page' : `text that is no chat completion: ${shorten(body)}`;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
}
