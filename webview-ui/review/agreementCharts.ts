/** Ratings by metric, agreement of reviewers, and ratings by variant, country and model. */
import { RATING_METRICS } from '../../src/core/review/rating';
import { formatEditorNumber, formatTableNumber } from '../../src/display/numbers';
import { METRIC_NAMES } from '../../src/display/reviewWords';
import type { AgreementPage, MetricFindings, ReviewedGroup } from '../../src/protocol/reviewResults';
import { chooseOption, type Option } from '../charts/choices';
import { type ChartDefinition, type LegendEntry, limitRows, type TableCell } from '../charts/definition';
import type { PlotLane, PlotRow } from '../charts/plot/plot';
import { markEnd, markInterval } from '../charts/rateByGroup';
import { formatName } from '../format';

const INTERVAL: LegendEntry = { glyph: 'interval', text: '95 % interval, by resampling items' };
const SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: String(at) }));

const ratingsByMetric: ChartDefinition<AgreementPage> = {
  id: 'ratings-by-metric',
  title: 'Ratings by metric',
  lead: 'The share of ratings that say yes.',
  build: ({ overall }) => ({
    plot: {
      kind: 'rows',
      min: 0,
      max: 1,
      ticks: SHARE_TICKS,
      laneHeight: 16,
      rows: nameMetrics(overall).map(({ name, found }) => ({
        key: name,
        label: name,
        lanes: [plotMean(found)],
        details: [{ text: describeMean(found) }, { text: describeMajority(found) }],
      })),
    },
    table: {
      caption: 'Ratings of each metric, over all reviewers',
      columns: [
        { title: 'Metric' },
        ...['Mean', 'From', 'To', 'Majority says yes', 'Ties', 'Ratings', 'Actions', 'Reviewers'].map(numberColumn),
      ],
      rows: nameMetrics(overall).map(({ name, found }) => ({
        key: name,
        cells: [
          { text: name },
          number(found.mean),
          number(found.interval?.[0]),
          number(found.interval?.[1]),
          number(found.majority),
          count(found.tied),
          count(found.ratings),
          count(found.actions),
          count(found.reviewers),
        ],
      })),
    },
    legend: overall.metrics.some(({ interval }) => interval !== null) ? [INTERVAL] : [],
    notes: ['n: ratings.'],
  }),
};

const agreementByMetric: ChartDefinition<AgreementPage> = {
  id: 'agreement-by-metric',
  title: 'Agreement of reviewers',
  lead: 'Kappa: 1 where reviewers always agree, 0 where they agree as often as chance would have it.',
  build({ overall }) {
    const found = nameMetrics(overall);
    const lowest = Math.min(0, ...found.map(({ found: { kappa, kappaInterval } }) => kappaInterval?.[0] ?? kappa ?? 0));
    const min = lowest < -0.5 ? -1 : lowest < 0 ? -0.5 : 0;
    const ticks = [-1, -0.5, 0, 0.5, 1].filter((at) => at >= min);
    return {
      plot: {
        kind: 'rows',
        min,
        max: 1,
        ticks: ticks.map((at) => ({ at, label: String(at), main: at === 0 && min < 0 })),
        laneHeight: 16,
        rows: found.map(
          ({ name, found: metric }): PlotRow => ({
            key: name,
            label: name,
            lanes: [plotKappa(metric, min)],
            details: [{ text: describeKappa(metric) }],
          }),
        ),
      },
      table: {
        caption: 'Kappa of each metric',
        columns: [{ title: 'Metric' }, ...['Kappa', 'From', 'To'].map(numberColumn), { title: 'Which' }],
        rows: found.map(({ name, found: metric }) => ({
          key: name,
          cells: [
            { text: name },
            number(metric.kappa),
            number(metric.kappaInterval?.[0]),
            number(metric.kappaInterval?.[1]),
            { text: formatName(metric.kappaNote), words: true },
          ],
        })),
      },
      legend: overall.metrics.some(({ kappaInterval }) => kappaInterval !== null) ? [INTERVAL] : [],
      notes: describeKappas(found),
    };
  },
};

export const AGREEMENT_CHARTS: readonly ChartDefinition<AgreementPage>[] = [
  ratingsByMetric,
  agreementByMetric,
  defineGroups('variant', 'Ratings by generation variant', ({ byVariant }) => byVariant),
  defineGroups('model', 'Ratings by model', ({ byModel }) => byModel),
  defineGroups('country', 'Ratings by country', ({ byCountry }) => byCountry),
];

const METRIC_OPTIONS: readonly Option[] = RATING_METRICS.map((metric) => ({
  value: metric,
  label: METRIC_NAMES[metric],
}));

