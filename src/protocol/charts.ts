/** Messages between the charts panel and the extension. The webview asks for what it shows. */
import * as z from 'zod';
import { chartIdSchema, savedChartSchema } from './savedChart';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);
/** Low and high end of a 95 % interval; null where there is no rate. */
const interval = z.tuple([share, share]).nullable();

const modelRowSchema = z.object({
  /** The run's display name: the model id, made unique. */
  name: z.string(),
  model: z.string(),
  startedAt: z.string(),
  /** Index into the series colours and marker shapes, the same in every view. */
  series: count,
  alignmentRate: share.nullable(),
  interval,
  accuracy: share.nullable(),
  precision: share.nullable(),
  recall: share.nullable(),
  kappa: z.number().nullable(),
  items: count,
  statedAgreeActedDisagree: count,
  statedDisagreeActedAgree: count,
  undecided: count,
  tiesStated: count,
  incomplete: count,
  unusable: count,
  failures: count,
  promptAgreementTask1: share.nullable(),
  promptAgreementTask2: share.nullable(),
  positionBias: share.nullable(),
  firstOptionRate: share.nullable(),
});
export type ModelRow = z.infer<typeof modelRowSchema>;

const itemRowSchema = z.object({
  /** Which run (`ModelRow.name`). */
  run: z.string(),
  /** From the workspace folder, with `/`; empty where the scenario's file is not in the workspace. */
  file: z.string(),
  scenario: z.string(),
  value: z.string(),
  status: z.enum(['gap', 'aligned', 'undecided', 'unusable', 'incomplete']),
  direction: z.enum(['stated-agree-acted-disagree', 'stated-disagree-acted-agree']).optional(),
  stated: share.nullable(),
  acted: share.nullable(),
  distance: share.nullable(),
});
export type ItemRow = z.infer<typeof itemRowSchema>;

/** One number for each of the study's values, 0…1; null where a value has none. */
export type Profile = readonly (number | null)[];

/** A study has tens of thousands of these numbers: one loop each, not one parser call for every number. */
const profile = z.custom<Profile>(isProfile, 'not a list of shares');

function isProfile(data: unknown): boolean {
  if (!Array.isArray(data)) return false;
  for (const one of data) if (one !== null && !(typeof one === 'number' && one >= 0 && one <= 1)) return false;
  return true;
}

const groupSchema = z.object({
  /** Country or topic; empty for all scenarios together. */
  name: z.string(),
  scenarios: count,
  /** Items that the rate counts. */
  items: count,
  alignmentRate: share.nullable(),
  interval,
  /** Means of the group by value, 0 agree … 1 disagree. */
  stated: profile,
  acted: profile,
  alignmentDistance: profile,
  meanItemDistance: profile,
});
export type StudyGroup = z.infer<typeof groupSchema>;

const studySchema = z.object({
  /** Every value of any run, in order of first appearance; profiles follow it. */
  values: z.array(z.string()),
  /** Keys of all scenarios, in order of first appearance. */
  scenarios: z.array(z.string()),
  runs: z.array(
    z.object({
      /** `ModelRow.name`. */
      run: z.string(),
      overall: groupSchema,
      byCountry: z.array(groupSchema),
      byTopic: z.array(groupSchema),
    }),
  ),
});
/** What several scenarios look like together: aggregates, never their items. */
export type Study = z.infer<typeof studySchema>;

/** Which items are wanted: a group's, all of them or one value's, of one run or of all. */
export const itemsQuestionSchema = z.object({
  by: z.enum(['overall', 'country', 'topic', 'scenario']),
  /** Country, topic or key of the scenario; empty for `overall`. */
  group: z.string(),
  value: z.string().optional(),
  run: z.string().optional(),
});
export type ItemsQuestion = z.infer<typeof itemsQuestionSchema>;

/** The most item rows that one message carries. */
export const MOST_ITEMS = 1500;

/** To the webview. */
export const toChartsSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('show'),
    /** What the charts are about, e.g. "examples/quickstart.scenario.yaml". */
    title: z.string(),
    models: z.array(modelRowSchema),
    /** How many items there are, over all runs. */
    itemCount: count,
    /** All of them where there are at most `MOST_ITEMS`, else none: ask with `items`. */
    items: z.array(itemRowSchema),
    /** Present where several scenarios are on show. */
    study: studySchema.optional(),
    running: z.boolean(),
  }),
  z.object({
    type: z.literal('items'),
    question: itemsQuestionSchema,
    /** Largest distance first where there are more than `MOST_ITEMS`, else in the order of the runs. */
    items: z.array(itemRowSchema),
    /** How many answer the question. */
    total: count,
  }),
  z.object({ type: z.literal('empty'), reason: z.string() }),
]);
export type ToCharts = z.infer<typeof toChartsSchema>;

/** From the webview. */
export const fromChartsSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('reveal'), file: z.string(), scenario: z.string(), value: z.string() }),
  z.object({ type: z.literal('items'), question: itemsQuestionSchema }),
  z.object({ type: z.literal('save'), chart: chartIdSchema, saved: savedChartSchema }),
]);
export type FromCharts = z.infer<typeof fromChartsSchema>;
