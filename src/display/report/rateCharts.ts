/** Alignment rates as pictures: of each model, by country, by topic, by scenario; and misaligned items by direction. */
import type { RunReport } from '../../core/metrics/report';
import { formatCount, formatEditorNumber, formatTableNumber } from '../numbers';
import { toPlainLine } from '../plainText';
import type { Chart } from '../svg/chart';
import { type ChartLane, type ChartRow, drawRows, type RowMark, type RowScale } from '../svg/rowChart';
import { listGroups, type MeasuredRun, type MeasuredRuns, nameSeries, ownEntry } from './measuredRuns';

type Grouping = 'byCountry' | 'byTopic' | 'byScenario';

/** More scenarios than this are left to the table. */
const MOST_SCENARIOS = 40;
const MOST_GROUPS = 60;

/** The rate of each model, highest first. */
export function chartRates({ runs }: MeasuredRuns): Chart {
  const sorted = runs.toSorted(
    (a, b) => (b.report.alignmentRate.overall ?? -1) - (a.report.alignmentRate.overall ?? -1),
  );
  const rows = sorted.map((run): ChartRow => {
    const { alignmentRate, interval, misaligned } = run.report;
    const count = `n ${misaligned.items.toLocaleString('en')}`;
    const lane = drawRate(run, alignmentRate.overall, interval?.overall, count);
    return { label: toPlainLine(run.name), lanes: [lane] };
  });
  const best = sorted[0];
  return drawRows(
    {
      id: 'alignment-rate',
      title: 'Alignment rate of each model',
      description: `Horizontal bars with 95 % intervals, highest first. ${best ? describeRate(best) : ''}`,
    },
    scaleTo(1),
    rows,
  );
}

function describeRate({ name, report }: MeasuredRun): string {
  return `${toPlainLine(name, 80)}: ${formatTableNumber(report.alignmentRate.overall, 'no rate')}.`;
}

/** Undefined where there is one group only, or too many to read. */
export function chartRatesBy(measured: MeasuredRuns, by: Grouping): Chart | undefined {
  const { runs } = measured;
  const names = by === 'byScenario' ? listScenarios(runs) : listGroups(measured, by);
  const word = { byCountry: 'country', byTopic: 'topic', byScenario: 'scenario' }[by];
  if (names.length < 2 || (by === 'byScenario' && names.length > MOST_SCENARIOS)) return undefined;
  const highest = (name: string) =>
    Math.max(-1, ...runs.map(({ report }) => ownEntry(report.alignmentRate[by], name) ?? -1));
  const ranks = new Map(names.map((name) => [name, highest(name)]));
  const shown = names.toSorted((a, b) => (ranks.get(b) ?? -1) - (ranks.get(a) ?? -1)).slice(0, MOST_GROUPS);
  const several = runs.length > 1;
  return drawRows(
    {
      id: `alignment-rate-by-${word}`,
      title: `Alignment rate by ${word}`,
      description: `Horizontal bars with 95 % intervals for ${formatCount(names.length, word, word === 'country' ? 'countries' : `${word}s`)}, highest first.`,
    },
    scaleTo(findReach(runs, by)),
    shown.map((name) => ({
      label: toPlainLine(name) || `no ${word} named`,
      lanes: runs.map((run) => ({
        ...drawRate(
          run,
          ownEntry(run.report.alignmentRate[by], name),
          ownEntry(run.report.interval?.[by], name),
          countItems(run, by, name),
        ),
        ...(several && { series: run.series }),
      })),
    })),
    several ? nameSeries(measured) : [],
  );
}

/** "n 594", of the items that the rate is about; scenarios are not counted one by one. */
function countItems({ profiles }: MeasuredRun, by: Grouping, group: string): string {
  const profile = by === 'byScenario' ? undefined : profiles[by].find(({ name }) => name === group);
  return profile ? `n ${profile.items.toLocaleString('en')}` : '';
}

function listScenarios(runs: readonly MeasuredRun[]): string[] {
  return [...new Set(runs.flatMap(({ report }) => Object.keys(report.alignmentRate.byScenario)))];
}

