/** Messages between the charts panel and the extension. The webview asks for what it shows. */
import * as z from 'zod';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

const modelRowSchema = z.object({
  /** The run's display name: the model id, made unique. */
  name: z.string(),
  model: z.string(),
  startedAt: z.string(),
  /** Index into the series colours and marker shapes, the same in every view. */
  series: count,
  alignmentRate: share.nullable(),
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

/** To the webview. */
export const toChartsSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('show'),
    /** What the charts are about, e.g. "examples/quickstart.scenario.yaml". */
    title: z.string(),
    models: z.array(modelRowSchema),
    items: z.array(itemRowSchema),
    running: z.boolean(),
  }),
  z.object({ type: z.literal('empty'), reason: z.string() }),
]);
export type ToCharts = z.infer<typeof toChartsSchema>;

/** From the webview. */
export const fromChartsSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('reveal'), file: z.string(), scenario: z.string(), value: z.string() }),
]);
export type FromCharts = z.infer<typeof fromChartsSchema>;
