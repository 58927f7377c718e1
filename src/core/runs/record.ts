/**
 * What a run file holds. One run = one model asked about one selection of scenarios.
 * A run file is JSON Lines: one header, then one line for each final observation.
 */
import * as z from 'zod';
import { promptOverridesSchema } from '../scenario/schema';

export const RUN_SCHEMA = 'value-action-lens/run@1';

/** Why an answer could not be used. `missing`: the model answered, but not about this. */
export const unusableSchema = z.enum(['refused', 'unparsed', 'missing']);
export type Unusable = z.infer<typeof unusableSchema>;

/** 1 strongly agree, 2 agree, 3 disagree, 4 strongly disagree (portrait: like me … not like me at all). */
export const likertSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Likert = z.infer<typeof likertSchema>;

export const statedAnswerSchema = z.union([likertSchema, unusableSchema]);
export type StatedAnswer = z.infer<typeof statedAnswerSchema>;

export const actedAnswerSchema = z.union([z.enum(['agree', 'disagree']), unusableSchema]);
export type ActedAnswer = z.infer<typeof actedAnswerSchema>;

export const usageSchema = z.object({ input: z.number(), output: z.number() });
/** Tokens as the endpoint counted them. */
export type Usage = z.infer<typeof usageSchema>;

const itemSnapshotSchema = z.object({
  value: z.string(),
  definition: z.string().optional(),
  portrait: z.string().optional(),
  agree: z.string().optional(),
  disagree: z.string().optional(),
  /** `incomplete`: an action was missing, so Task 2 could not ask; `not-selected`: the run was for other items. */
  act: z.enum(['asked', 'incomplete', 'not-selected']),
  /** Hash of everything Task 2 puts before the model for this item; see `hashes.ts`. */
  actHash: z.string().optional(),
});
export type ItemSnapshot = z.infer<typeof itemSnapshotSchema>;

const scenarioSnapshotSchema = z.object({
  /** Unique in the run: the scenario's name, made unique where two files use the same one. */
  key: z.string(),
  name: z.string(),
  /** Path of the scenario file from the workspace folder, with `/`; empty for imported answers. */
  file: z.string(),
  country: z.string(),
  topic: z.string(),
  system: z.string().optional(),
  prompts: promptOverridesSchema.optional(),
  /** Hash of everything Task 1 puts before the model for this scenario; see `hashes.ts`. */
  stateHash: z.string().optional(),
  items: z.array(itemSnapshotSchema),
});
/** The text a run was made from, kept with it so that a run stands by itself. */
export type ScenarioSnapshot = z.infer<typeof scenarioSnapshotSchema>;

export const modelParametersSchema = z.object({
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.number().int().positive().optional(),
  /** Passed on to the endpoint as they are. */
  extra: z.record(z.string(), z.unknown()).optional(),
  /** Ask for JSON by schema. Off by default: a forced schema suppresses refusals. */
  structuredOutput: z.boolean().optional(),
});
export type ModelParameters = z.infer<typeof modelParametersSchema>;

/** Whom a journal's requests went to. */
export const askedModelSchema = z.object({
  id: z.string(),
  baseUrl: z.string().optional(),
  /** The environment variable that held the key, so that resuming finds it again; never the key itself. */
  apiKeyEnv: z.string().optional(),
  parameters: modelParametersSchema,
  /** What a reader must know about how this model was asked, e.g. that it has no system role. */
  notes: z.array(z.string()),
});

export const runHeaderSchema = z.object({
  type: z.literal('run'),
  schema: z.literal(RUN_SCHEMA),
  id: z.string(),
  /** Runs started together (one for each ticked model) share a group. */
  group: z.string().optional(),
  startedAt: z.string(),
  model: askedModelSchema,
  /** Which of the scenarios' `systems` was sent; absent for a plain `system`, or none. */
  systemLabel: z.string().optional(),
  variants: z.object({
    task1: z.array(z.number().int().min(0).max(7)),
    task2: z.array(z.number().int().min(0).max(7)),
  }),
  repeats: z.number().int().positive(),
  scenarios: z.array(scenarioSnapshotSchema),
});
export type RunHeader = z.infer<typeof runHeaderSchema>;

/** Names one request of a run. */
const requestKeyShape = {
  scenario: z.string(),
  variant: z.number().int().min(0).max(7),
  /** 0-based. */
  repeat: z.number().int().min(0),
};
const replyShape = {
  raw: z.string(),
  /** All that was spent on this answer, asking again included. */
  usage: usageSchema.optional(),
  ms: z.number().optional(),
  at: z.string(),
  /** The answer was known from an earlier run: nothing was asked, and `usage` was spent then. */
  cached: z.literal(true).optional(),
  /** Raw texts of earlier replies that could not be read, where the model was asked again. */
  unread: z.array(z.string()).optional(),
};

/** Task 1: one prompt asked about all values of a scenario. Pairs keep order and survive a value named `__proto__`. */
export const stateObservationSchema = z.object({
  type: z.literal('state'),
  ...requestKeyShape,
  answers: z.array(z.tuple([z.string(), statedAnswerSchema])),
  ...replyShape,
});
export type StateObservation = z.infer<typeof stateObservationSchema>;

/** Task 2: one prompt asked for one item. */
export const actObservationSchema = z.object({
  type: z.literal('act'),
  ...requestKeyShape,
  value: z.string(),
  answer: actedAnswerSchema,
  explanation: z.string().optional(),
  ...replyShape,
});
export type ActObservation = z.infer<typeof actObservationSchema>;

/** A request that got no answer at all. Retrying replaces the line. */
export const failureObservationSchema = z.object({
  type: z.literal('failure'),
  task: z.enum(['state', 'act']),
  ...requestKeyShape,
  value: z.string().optional(),
  failure: z.object({ code: z.string(), message: z.string() }),
  at: z.string(),
});
export type FailureObservation = z.infer<typeof failureObservationSchema>;

export const observationSchema = z.discriminatedUnion('type', [
  stateObservationSchema,
  actObservationSchema,
  failureObservationSchema,
]);
export type Observation = z.infer<typeof observationSchema>;

/** What measures need of a run: its observations, one after the other and as often as they like. */
export interface ObservedRun {
  readonly header: RunHeader;
  readonly observations: Iterable<Observation>;
}

/** A run as read back from its file. */
export interface Run extends ObservedRun {
  readonly observations: readonly Observation[];
}
