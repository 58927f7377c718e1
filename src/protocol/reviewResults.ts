/** What reviewers found together, as the review panel shows it: aggregates, no single judgement. */
import * as z from 'zod';
import { RATING_METRICS } from '../core/review/rating';
import { RISK_TYPES } from '../core/review/risk';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);
/** Of −1…1; null where it is not defined. */
const kappa = z.number().min(-1).max(1);

const metricFindingsSchema = z.object({
  /** Share of ratings that are 1; null without ratings. */
  mean: share.nullable(),
  /** Low and high end of a 95 % interval. */
  interval: z.tuple([share, share]).nullable(),
  /** Share of decided actions of which most reviewers say 1; null where none is decided. */
  majority: share.nullable(),
  /** Actions without a majority: as many say 1 as 0. */
  tied: count,
  ratings: count,
  actions: count,
  reviewers: count,
  /** Cohen's between two reviewers, Fleiss' among more. */
  kappa: kappa.nullable(),
  kappaInterval: z.tuple([kappa, kappa]).nullable(),
  /** Which of the two it is, and over how many actions; or why there is none. */
  kappaNote: z.string(),
});
export type MetricFindings = z.infer<typeof metricFindingsSchema>;

const groupSchema = z.object({
  name: z.string(),
  /** In the order of `RATING_METRICS`. */
  metrics: z.array(metricFindingsSchema).length(RATING_METRICS.length),
});
export type ReviewedGroup = z.infer<typeof groupSchema>;

export const agreementPageSchema = z.object({
  /** What the ratings are of, e.g. "examples". */
  title: z.string(),
  reviewers: count,
  ratings: count,
  overall: groupSchema,
  byVariant: z.array(groupSchema),
  byCountry: z.array(groupSchema),
  byModel: z.array(groupSchema),
  /** Which generation variant is best and by how much, in whole sentences; empty where there are not two. */
  winner: z.array(z.string()),
  /** What the figures leave out, in whole sentences. */
  notes: z.array(z.string()),
  /** The reader's own ratings are not complete: what others say would sway them. */
  unfinished: z.boolean(),
});
export type AgreementPage = z.infer<typeof agreementPageSchema>;

const riskRowSchema = z.object({
  model: z.string(),
  /** Index into the series colours and marker shapes, the same in every view. */
  series: count,
  /** Gaps that somebody coded; each counts for what most of its reviewers saw. */
  coded: count,
  none: count,
  /** Gaps whose reviewers are split. */
  tie: count,
  /** In the order of `RISK_TYPES`. */
  byType: z.array(count).length(RISK_TYPES.length),
});
export type RiskRow = z.infer<typeof riskRowSchema>;

export const riskCountsSchema = z.object({
  title: z.string(),
  reviewers: count,
  coded: count,
  models: z.array(riskRowSchema),
  notes: z.array(z.string()),
});
export type RiskCounts = z.infer<typeof riskCountsSchema>;
