/** What the built-in model's process and its owner say to each other. Checked on both sides. */
import * as z from 'zod';

const messageSchema = z.object({ role: z.enum(['system', 'user']), content: z.string() });

/** One key of the answer; a list, since keys have an order and may be called `__proto__`. */
const answerPartSchema = z.object({
  key: z.string(),
  /** One of these, or free text where absent. */
  options: z.array(z.string()).min(1).optional(),
  /** Of free text, in characters. */
  maxLength: z.number().int().positive().optional(),
  /** What is written is the one element of a list. */
  isList: z.boolean().optional(),
});
export type AnswerPart = z.infer<typeof answerPartSchema>;

const completeSchema = z.object({
  type: z.literal('complete'),
  id: z.number().int(),
  messages: z.array(messageSchema),
  answer: z.array(answerPartSchema),
  temperature: z.number().min(0),
  /** Of each free text of the answer. */
  maxTokens: z.number().int().positive().optional(),
});
export type CompleteMessage = z.infer<typeof completeSchema>;

export const toProcessSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('load'),
    /** Paths. */
    runtime: z.string(),
    weights: z.string(),
    threads: z.number().int().positive(),
  }),
  completeSchema,
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  z.object({
    type: z.literal('download'),
    runtime: z.string(),
    uri: z.string(),
    folder: z.string(),
    file: z.string(),
  }),
]);
export type ToProcess = z.infer<typeof toProcessSchema>;

export const fromProcessSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('loaded') }),
  z.object({ type: z.literal('load-failed'), message: z.string() }),
  z.object({
    type: z.literal('reply'),
    id: z.number().int(),
    text: z.string(),
    usage: z.object({ input: z.number(), output: z.number() }),
  }),
  z.object({
    type: z.literal('error'),
    id: z.number().int(),
    /** `too-long`: the prompt does not fit the model. */
    reason: z.enum(['too-long', 'canceled', 'failed']),
    message: z.string(),
  }),
  z.object({ type: z.literal('progress'), bytes: z.number(), total: z.number() }),
  z.object({ type: z.literal('downloaded') }),
  z.object({ type: z.literal('download-failed'), message: z.string() }),
]);
export type FromProcess = z.infer<typeof fromProcessSchema>;
