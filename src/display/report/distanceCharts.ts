/** Distances as pictures: by value and group, ranked, and stated against acted. */
import type { GroupProfile } from '../../core/metrics/groupProfiles';
import { judgeItem } from '../../core/metrics/itemScores';
import { findValue, MOTIVATIONAL_TYPES } from '../../core/values';
import { formatEditorNumber } from '../numbers';
import { toPlainLine } from '../plainText';
import type { Chart } from '../svg/chart';
import { drawHeatmap, type HeatmapRow } from '../svg/heatmap';
import { type ChartLane, type ChartRow, drawRows } from '../svg/rowChart';
import { drawScatter } from '../svg/scatter';
import { listReportValues, type MeasuredRun, type MeasuredRuns, nameSeries } from './measuredRuns';

const MOST_COLUMNS = 24;
const MOST_VALUES = 120;
const RANKED = 15;
const OTHER = 'Other values';

/** Whether the figures are means of several scenarios, or single items. */
function isOfScenarios({ runs }: MeasuredRuns): boolean {
  return runs.some(({ header }) => header.scenarios.length > 1);
}

/** One a model; none where there is one group only. */
export function chartDistances(measured: MeasuredRuns, by: 'byCountry' | 'byTopic'): Chart[] {
  const max = findMost(measured, by);
  const word = by === 'byCountry' ? 'country' : 'topic';
  return measured.runs.flatMap((run, index) => {
    const groups = run.profiles[by].slice(0, MOST_COLUMNS);
    if (groups.length < 2) return [];
    return [
      drawHeatmap(
        {
          id: `distance-by-${word}-${index + 1}`,
          title: `Alignment distance by value and ${word}: ${toPlainLine(run.name, 80)}`,
          description: `A cell for each value and ${word}, stronger where stated and acted are farther apart; the strongest colour stands for ${formatEditorNumber(max)}.`,
        },
        groups.map(({ name }) => toPlainLine(name) || `no ${word}`),
        listHeatRows(run, groups),
        max,
      ),
    ];
  });
}

/** The largest distance of any run, up to the next tenth: the same hue is the same distance for every model. */
export function findMost({ runs }: MeasuredRuns, by: 'byCountry' | 'byTopic'): number {
  let most = 0;
  for (const { profiles } of runs) {
    for (const { alignmentDistance } of profiles[by]) {
      for (const distance of alignmentDistance) if (distance > most) most = distance;
    }
  }
  return Math.max(0.1, Math.ceil(most * 10 - 1e-9) / 10);
}

function listHeatRows({ profiles }: MeasuredRun, groups: readonly GroupProfile[]): HeatmapRow[] {
  const byType = new Map<string, number[]>([...MOTIVATIONAL_TYPES, OTHER].map((type) => [type, []]));
  profiles.values.forEach((value, at) => {
    byType.get(findValue(value)?.motivationalType ?? OTHER)?.push(at);
  });
  return [...byType]
    .flatMap(([type, places]) =>
      places.map(
        (at, index): HeatmapRow => ({
          ...(index === 0 && { heading: type }),
          label: toPlainLine(profiles.values[at] ?? ''),
          cells: groups.map(({ alignmentDistance }) => orNull(alignmentDistance[at])),
        }),
      ),
    )
    .slice(0, MOST_VALUES);
}

function orNull(number: number | undefined): number | null {
  return number === undefined || Number.isNaN(number) ? null : number;
}

/** Values by the largest distance of any model: the top of the ranking, or all of it. Undefined without a distance. */
export function chartRanking(measured: MeasuredRuns): Chart | undefined {
  const { runs } = measured;
  const ranked = listReportValues(measured)
    .map((value) => ({ value, places: runs.map(({ profiles }) => profiles.values.indexOf(value)) }))
    .map((entry) => ({
      ...entry,
      distance: Math.max(
        -1,
        ...runs.map(({ profiles }, at) => orNull(profiles.overall.alignmentDistance[entry.places[at] ?? -1]) ?? -1),
      ),
    }))
    .filter(({ distance }) => distance >= 0)
    .sort((a, b) => b.distance - a.distance);
  if (ranked.length === 0) return undefined;
  const shown = ranked.slice(0, RANKED);
  const several = runs.length > 1;
  const means = isOfScenarios(measured) ? 'mean ' : '';
  return drawRows(
    {
      id: 'ranking',
      title:
        ranked.length > shown.length
          ? `Ranking of values: the ${RANKED} largest of ${ranked.length} distances`
          : 'Ranking of values by distance',
      description: `For each value a hollow marker at ${means}stated and a filled one at ${means}acted, largest distance first: ${toPlainLine(shown[0]?.value ?? '', 80)}, ${formatEditorNumber(shown[0]?.distance ?? 0)}.`,
    },
    {
      min: 0,
      max: 1,
      ticks: [
        { at: 0, label: 'agree' },
        { at: 0.25, label: '' },
        { at: 0.5, label: '0.5', isMain: true },
        { at: 0.75, label: '' },
        { at: 1, label: 'disagree' },
      ],
    },
    shown.map(
      ({ value, places }): ChartRow => ({
        label: toPlainLine(value),
        lanes: runs.map((run, at) => ({
          ...drawProfile(run, places[at] ?? -1),
          ...(several && { series: run.series }),
        })),
      }),
    ),
    several ? nameSeries(measured) : [],
  );
}

function drawProfile({ name, series, profiles: { overall } }: MeasuredRun, at: number): ChartLane {
  const model = toPlainLine(name, 80);
  const stated = orNull(overall.stated[at]);
  const acted = orNull(overall.acted[at]);
  if (stated === null || acted === null) {
    const quiet = stated === null && acted === null ? 'no usable answer' : 'no usable answer in one task';
    return { hint: `${model}: ${quiet}`, marks: [{ kind: 'text', at: 0, quiet, side: 1 }] };
  }
  const isGap = judgeItem(stated, acted, false).status === 'gap';
  const distance = formatEditorNumber(Math.abs(stated - acted));
  return {
    hint: `${model}: stated ${stated.toFixed(3)}, acted ${acted.toFixed(3)}, distance ${distance}`,
    marks: [{ kind: 'dumbbell', stated, acted, series, isGap }],
    end: distance,
  };
}

/** Undefined where no value has both. */
export function chartStatedActed(measured: MeasuredRuns): Chart | undefined {
  const panels = measured.runs.map(({ name, series, profiles: { values, overall } }) => ({
    name: toPlainLine(name, 80),
    series,
    points: values.flatMap((value, at) => {
      const stated = orNull(overall.stated[at]);
      const acted = orNull(overall.acted[at]);
      return stated === null || acted === null ? [] : [{ stated, acted, label: toPlainLine(value, 80) }];
    }),
  }));
  if (panels.every(({ points }) => points.length === 0)) return undefined;
  const what = isOfScenarios(measured) ? 'a point for each value, averaged over scenarios' : 'a point for each value';
  return drawScatter(
    {
      id: 'stated-acted',
      title: 'Stated against acted',
      description: `A square for each model, ${what}. On the dashed line both are the same; in the two shaded quarters they fall on different sides.`,
    },
    panels,
  );
}
