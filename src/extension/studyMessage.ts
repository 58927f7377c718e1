/** Several scenarios as the charts are told of them: aggregates by group, every run on one list of values. */
import type { GroupProfile, RunProfiles } from '../core/metrics/groupProfiles';
import type { ByName, RunReport } from '../core/metrics/report';
import type { ObservedRun } from '../core/runs/record';
import type { Study, StudyGroup } from '../protocol/charts';

export interface StudyRun {
  readonly name: string;
  readonly run: ObservedRun;
  readonly report: RunReport;
  readonly profiles: RunProfiles;
}

/** Undefined where one scenario is on show: then its items say it all. */
export function composeStudy(runs: readonly StudyRun[]): Study | undefined {
  const scenarios = [...new Set(runs.flatMap(({ run }) => run.header.scenarios.map(({ key }) => key)))];
  if (scenarios.length < 2) return undefined;
  const values = [...new Set(runs.flatMap(({ profiles }) => profiles.values))];
  return { values, scenarios, runs: runs.map((run) => describeRun(run, values)) };
}

function describeRun({ name, report, profiles }: StudyRun, values: readonly string[]): Study['runs'][number] {
  const indexes = new Map(profiles.values.map((value, at) => [value, at]));
  const places = values.map((value) => indexes.get(value) ?? -1);
  const { alignmentRate, interval } = report;
  const describe = (
    profile: GroupProfile,
    rate: number | null | undefined,
    ends: readonly [number, number] | null | undefined,
  ): StudyGroup => ({
    name: profile.name,
    scenarios: profile.scenarios,
    items: profile.items,
    alignmentRate: rate ?? null,
    interval: copyInterval(ends),
    stated: arrange(profile.stated, places),
    acted: arrange(profile.acted, places),
    alignmentDistance: arrange(profile.alignmentDistance, places),
    meanItemDistance: arrange(profile.meanItemDistance, places),
  });
  const describeAll = (
    groups: readonly GroupProfile[],
    rates: ByName<number | null>,
    intervals: ByName<readonly [number, number] | null> = {},
  ) => groups.map((profile) => describe(profile, own(rates, profile.name), own(intervals, profile.name)));
  return {
    run: name,
    overall: describe(profiles.overall, alignmentRate.overall, interval?.overall),
    byCountry: describeAll(profiles.byCountry, alignmentRate.byCountry, interval?.byCountry),
    byTopic: describeAll(profiles.byTopic, alignmentRate.byTopic, interval?.byTopic),
  };
}

/** A country may be called `constructor`: only what the report itself says counts. */
function own<T>(record: ByName<T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

export function copyInterval(interval: readonly [number, number] | null | undefined): [number, number] | null {
  return interval ? [...interval] : null;
}

function arrange(numbers: Float64Array, places: readonly number[]): (number | null)[] {
  return places.map((at) => {
    const number = numbers[at];
    return number === undefined || Number.isNaN(number) ? null : number;
  });
}
