/** The aggregates of several scenarios, of the runs on show, ready to be looked up by group. */
import type { ModelRow, Study, StudyGroup } from '../../src/protocol/charts';

export type Grouping = 'country' | 'topic';

export interface StudyRun {
  readonly model: ModelRow;
  readonly overall: StudyGroup;
  readonly country: ReadonlyMap<string, StudyGroup>;
  readonly topic: ReadonlyMap<string, StudyGroup>;
}

export interface StudySelection {
  /** Profiles of groups follow it. */
  readonly values: readonly string[];
  readonly scenarios: readonly string[];
  /** In order of first appearance, over the runs on show. */
  readonly country: readonly string[];
  readonly topic: readonly string[];
  /** In the order of the models. */
  readonly runs: readonly StudyRun[];
}

export function selectStudy(study: Study | undefined, models: readonly ModelRow[]): StudySelection | undefined {
  if (!study) return undefined;
  const byName = new Map(study.runs.map((run) => [run.run, run]));
  const runs = models.flatMap((model): StudyRun[] => {
    const run = byName.get(model.name);
    return run
      ? [{ model, overall: run.overall, country: nameGroups(run.byCountry), topic: nameGroups(run.byTopic) }]
      : [];
  });
  const namesOf = (by: Grouping) => [...new Set(runs.flatMap((run) => [...run[by].keys()]))];
  return {
    values: study.values,
    scenarios: study.scenarios,
    country: namesOf('country'),
    topic: namesOf('topic'),
    runs,
  };
}

function nameGroups(groups: readonly StudyGroup[]): ReadonlyMap<string, StudyGroup> {
  return new Map(groups.map((group) => [group.name, group]));
}

/** Groupings that tell anything: a study of one country is not shown by country. */
export function listGroupings(study: StudySelection | undefined): readonly Grouping[] {
  if (!study) return [];
  return (['country', 'topic'] as const).filter((by) => study[by].length > 1);
}
