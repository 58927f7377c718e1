/**
 * What a file of proposals holds. One generation = one model asked for actions of one selection of items.
 * It is JSON Lines as a run file is: one header, then one line for each proposal.
 */
import * as z from 'zod';
import { askedModelSchema, usageSchema } from '../runs/record';
import type { LineFormat } from '../runs/runFile';

export const GENERATION_SCHEMA = 'value-action-lens/generation@1';

export const polaritySchema = z.enum(['agree', 'disagree']);

const askedItemSchema = z.object({
  value: z.string(),
  definition: z.string(),
  /** The actions that were there when the generation began. */
  agree: z.string().optional(),
  disagree: z.string().optional(),
  /** Which actions are asked for; none for an item that has what it needs. */
  ask: z.array(polaritySchema),
});
/** One item as it was when the generation began. */
export type AskedItem = z.infer<typeof askedItemSchema>;

const askedScenarioSchema = z.object({
  /** Unique in the generation: the scenario's name, made unique where two files use the same one. */
  key: z.string(),
  name: z.string(),
  /** Path of the scenario file from the workspace folder, with `/`; empty for a scenario of a study that has none yet. */
  file: z.string(),
  country: z.string(),
  topic: z.string(),
  items: z.array(askedItemSchema),
});
export type AskedScenario = z.infer<typeof askedScenarioSchema>;

export const generationHeaderSchema = z.object({
  type: z.literal('generation'),
  schema: z.literal(GENERATION_SCHEMA),
  id: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  model: askedModelSchema,
  /** Which of the 8 wordings ask for each action. */
  variants: z.array(z.number().int().min(0).max(7)),
  polarities: z.array(polaritySchema),
  scenarios: z.array(askedScenarioSchema),
});
export type GenerationHeader = z.infer<typeof generationHeaderSchema>;

const keyShape = {
  scenario: z.string(),
  value: z.string(),
  polarity: polaritySchema,
  variant: z.number().int().min(0).max(7),
};

/** What was read in the answer of a model. */
export const proposedAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('action'),
    action: z.string(),
    /** Spans of the action, each really in it. */
    attributions: z.array(z.string()),
    explanation: z.string().optional(),
  }),
  z.object({ kind: z.literal('refused') }),
  z.object({ kind: z.literal('unparsed') }),
  /** The answer says it is about the other side. */
  z.object({ kind: z.literal('wrong-polarity') }),
]);
export type ProposedAnswer = z.infer<typeof proposedAnswerSchema>;

/** A reason to look twice, or to leave the proposal; see `checks.ts`. */
export const findingSchema = z.object({
  code: z.enum([
    'refused',
    'unparsed',
    'wrong-polarity',
    'not-first-person',
    'too-long',
    'cut-off',
    'identical-actions',
    'attribution-trimmed',
    'attribution-dropped',
    'repaired',
  ]),
  /** For people: what it is, and where. */
  message: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

export const proposalSchema = z.object({
  type: z.literal('proposal'),
  ...keyShape,
  answer: proposedAnswerSchema,
  /** What the answer says about itself; what it shares with other proposals is found when they are collected. */
  checks: z.array(findingSchema),
  raw: z.string(),
  usage: usageSchema.optional(),
  ms: z.number().optional(),
  at: z.string(),
  cached: z.literal(true).optional(),
  unread: z.array(z.string()).optional(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** A request that got no answer at all. Retrying replaces the line. */
export const generationFailureSchema = z.object({
  type: z.literal('failure'),
  ...keyShape,
  failure: z.object({ code: z.string(), message: z.string() }),
  at: z.string(),
});
export type GenerationFailure = z.infer<typeof generationFailureSchema>;

export const generationObservationSchema = z.discriminatedUnion('type', [proposalSchema, generationFailureSchema]);
export type GenerationObservation = z.infer<typeof generationObservationSchema>;

export const GENERATION_LINES: LineFormat<GenerationHeader, GenerationObservation> = {
  header: generationHeaderSchema,
  observation: generationObservationSchema,
  refusal: 'The first line is not the header of a generation. Choose a .proposals.jsonl file that "generate" wrote.',
};
