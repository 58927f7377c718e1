/** What reviewers found, as one document: what `review report --json` prints. */
import { type BootstrapOptions, DEFAULT_BOOTSTRAP } from '../metrics/bootstrap';
import { type MetricReview, reviewMetric } from './metricReview';
import { countryOfItem, RATING_METRICS, type Rating, type RatingMetric } from './rating';
import type { FoldedRatings } from './ratingFile';
import type { FoundRecord, RecordConflict, ReviewProblem } from './recordFile';
import type { FoldedRisks, RiskCoding } from './risk';
import { compareNames, type RiskReport, reportRisks } from './riskReport';
import { chooseVariant, type VariantChoice } from './variantChoice';

export const REVIEW_SCHEMA = 'value-action-lens/review@1';

/** Null where nothing was rated by that metric. */
export type MetricReviews = Readonly<Record<RatingMetric, MetricReview | null>>;

export interface GroupReview {
  readonly metrics: MetricReviews;
}

/** One contradiction between files, or between the sides of a merge. */
export interface ConflictReport {
  readonly reviewer: string;
  readonly item: string;
  /** Of ratings; null for a risk coding. */
  readonly polarity: Rating['polarity'] | null;
  readonly variant: number | null;
  readonly model: string | null;
  /** A metric, or `risk`. */
  readonly metric: RatingMetric | 'risk';
  readonly candidates: readonly ConflictCandidate[];
  /** The latest, which counts: index into `candidates`. */
  readonly taken: number;
}

export interface ConflictCandidate {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 0 or 1; of a risk coding the type, or null for none. */
  readonly verdict: number | string | null;
  readonly at: string;
}

export interface ReviewReport {
  readonly schema: typeof REVIEW_SCHEMA;
  readonly ratings: number;
  /** In order of name. */
  readonly reviewers: readonly { readonly name: string; readonly ratings: number }[];
  readonly overall: GroupReview;
  /** In order of number, name, name; null, where nobody knows, comes last. */
  readonly byVariant: readonly (GroupReview & { readonly variant: number | null })[];
  readonly byCountry: readonly (GroupReview & { readonly country: string | null })[];
  readonly byModel: readonly (GroupReview & { readonly model: string | null })[];
  /** Null where no rating says which variant made the action. */
  readonly choice: VariantChoice | null;
  /** Null where nothing was coded. */
  readonly risks: RiskReport | null;
  readonly conflicts: readonly ConflictReport[];
  /** Lines that could not be read, and unresolved merges. */
  readonly problems: readonly ReviewProblem[];
}

export function reportReview(
  folded: FoldedRatings,
  foldedRisks?: FoldedRisks,
  options: BootstrapOptions = DEFAULT_BOOTSTRAP,
): ReviewReport {
  const { ratings } = folded;
  const group = <T>(keyOf: (rating: Rating) => T, compare: (a: T, b: T) => number) =>
    groupBy(ratings, keyOf)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, members]) => ({ key, ...reviewGroup(members, options) }));
  const compareNumbers = (a: number | null, b: number | null) => (a ?? Infinity) - (b ?? Infinity) || 0;
  return {
    schema: REVIEW_SCHEMA,
    ratings: ratings.length,
    reviewers: groupBy(ratings, ({ reviewer }) => reviewer)
      .sort(([a], [b]) => compareNames(a, b))
      .map(([name, members]) => ({ name, ratings: members.length })),
    overall: reviewGroup(ratings, options),
    byVariant: group(({ variant }) => variant, compareNumbers).map(({ key, metrics }) => ({ variant: key, metrics })),
    byCountry: group(({ item }) => countryOfItem(item) ?? null, compareNames).map(({ key, metrics }) => ({
      country: key,
      metrics,
    })),
    byModel: group(({ model }) => model, compareNames).map(({ key, metrics }) => ({ model: key, metrics })),
    choice: chooseVariant(ratings, options),
    risks: foldedRisks && foldedRisks.risks.length > 0 ? reportRisks(foldedRisks.risks) : null,
    conflicts: [
      ...folded.conflicts.map(reportRatingConflict),
      ...(foldedRisks?.conflicts.map(reportRiskConflict) ?? []),
    ],
    problems: [...folded.problems, ...(foldedRisks?.problems ?? [])],
  };
}

function reviewGroup(ratings: readonly Rating[], options: BootstrapOptions): GroupReview {
  const review = (metric: RatingMetric): MetricReview | null => {
    const chosen = ratings.filter((rating) => rating.metric === metric);
    return chosen.length === 0 ? null : reviewMetric(chosen, options);
  };
  const reviews = RATING_METRICS.map((metric) => [metric, review(metric)] as const);
  return { metrics: Object.fromEntries(reviews) as MetricReviews };
}

function groupBy<T, K>(members: readonly T[], keyOf: (member: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return [...groups];
}

function reportRatingConflict(conflict: RecordConflict<Rating>): ConflictReport {
  const { reviewer, item, polarity, variant, model, metric } = conflict.taken.record;
  return { reviewer, item, polarity, variant, model, metric, ...listCandidates(conflict, ({ rating }) => rating) };
}

function reportRiskConflict(conflict: RecordConflict<RiskCoding>): ConflictReport {
  const { reviewer, item, model } = conflict.taken.record;
  const candidates = listCandidates(conflict, ({ risk }) => risk);
  return { reviewer, item, polarity: null, variant: null, model, metric: 'risk', ...candidates };
}

function listCandidates<T extends { readonly at: string }>(
  { candidates, taken }: RecordConflict<T>,
  verdictOf: (record: T) => ConflictCandidate['verdict'],
) {
  const list = ({ path, line, record }: FoundRecord<T>) => ({ path, line, verdict: verdictOf(record), at: record.at });
  return { candidates: candidates.map(list), taken: candidates.indexOf(taken) };
}
