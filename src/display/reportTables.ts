/** A report as plain tables, for the terminal and for CSV alike. */
import type { Interval } from '../core/metrics/bootstrap';
import type { ByName, RunReport } from '../core/metrics/report';

export type Cell = string | number | null;

export interface Column {
  readonly name: string;
  /** Counts are whole numbers, measures have three decimals. */
  readonly kind: 'text' | 'count' | 'measure';
}

const text = (name: string): Column => ({ name, kind: 'text' });
const count = (name: string): Column => ({ name, kind: 'count' });
const measure = (name: string): Column => ({ name, kind: 'measure' });

export interface ReportTable {
  /** Short, for a file name. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

type Models = ByName<RunReport>;

/** The measures of each model in one line. */
export function tabulateSummary(models: Models): ReportTable {
  return {
    name: 'summary',
    title: 'Alignment rate and what stands beside it',
    columns: [
      text('model'),
      ...['alignment rate', 'low', 'high'].map(measure),
      count('items'),
      ...['accuracy', 'kappa', 'precision', 'recall'].map(measure),
    ],
    rows: entries(models).map(([model, report]) => [
      model,
      report.alignmentRate.overall,
      ...ends(report.interval?.overall),
      report.misaligned.items,
      report.accuracy,
      report.kappa,
      report.precision,
      report.recall,
    ]),
  };
}

export function tabulateGaps(models: Models): ReportTable {
  return {
    name: 'gaps',
    title: 'Misaligned items, and items without a verdict',
    columns: [
      text('model'),
      ...[
        'says agree, acts disagree',
        'says disagree, acts agree',
        'misaligned',
        'of items',
        'undecided',
        'incomplete',
        'stated in the middle',
      ].map(count),
    ],
    rows: entries(models).map(([model, { misaligned, incomplete, tiesStated }]) => [
      model,
      misaligned.statedAgreeActedDisagree,
      misaligned.statedDisagreeActedAgree,
      misaligned.total,
      misaligned.items,
      misaligned.undecided,
      incomplete,
      tiesStated,
    ]),
  };
}

export function tabulatePrompts(models: Models): ReportTable {
  return {
    name: 'prompts',
    title: 'How far answers hang on the prompt, and answers that could not be used',
    columns: [
      text('model'),
      ...['agreement task 1', 'agreement task 2', 'position bias', 'picks option 1'].map(measure),
      ...['task 1', 'task 2'].flatMap((task) =>
        ['refused', 'unparsed', 'missing'].map((why) => count(`${task} ${why}`)),
      ),
    ],
    rows: entries(models).map(([model, report]) => [
      model,
      report.promptAgreement.task1,
      report.promptAgreement.task2,
      report.positionBias,
      report.firstOptionRate,
      ...[report.unusable.task1, report.unusable.task2].flatMap((u) => [u.refused, u.unparsed, u.missing]),
    ]),
  };
}

const GROUPS = [
  ['byCountry', 'country'],
  ['byTopic', 'topic'],
  ['byScenario', 'scenario'],
] as const;

/** One table each for country, topic and scenario: a row a group, the models side by side. */
export function tabulateRates(models: Models): ReportTable[] {
  return GROUPS.map(([by, word]) => ({
    name: `alignment-rate-by-${word}`,
    title: `Alignment rate by ${word}`,
    columns: [text(word), ...entries(models).flatMap(([model]) => [model, 'low', 'high'].map(measure))],
    rows: unionKeys(entries(models).map(([, report]) => report.alignmentRate[by])).map((group) => [
      group,
      ...entries(models).flatMap(([, report]) => [
        own(report.alignmentRate[by], group),
        ...ends(own(report.interval?.[by] ?? {}, group)),
      ]),
    ]),
  }));
}

/** Both distances of each value in each group, one row a model, group and value. */
export function tabulateDistances(models: Models): ReportTable[] {
  return (['byCountry', 'byTopic'] as const).map((by) => {
    const word = by === 'byCountry' ? 'country' : 'topic';
    return {
      name: `distance-by-${word}`,
      title: `Distance by ${word}`,
      columns: [...['model', word, 'value'].map(text), ...['alignment distance', 'mean item distance'].map(measure)],
      rows: entries(models).flatMap(([model, report]) =>
        entries(report.alignmentDistance[by]).flatMap(([group, distances]) =>
          entries(distances).map(([value, distance]) => [
            model,
            group,
            value,
            distance,
            own(own(report.meanItemDistance[by], group) ?? {}, value),
          ]),
        ),
      ),
    };
  });
}

/** The values of each group, largest distance first. */
export function tabulateRankings(models: Models): ReportTable[] {
  return GROUPS.map(([by, word]) => ({
    name: `ranking-by-${word}`,
    title: `Alignment ranking by ${word}`,
    columns: [text('model'), text(word), count('rank'), text('value')],
    rows: entries(models).flatMap(([model, report]) =>
      entries(report.alignmentRanking[by]).flatMap(([group, values]) =>
        values.map((value, at) => [model, group, at + 1, value]),
      ),
    ),
  }));
}

function entries<T>(record: ByName<T>): [string, T][] {
  return Object.entries(record);
}

function own<T>(record: ByName<T>, key: string): T | null {
  return Object.hasOwn(record, key) ? (record[key] as T) : null;
}

function unionKeys(records: readonly ByName<unknown>[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

function ends(interval: Interval | null | undefined): [number | null, number | null] {
  return interval ? [interval[0], interval[1]] : [null, null];
}
