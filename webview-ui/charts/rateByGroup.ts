/** Alignment rate by country and by topic: a bar a model with its interval, the number and its n at the end. */
import { formatCount, formatEditorNumber, formatTableNumber } from '../../src/display/numbers';
import type { StudyGroup } from '../../src/protocol/charts';
import { formatInterval, formatName } from '../format';
import type { ChartDefinition, LegendEntry, TableTwin } from './definition';
import type { Mark, PlotLane, PlotRow, PlotTick } from './plot/plot';
import type { ItemsTarget } from './plot/target';
import type { Selection } from './selection';
import { type Grouping, listGroupings, type StudyRun, type StudySelection } from './study';

export const rateByCountry = defineRates('country', 'Alignment rate by country');
export const rateByTopic = defineRates('topic', 'Alignment rate by topic');

export const INTERVAL_LEGEND: LegendEntry = { glyph: 'interval', text: '95 % interval, by resampling scenarios' };

/** More groups than this are not drawn; the table has them all. */
const MOST_GROUPS = 60;

function defineRates(by: Grouping, title: string): ChartDefinition {
  return {
    id: `rate-by-${by}`,
    title,
    lead: `The mean rate of each ${by}’s scenarios, highest first; choose one to see its items.`,
    appliesTo: ({ study }) => listGroupings(study).includes(by),
    build({ study }: Selection) {
      const names = study ? sortByRate(study, by) : [];
      const runs = study?.runs ?? [];
      const reach = findReach(runs);
      return {
        plot: {
          kind: 'rows',
          min: 0,
          max: reach,
          ticks: placeTicks(reach),
          laneHeight: runs.length > 1 ? 14 : 16,
          rows: names.slice(0, MOST_GROUPS).map((name) => plotGroup(name, by, runs)),
        },
        table: tabulate(names, by, runs),
        legend: [INTERVAL_LEGEND],
        notes: [
          ...(names.length > MOST_GROUPS
            ? [`The ${MOST_GROUPS} highest of ${formatCount(names.length, 'group')} are drawn; the table has all.`]
            : []),
          'n: items with usable, decided answers in both tasks.',
        ],
      };
    },
  };
}

/** Highest rate of any model first, groups without one last; equals keep their order. */
function sortByRate(study: StudySelection, by: Grouping): readonly string[] {
  const highest = (name: string) => Math.max(-1, ...study.runs.map((run) => run[by].get(name)?.alignmentRate ?? -1));
  const ranks = new Map(study[by].map((name) => [name, highest(name)]));
  return study[by].toSorted((a, b) => (ranks.get(b) ?? -1) - (ranks.get(a) ?? -1));
}

const REACHES = [0.1, 0.2, 0.4, 0.6, 0.8, 1] as const;

/** One scale for countries and topics alike, so that the two charts can be compared. */
function findReach(runs: readonly StudyRun[]): number {
  const groups = runs.flatMap((run) => [...run.country.values(), ...run.topic.values()]);
  const highest = groups.reduce((most, group) => Math.max(most, group.alignmentRate ?? 0, group.interval?.[1] ?? 0), 0);
  return REACHES.find((reach) => reach >= highest) ?? 1;
}

function placeTicks(reach: number): readonly PlotTick[] {
  return [0, 1, 2, 3, 4].map((quarter) => {
    const at = (reach * quarter) / 4;
    return { at, label: String(Number(at.toFixed(3))) };
  });
}

function plotGroup(name: string, by: Grouping, runs: readonly StudyRun[]): PlotRow {
  const several = runs.length > 1;
  return {
    key: name,
    label: nameGroup(name, by),
    lanes: runs.map((run) => ({
      ...plotRate(run[by].get(name), run.model.series),
      ...(several && { series: run.model.series }),
    })),
    details: runs.map((run) => ({ text: describeRate(run, run[by].get(name)), series: run.model.series })),
    target: leadToItems(name, by),
  };
}

function plotRate(group: StudyGroup | undefined, series: number): PlotLane {
  if (!group) return { marks: [{ kind: 'text', at: 0, text: '', quiet: 'not asked', side: 1 }] };
  const { alignmentRate: rate, interval, items } = group;
  const n = `n ${items.toLocaleString('en')}`;
  if (rate === null)
    return { marks: [{ kind: 'text', at: 0, text: '', quiet: `${explainNoRate(group)} · ${n}`, side: 1 }] };
  return { marks: [{ kind: 'bar', from: 0, at: rate, series }, ...markInterval(interval), markEnd(rate, interval, n)] };
}

export function markInterval(interval: StudyGroup['interval']): readonly Mark[] {
  return interval ? [{ kind: 'interval', from: interval[0], at: interval[1] }] : [];
}

/** The number stands beyond its interval, so that the line does not run through it. */
export function markEnd(rate: number, interval: StudyGroup['interval'], n: string): Mark {
  return { kind: 'text', at: Math.max(rate, interval?.[1] ?? 0), text: formatEditorNumber(rate), quiet: n, side: 1 };
}

function explainNoRate({ items }: StudyGroup): string {
  return items === 0 ? 'no rate: no usable item' : 'no rate: nothing was stated or acted disagree';
}

function describeRate({ model }: StudyRun, group: StudyGroup | undefined): string {
  const name = formatName(model.name, 60);
  if (!group) return `${name}: not asked`;
  if (group.alignmentRate === null) return `${name}: ${explainNoRate(group)}`;
  const counts = `${formatCount(group.items, 'item')} in ${formatCount(group.scenarios, 'scenario')}`;
  return `${name}: ${formatTableNumber(group.alignmentRate)}, ${formatInterval(group.interval)}, ${counts}`;
}

export function nameGroup(name: string, by: Grouping): string {
  return formatName(name) || `no ${by} named`;
}

function leadToItems(group: string, by: Grouping): ItemsTarget {
  return { kind: 'items', question: { by, group } };
}

function tabulate(names: readonly string[], by: Grouping, runs: readonly StudyRun[]): TableTwin {
  return {
    caption: `Alignment rate by ${by} and model, with its 95 % interval`,
    columns: [
      { title: by === 'country' ? 'Country' : 'Topic' },
      { title: 'Model' },
      { title: 'Alignment rate', number: true },
      { title: 'From', number: true },
      { title: 'To', number: true },
      { title: 'n', number: true },
      { title: 'Scenarios', number: true },
    ],
    rows: names.flatMap((name) =>
      runs.map(({ model, ...run }) => {
        const group = run[by].get(name);
        const number = (text: string) => ({ text, number: true });
        return {
          key: JSON.stringify([name, model.name]),
          cells: [
            { text: nameGroup(name, by), target: leadToItems(name, by) },
            { text: formatName(model.name), series: model.series },
            number(formatTableNumber(group?.alignmentRate)),
            number(formatTableNumber(group?.interval?.[0])),
            number(formatTableNumber(group?.interval?.[1])),
            number((group?.items ?? 0).toLocaleString('en')),
            number((group?.scenarios ?? 0).toLocaleString('en')),
          ],
        };
      }),
    ),
  };
}
