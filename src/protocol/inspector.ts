/** Messages between the gap inspector and the extension. Raw responses come one model at a time, when they are asked for. */
import * as z from 'zod';
import { actedAnswerSchema, statedAnswerSchema } from '../core/runs/record';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

const slot = {
  variant: z.number().int().min(0).max(7),
  /** 0-based. */
  repeat: count,
};

const actionSchema = z.object({
  action: z.string(),
  attributions: z.array(z.string()),
  explanation: z.string().optional(),
});
export type ShownAction = z.infer<typeof actionSchema>;

/** What one model's newest result about the item says. */
const modelResultSchema = z.object({
  /** Full id. */
  model: z.string(),
  /** Another one: the raw responses are to be read anew. */
  version: z.string(),
  /** Index into the series markers, the same in every view. */
  series: count,
  /** When the run began, as the user's system writes it. */
  asked: z.string(),
  status: z.enum(['gap', 'aligned', 'undecided', 'unusable', 'incomplete']),
  direction: z.enum(['stated-agree-acted-disagree', 'stated-disagree-acted-agree']).optional(),
  /** The text on screen is no longer the text that was asked about. */
  stale: z.boolean(),
  stated: share.nullable(),
  acted: share.nullable(),
  distance: share.nullable(),
  stateAnswers: z.array(z.object({ ...slot, answer: statedAnswerSchema })),
  actAnswers: z.array(z.object({ ...slot, answer: actedAnswerSchema, explanation: z.string().optional() })),
  failures: count,
  /** What the model was shown. */
  agree: actionSchema.optional(),
  disagree: actionSchema.optional(),
});
export type InspectedModel = z.infer<typeof modelResultSchema>;

const itemSchema = z.object({
  type: z.literal('show'),
  /** Names the item; answers to `readRaw` carry it. */
  key: z.string(),
  scenario: z.string(),
  country: z.string(),
  topic: z.string(),
  /** Path of the scenario's file from the workspace folder; empty where its answers were imported without one. */
  file: z.string(),
  value: z.string(),
  definition: z.string(),
  /** One of the 10 types; empty for a value of the user's own. */
  motivationalType: z.string(),
  /** What matters most first; empty where no model was asked yet. */
  models: z.array(modelResultSchema),
  /** Which model is looked at: index into `models`. */
  selected: count,
  /** Where the item stands among the gaps that previous and next go through. */
  place: z.object({
    order: z.enum(['view', 'file']),
    /** 0-based; −1 where the item is no gap. */
    index: z.number().int().min(-1),
    total: count,
  }),
  /** Models that are being asked about the item now. */
  running: z.array(z.string()),
  canRun: z.boolean(),
});
export type InspectedItem = z.infer<typeof itemSchema>;

const rawAnswerSchema = z.object({
  task: z.enum(['state', 'act']),
  ...slot,
  /** Exactly as the model wrote it, at most `LONGEST_RAW` characters. Untrusted. */
  raw: z.string(),
  /** How many characters there are beyond those. */
  cut: count,
  /** Earlier replies to the same prompt in which nothing could be read. */
  unread: z.array(z.string()),
  /** The answer was known from an earlier run. */
  cached: z.boolean(),
  /** Milliseconds that the answer took. */
  ms: z.number().optional(),
});
export type RawAnswer = z.infer<typeof rawAnswerSchema>;

const rawFailureSchema = z.object({ task: z.enum(['state', 'act']), ...slot, code: z.string(), message: z.string() });
export type RawFailure = z.infer<typeof rawFailureSchema>;

/** The longest raw response that one message carries, in UTF-16 units. */
export const LONGEST_RAW = 60_000;

/** To the webview. */
export const toInspectorSchema = z.discriminatedUnion('type', [
  itemSchema,
  z.object({
    type: z.literal('raw'),
    key: z.string(),
    model: z.string(),
    answers: z.array(rawAnswerSchema),
    failures: z.array(rawFailureSchema),
    /** Why they cannot be shown, and what to do. */
    problem: z.string().optional(),
  }),
  /** `loading`: it will come by itself. */
  z.object({ type: z.literal('empty'), reason: z.string(), loading: z.boolean() }),
]);
export type ToInspector = z.infer<typeof toInspectorSchema>;
export type RawReply = Extract<ToInspector, { type: 'raw' }>;

/** From the webview. */
export const fromInspectorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('select'), model: z.string() }),
  z.object({ type: z.literal('readRaw'), key: z.string(), model: z.string() }),
  z.object({ type: z.literal('step'), step: z.union([z.literal(1), z.literal(-1)]) }),
  z.object({ type: z.literal('reveal') }),
  z.object({ type: z.literal('copy') }),
  z.object({ type: z.literal('run') }),
  z.object({ type: z.literal('openRun'), model: z.string() }),
]);
export type FromInspector = z.infer<typeof fromInspectorSchema>;