function defineGroups(
  by: 'variant' | 'model' | 'country',
  title: string,
  read: (page: AgreementPage) => readonly ReviewedGroup[],
): ChartDefinition<AgreementPage> {
  return {
    id: `ratings-by-${by}`,
    title,
    lead: `The share of ratings that say yes, highest ${by} first.`,
    appliesTo: (page) => read(page).length > 1,
    build(page, view) {
      const chosen = chooseOption(METRIC_OPTIONS, view.chosen.get('metric'));
      const metric = Math.max(
        0,
        METRIC_OPTIONS.findIndex(({ value }) => value === chosen),
      );
      const groups = sortByMean(read(page), metric);
      const { shown, more } = limitRows(groups, view.all, 'highest');
      return {
        controls: [{ id: 'metric', label: 'Metric', form: 'switch', options: METRIC_OPTIONS, chosen }],
        plot: {
          kind: 'rows',
          min: 0,
          max: 1,
          ticks: SHARE_TICKS,
          laneHeight: 16,
          rows: shown.map((group): PlotRow => {
            const found = group.metrics[metric];
            return {
              key: group.name,
              label: formatName(group.name),
              lanes: found ? [plotMean(found)] : [],
              details: nameMetrics(group).map(({ name, found: one }) => ({ text: `${name}: ${describeMean(one)}` })),
            };
          }),
        },
        table: {
          caption: `Ratings of each ${by} by metric, with their 95 % intervals`,
          columns: [
            { title: capitalize(by) },
            { title: 'Metric' },
            ...['Mean', 'From', 'To', 'Majority says yes', 'Kappa', 'Ratings', 'Actions'].map(numberColumn),
          ],
          rows: groups.flatMap((group) =>
            nameMetrics(group).map(({ name, found }) => ({
              key: JSON.stringify([group.name, name]),
              cells: [
                { text: formatName(group.name) },
                { text: name },
                number(found.mean),
                number(found.interval?.[0]),
                number(found.interval?.[1]),
                number(found.majority),
                number(found.kappa),
                count(found.ratings),
                count(found.actions),
              ],
            })),
          ),
        },
        legend: [INTERVAL],
        notes: ['n: ratings.'],
        ...(more && { more }),
      };
    },
  };
}

/** Highest mean first, groups without one last; equals keep their order. */
function sortByMean(groups: readonly ReviewedGroup[], metric: number): readonly ReviewedGroup[] {
  const mean = (group: ReviewedGroup) => group.metrics[metric]?.mean ?? -1;
  return groups.toSorted((a, b) => mean(b) - mean(a));
}

function nameMetrics({ metrics }: ReviewedGroup): readonly { name: string; found: MetricFindings }[] {
  return RATING_METRICS.flatMap((metric, at) => {
    const found = metrics[at];
    return found ? [{ name: METRIC_NAMES[metric], found }] : [];
  });
}

function plotMean({ mean, interval, ratings }: MetricFindings): PlotLane {
  const n = `n ${ratings.toLocaleString('en')}`;
  if (mean === null) return { marks: [{ kind: 'text', at: 0, text: '', quiet: 'not rated', side: 1 }] };
  return {
    marks: [{ kind: 'bar', from: 0, at: mean, series: 0 }, ...markInterval(interval), markEnd(mean, interval, n)],
  };
}

function plotKappa({ kappa, kappaInterval, actions }: MetricFindings, min: number): PlotLane {
  if (kappa === null) {
    return { marks: [{ kind: 'text', at: Math.max(0, min), text: '', quiet: 'not defined', side: 1 }] };
  }
  const end = Math.max(0, kappa, kappaInterval?.[1] ?? 0);
  return {
    marks: [
      { kind: 'bar', from: 0, at: kappa, series: 0 },
      ...(kappaInterval ? [{ kind: 'interval' as const, from: kappaInterval[0], at: kappaInterval[1] }] : []),
      {
        kind: 'text',
        at: end,
        text: formatEditorNumber(kappa),
        quiet: `${actions.toLocaleString('en')} actions`,
        side: 1,
      },
    ],
  };
}

function describeMean({ mean, interval, ratings, actions }: MetricFindings): string {
  if (mean === null) return 'not rated';
  const range = interval ? `, 95 % interval ${formatTableNumber(interval[0])}–${formatTableNumber(interval[1])}` : '';
  return `mean ${formatTableNumber(mean)}${range}, ${ratings} ratings of ${actions} actions`;
}

/** One line where all metrics have the same to say. */
function describeKappas(found: readonly { name: string; found: MetricFindings }[]): readonly string[] {
  const notes = found.map(({ found: { kappaNote } }) => formatName(kappaNote));
  return new Set(notes).size === 1 ? [`${notes[0]}.`] : found.map(({ name }, at) => `${name}: ${notes[at]}.`);
}

function describeMajority({ majority, tied }: MetricFindings): string {
  if (majority === null) return 'no action has a majority';
  return `the majority says yes to ${formatTableNumber(majority)} of the actions${tied > 0 ? `; ${tied} are tied` : ''}`;
}

function describeKappa({ kappa, kappaInterval, kappaNote }: MetricFindings): string {
  if (kappa === null) return formatName(kappaNote) || 'kappa is not defined';
  const range = kappaInterval
    ? `, 95 % interval ${formatTableNumber(kappaInterval[0])} to ${formatTableNumber(kappaInterval[1])}`
    : '';
  return `kappa ${formatTableNumber(kappa)}${range}. ${formatName(kappaNote)}`;
}

const numberColumn = (title: string) => ({ title, number: true });
const number = (value: number | null | undefined): TableCell => ({ text: formatTableNumber(value), number: true });
const count = (value: number): TableCell => ({ text: value.toLocaleString('en'), number: true });

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
