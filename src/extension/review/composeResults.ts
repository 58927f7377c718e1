/** The report of all reviewers in the shape the panel draws. */
import type { MetricReview } from '../../core/review/metricReview';
import { RATING_METRICS } from '../../core/review/rating';
import type { GroupReview, ReviewReport } from '../../core/review/report';
import { formatCount } from '../../display/numbers';
import { describeChoice, describeConflict, describeKappa } from '../../display/reviewSentences';
import type { AgreementPage, MetricFindings, ReviewedGroup, RiskCounts } from '../../protocol/reviewResults';

/** Further doubts are counted; `review report` lists all. */
const SHOWN_DOUBTS = 8;

const NOT_RATED: MetricFindings = {
  mean: null,
  interval: null,
  majority: null,
  tied: 0,
  ratings: 0,
  actions: 0,
  reviewers: 0,
  kappa: null,
  kappaInterval: null,
  kappaNote: 'not rated',
};

export function composeAgreement(report: ReviewReport, title: string, unfinished: boolean): AgreementPage {
  const { byVariant, byCountry, byModel, choice } = report;
  const compares = (choice?.scores.length ?? 0) > 1;
  return {
    title,
    reviewers: report.reviewers.length,
    ratings: report.ratings,
    overall: composeGroup('', report.overall),
    byVariant: byVariant.map((group) =>
      composeGroup(group.variant === null ? 'Variant not known' : `Variant ${group.variant}`, group),
    ),
    byCountry: byCountry.map((group) => composeGroup(group.country ?? 'Country not known', group)),
    byModel: byModel.map((group) => composeGroup(group.model ?? 'Model not known', group)),
    winner: compares ? describeChoice(choice) : [],
    notes: listDoubts(report),
    unfinished,
  };
}

/** @param seriesOf index into the series colours and marker shapes. */
export function composeRisks(report: ReviewReport, title: string, seriesOf: (model: string) => number): RiskCounts {
  const { risks } = report;
  return {
    title,
    reviewers: risks?.reviewers.length ?? 0,
    coded: risks?.coded ?? 0,
    models: (risks?.byModel ?? []).map(({ model, coded, none, tie, types }) => ({
      model: model ?? 'Model not known',
      series: seriesOf(model ?? ''),
      coded,
      none,
      tie,
      byType: types.map(({ items }) => items),
    })),
    notes: listDoubts(report),
  };
}

function composeGroup(name: string, { metrics }: GroupReview): ReviewedGroup {
  return { name, metrics: RATING_METRICS.map((metric) => composeMetric(metrics[metric])) };
}

function composeMetric(review: MetricReview | null): MetricFindings {
  if (!review) return NOT_RATED;
  const { mean, interval, majority, n, actions, reviewers, kappa } = review;
  return {
    mean,
    interval: interval && [...interval],
    majority: majority.share,
    tied: majority.tie,
    ratings: n,
    actions,
    reviewers,
    kappa: kappa.value,
    kappaInterval: kappa.interval && [...kappa.interval],
    kappaNote: describeKappa(kappa),
  };
}

function listDoubts({ problems, conflicts }: ReviewReport): string[] {
  const doubts = [
    ...problems.map(({ path, line, kind, reason }) =>
      kind === 'merge' ? `${path}:${line}: ${reason}. Resolve it.` : `${path}:${line}: left out: ${reason}.`,
    ),
    ...conflicts.map(describeConflict),
  ];
  if (doubts.length <= SHOWN_DOUBTS) return doubts;
  const more = formatCount(doubts.length - SHOWN_DOUBTS, 'more line is', 'more lines are');
  return [...doubts.slice(0, SHOWN_DOUBTS), `${more} in doubt; “review report” on the command line names all.`];
}
