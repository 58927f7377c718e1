/** What reviewers found as plain tables, for the terminal and for CSV alike. */
import type { Interval } from '../core/metrics/bootstrap';
import type { MetricReview } from '../core/review/metricReview';
import { RATING_METRICS } from '../core/review/rating';
import type { GroupReview, ReviewReport } from '../core/review/report';
import type { RiskCounts, RiskReport } from '../core/review/riskReport';
import type { Cell, Column, ReportTable } from './reportTables';
import { describeKappa } from './reviewSentences';

const text = (name: string): Column => ({ name, kind: 'text' });
const count = (name: string): Column => ({ name, kind: 'count' });
const measure = (name: string): Column => ({ name, kind: 'measure' });

const METRIC_COLUMNS: readonly Column[] = [
  text('metric'),
  ...['ratings', 'actions', 'reviewers'].map(count),
  ...['mean', 'low', 'high', 'majority', 'majority low', 'majority high'].map(measure),
  count('ties'),
  ...['agreement', 'kappa', 'kappa low', 'kappa high'].map(measure),
  text('kappa of'),
];

export function tabulateReview({ overall }: ReviewReport): ReportTable {
  return { name: 'ratings', title: 'Ratings', columns: METRIC_COLUMNS, rows: listMetrics(overall) };
}

/** One table each for variant, country and model: a row a group and metric. */
export function tabulateReviewGroups({ byVariant, byCountry, byModel }: ReviewReport): ReportTable[] {
  return [
    tabulateGroups('variant', byVariant, ({ variant }) => variant?.toString()),
    tabulateGroups('country', byCountry, ({ country }) => country),
    tabulateGroups('model', byModel, ({ model }) => model),
  ];
}

const NOT_KNOWN = '(not known)';

function tabulateGroups<G extends GroupReview>(
  word: string,
  groups: readonly G[],
  nameOf: (group: G) => string | null | undefined,
): ReportTable {
  return {
    name: `ratings-by-${word}`,
    title: `Ratings by ${word}`,
    columns: [text(word), ...METRIC_COLUMNS],
    rows: groups.flatMap((group) => listMetrics(group).map((row) => [nameOf(group) ?? NOT_KNOWN, ...row])),
  };
}

const WIDE = ['majority low', 'majority high'];
const SAID_OVERALL = [...WIDE, 'actions', 'reviewers', 'agreement'];

/** Of a table of ratings, what fits a terminal. */
export function narrowRatings({ columns, rows, ...named }: ReportTable): ReportTable {
  const isGrouped = columns[0]?.name !== METRIC_COLUMNS[0]?.name;
  const kept = columns.map(({ name }) => !(isGrouped ? SAID_OVERALL : WIDE).includes(name));
  const keep = <T>(cells: readonly T[]) => cells.filter((_, at) => kept[at]);
  return { ...named, columns: keep(columns), rows: rows.map(keep) };
}

function listMetrics({ metrics }: GroupReview): Cell[][] {
  return RATING_METRICS.flatMap((metric) => {
    const review = metrics[metric];
    return review ? [[metric, ...listMeasures(review)]] : [];
  });
}

function listMeasures({ n, actions, reviewers, mean, interval, majority, agreement, kappa }: MetricReview): Cell[] {
  return [
    n,
    actions,
    reviewers,
    mean,
    ...ends(interval),
    majority.share,
    ...ends(majority.interval),
    majority.tie,
    agreement,
    kappa.value,
    ...ends(kappa.interval),
    describeKappa(kappa),
  ];
}

/** The variants, best first. */
export function tabulateVariants({ choice }: ReviewReport): ReportTable {
  return {
    name: 'variants',
    title: 'Variants by their mean over the metrics',
    columns: [text('variant'), ...['score', 'low', 'high'].map(measure)],
    rows: (choice?.scores ?? []).map(({ variant, score, interval }) => [String(variant), score, ...ends(interval)]),
  };
}

/** How many misaligned items carry which risk, a column a model. */
export function tabulateRisks(risks: RiskReport): ReportTable {
  const columns: readonly RiskCounts[] = [risks, ...risks.byModel];
  return {
    name: 'risks',
    title: 'Risks of misaligned items',
    columns: [
      ...['level', 'risk'].map(text),
      count('all'),
      ...risks.byModel.map(({ model }) => count(model ?? NOT_KNOWN)),
    ],
    rows: [
      ...risks.types.map(({ type, level }, at) => [level, type, ...columns.map(({ types }) => types[at]?.items ?? 0)]),
      ['', 'none of these', ...columns.map(({ none }) => none)],
      ['', 'tie between reviewers', ...columns.map(({ tie }) => tie)],
      ['', 'items looked at', ...columns.map(({ coded }) => coded)],
    ],
  };
}

function ends(interval: Interval | null): [number | null, number | null] {
  return interval ? [interval[0], interval[1]] : [null, null];
}
