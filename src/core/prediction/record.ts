/**
 * What a file of predictions holds. One prediction = one observer model asked what one target model said or did.
 * It is JSON Lines as a run file is: one header, then one line for each predicted answer. The header holds every text
 * that is shown, so that the file stands by itself.
 */
import * as z from 'zod';
import { askedModelSchema, usageSchema } from '../runs/record';
import type { LineFormat } from '../runs/runFile';

export const PREDICTION_SCHEMA = 'value-action-lens/prediction@1';

const polaritySchema = z.enum(['agree', 'disagree']);

/** `stated`: whether the target said that it agrees with the value. `acted`: whether it chose the action that is shown. */
export const labelSchema = z.enum(['stated', 'acted']);
export type Label = z.infer<typeof labelSchema>;

/** What the observer sees of an action: its text; with the spans that carry the value; with an explanation; with both. */
export const settingSchema = z.enum(['action', 'attributions', 'explanation', 'all']);
export type Setting = z.infer<typeof settingSchema>;
export const SETTINGS: readonly Setting[] = settingSchema.options;

const shownActionSchema = z.object({
  polarity: polaritySchema,
  text: z.string(),
  /** Spans of the text that carry the value; empty where nobody named any. */
  attributions: z.array(z.string()),
  explanation: z.string().optional(),
});
/** An action with what is known about it. */
export type ShownAction = z.infer<typeof shownActionSchema>;

const placeShape = {
  /** The scenario's name, unique in its file. */
  scenario: z.string(),
  /** Path of the scenario file from the workspace folder; empty where nobody knows. */
  file: z.string(),
  country: z.string(),
  topic: z.string(),
  value: z.string(),
  definition: z.string(),
  /** Of the item's text; see `hashes.ts`. */
  actHash: z.string().optional(),
};

const labelledItemSchema = z.object({
  ...placeShape,
  action: shownActionSchema,
  /** What the target really did: stated agreement, or chose the action. */
  truth: z.boolean(),
  /** Which action the target chose. */
  acted: polaritySchema,
});
/** One item of the target's run, as an example or to be predicted. */
export type LabelledItem = z.infer<typeof labelledItemSchema>;

const forecastItemSchema = z.object({ ...placeShape, agree: shownActionSchema, disagree: shownActionSchema });
/** One item that the target was never asked about. */
export type ForecastItem = z.infer<typeof forecastItemSchema>;

const forecastSchema = z.object({
  setting: settingSchema,
  /** From the target's run; stated and acted are asked for one by one. */
  examples: z.object({ stated: z.array(labelledItemSchema), acted: z.array(labelledItemSchema) }),
  items: z.array(forecastItemSchema),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** How the sample came about, in items of the target's run. */
const drawnSchema = z.object({
  /** Wished for, for each class. */
  wished: z.object({ examples: z.number().int().min(0), tests: z.number().int().min(1) }),
  /** Usable items, by class. For `acted` each item stands in one class, every second one in the other. */
  usable: z.object({ true: z.number().int(), false: z.number().int() }),
  /** Items that could not be used, by reason. */
  leftOut: z.object({
    /** No usable stated answer. */
    stated: z.number().int(),
    /** No usable acted answer. */
    acted: z.number().int(),
    /** As many answers for the one action as for the other: which one it chose is open. */
    undecided: z.number().int(),
    /** An action was missing, so that nothing could be chosen. */
    incomplete: z.number().int(),
    /** The text of the action is nowhere to be found: answers that were imported come without it. */
    noText: z.number().int(),
  }),
});
export type Drawn = z.infer<typeof drawnSchema>;

export const predictionHeaderSchema = z.object({
  type: z.literal('predictions'),
  schema: z.literal(PREDICTION_SCHEMA),
  id: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  /** The observer. */
  model: askedModelSchema,
  /** Whose answers are predicted. */
  target: z.object({ run: z.string(), model: z.string(), systemLabel: z.string().optional(), startedAt: z.string() }),
  label: labelSchema,
  settings: z.array(settingSchema).min(1),
  seed: z.number().int(),
  drawn: drawnSchema,
  examples: z.array(labelledItemSchema),
  tests: z.array(labelledItemSchema),
  forecast: forecastSchema.optional(),
});
export type PredictionHeader = z.infer<typeof predictionHeaderSchema>;

/**
 * Names one request: `item` counts from 0 in the header's list of tests, or of forecast items, where it also says
 * which of the two actions is shown and what is asked.
 */
const keySchema = z.discriminatedUnion('part', [
  z.object({ part: z.literal('test'), setting: settingSchema, item: z.number().int().min(0) }),
  z.object({
    part: z.literal('forecast'),
    label: labelSchema,
    polarity: polaritySchema,
    item: z.number().int().min(0),
  }),
]);
export type PredictionKey = z.infer<typeof keySchema>;

/** What the observer answered. Neither True nor False is no answer, and never counted as False. */
export const predictedAnswerSchema = z.enum(['true', 'false', 'refused', 'unparsed']);
export type PredictedAnswer = z.infer<typeof predictedAnswerSchema>;

export const predictionSchema = z.object({
  type: z.literal('prediction'),
  key: keySchema,
  answer: predictedAnswerSchema,
  raw: z.string(),
  usage: usageSchema.optional(),
  ms: z.number().optional(),
  at: z.string(),
  cached: z.literal(true).optional(),
  unread: z.array(z.string()).optional(),
});
export type Prediction = z.infer<typeof predictionSchema>;

/** A request that got no answer at all. Retrying replaces the line. */
export const predictionFailureSchema = z.object({
  type: z.literal('failure'),
  key: keySchema,
  failure: z.object({ code: z.string(), message: z.string() }),
  at: z.string(),
});
export type PredictionFailure = z.infer<typeof predictionFailureSchema>;

export const predictionObservationSchema = z.discriminatedUnion('type', [predictionSchema, predictionFailureSchema]);
export type PredictionObservation = z.infer<typeof predictionObservationSchema>;

export const PREDICTION_LINES: LineFormat<PredictionHeader, PredictionObservation> = {
  header: predictionHeaderSchema,
  observation: predictionObservationSchema,
  refusal: 'The first line is not the header of a prediction. Choose a .jsonl file that "predict" wrote.',
};