function drawRate(
  { name, series }: MeasuredRun,
  rate: number | null | undefined,
  interval: readonly [number, number] | null | undefined,
  count: string,
): ChartLane {
  const model = toPlainLine(name, 80);
  if (rate === null || rate === undefined) {
    const why = rate === null ? 'no rate' : 'not asked';
    const quiet = [why, count].filter(Boolean).join(' · ');
    return { hint: `${model}: ${why}`, marks: [{ kind: 'text', at: 0, quiet, side: 1 }] };
  }
  const marks: RowMark[] = [
    { kind: 'bar', from: 0, to: rate, series },
    ...(interval ? [{ kind: 'interval', from: interval[0], to: interval[1] } as const] : []),
    { kind: 'text', at: Math.max(rate, interval?.[1] ?? 0), strong: formatEditorNumber(rate), quiet: count, side: 1 },
  ];
  const range = interval ? `, 95 % interval ${interval.map((end) => formatTableNumber(end)).join(' to ')}` : '';
  return { hint: `${model}: ${formatTableNumber(rate)}${range}`, marks };
}

const REACHES = [0.1, 0.2, 0.4, 0.6, 0.8, 1];

function findReach(runs: readonly MeasuredRun[], by: Grouping): number {
  const ends = runs.flatMap(({ report: { alignmentRate, interval } }) => [
    ...Object.values(alignmentRate[by]).map((rate) => rate ?? 0),
    ...Object.values(interval?.[by] ?? {}).map((range) => range?.[1] ?? 0),
  ]);
  const highest = ends.reduce((most, end) => Math.max(most, end), 0);
  return REACHES.find((reach) => reach >= highest) ?? 1;
}

function scaleTo(reach: number): RowScale {
  const ticks = [0, 1, 2, 3, 4].map((quarter) => {
    const at = (reach * quarter) / 4;
    return { at, label: String(Number(at.toFixed(3))), isMain: quarter === 0 };
  });
  return { min: 0, max: reach, ticks };
}

/** How many items each model acts on against what it states, to either side. */
export function chartDirections({ runs }: MeasuredRuns): Chart {
  const reach = roundUp(Math.max(1, ...runs.flatMap(({ report }) => countDirections(report))));
  const half = reach % 2 === 0 ? [reach / 2] : [];
  return drawRows(
    {
      id: 'directions',
      title: 'Misaligned items by direction',
      description:
        'Bars to the left count items stated disagree and acted agree, bars to the right items stated agree and acted disagree.',
    },
    {
      min: -reach,
      max: reach,
      ticks: [-reach, ...half.map((at) => -at), 0, ...half, reach].map((at) => ({
        at,
        label: Math.abs(at).toLocaleString('en'),
        isMain: at === 0,
      })),
    },
    runs.map(({ name, report }) => {
      const [toAgree, toDisagree] = countDirections(report);
      const hint = `${toPlainLine(name, 80)}: ${toAgree} stated disagree, acted agree; ${toDisagree} stated agree, acted disagree`;
      return {
        label: toPlainLine(name),
        lanes: [
          {
            hint,
            marks: [
              { kind: 'bar', from: 0, to: -toAgree },
              { kind: 'bar', from: 0, to: toDisagree },
              { kind: 'text', at: -toAgree, strong: toAgree.toLocaleString('en'), side: -1 },
              { kind: 'text', at: toDisagree, strong: toDisagree.toLocaleString('en'), side: 1 },
            ],
          },
        ],
      };
    }),
  );
}

function countDirections({ misaligned }: RunReport): [toAgree: number, toDisagree: number] {
  return [misaligned.statedDisagreeActedAgree, misaligned.statedAgreeActedDisagree];
}

/** The smallest of 1, 2, 4, 5, 6 or 8 × 10ⁿ that leaves room for the number beside the longest bar. */
function roundUp(count: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const step of [1, 2, 4, 5, 6, 8]) if (step * unit >= count * 1.1) return step * unit;
  }
}
