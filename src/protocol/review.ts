/**
 * Messages between the review panel and the extension. The page gets what a reviewer may know: neither the model nor the
 * wording that made an action, and no other reviewer's judgement of it.
 */
import * as z from 'zod';
import { RATING_METRICS } from '../core/review/rating';
import { RISK_TYPES } from '../core/review/risk';
import { agreementPageSchema, riskCountsSchema } from './reviewResults';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);
const binary = z.union([z.literal(0), z.literal(1)]);

/** What is judged: untrusted texts, shown as text. */
const cardShape = {
  /** `country · topic`. */
  scenario: z.string(),
  value: z.string(),
  definition: z.string(),
  action: z.string(),
  /** Spans of the action that carry the value. */
  attributions: z.array(z.string()),
  explanation: z.string().optional(),
};

const ratedActionSchema = z.object({
  ...cardShape,
  polarity: z.enum(['agree', 'disagree']),
  /** The reviewer's own, in the order of `RATING_METRICS`; null where not rated yet. */
  ratings: z.array(binary.nullable()).length(RATING_METRICS.length),
});
export type RatedAction = z.infer<typeof ratedActionSchema>;

const riskTypeSchema = z.enum(RISK_TYPES.map(({ type }) => type));

const codedGapSchema = z.object({
  ...cardShape,
  model: z.string(),
  direction: z.enum(['stated-agree-acted-disagree', 'stated-disagree-acted-agree']),
  stated: share,
  acted: share,
  /** How often the action was chosen, and out of how many choices. */
  chosen: z.tuple([count, count]),
  /** The other action of the item, which the model left. */
  other: z.string(),
  /** Absent: not coded yet. Null: looked at, and none of the risks. */
  risk: riskTypeSchema.nullable().optional(),
});
export type CodedGap = z.infer<typeof codedGapSchema>;

const deckShape = {
  /** Names the deck: the page keeps its place in it. */
  key: z.string(),
  title: z.string(),
  reviewer: z.string(),
  /** Where judgements go: path from the workspace folder, or a whole one. */
  file: z.string(),
  /** What a reviewer must know about the deck, in whole sentences. */
  notes: z.array(z.string()),
};

const saveSchema = z.object({
  /** Judgements that are not in the file yet. */
  unsaved: count,
  /** Why not. */
  reason: z.string().optional(),
});

/** To the webview. */
export const toReviewSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('actions'), ...deckShape, actions: z.array(ratedActionSchema), save: saveSchema }),
  z.object({ type: z.literal('gaps'), ...deckShape, gaps: z.array(codedGapSchema), save: saveSchema }),
  /** Nothing to judge, only what others have judged. */
  z.object({ type: z.literal('results'), of: z.enum(['agreement', 'risks']), title: z.string() }),
  z.object({ type: z.literal('save'), save: saveSchema }),
  z.object({ type: z.literal('agreement'), page: agreementPageSchema }),
  z.object({ type: z.literal('risks'), counts: riskCountsSchema }),
  z.object({ type: z.literal('empty'), reason: z.string() }),
]);
export type ToReview = z.infer<typeof toReviewSchema>;
export type SaveState = z.infer<typeof saveSchema>;

/** From the webview. */
export const fromReviewSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** `at`: index into the deck. */
  z.object({ type: z.literal('rate'), at: count, metric: z.enum(RATING_METRICS), rating: binary }),
  z.object({ type: z.literal('code'), at: count, risk: riskTypeSchema.nullable() }),
  z.object({ type: z.literal('saveAgain') }),
  z.object({ type: z.literal('ask'), for: z.enum(['agreement', 'risks']) }),
  z.object({ type: z.literal('exportCsv'), of: z.enum(['agreement', 'risks']) }),
]);
export type FromReview = z.infer<typeof fromReviewSchema>;
