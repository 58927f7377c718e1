/**
 * One run out of several: what a model is known to answer about a file may stand in more than one run file, since an
 * item can be run alone. Measures and charts read the composed run as if it had been made at once.
 */
import { requestOf } from '../../core/runs/plan';
import type { ItemSnapshot, Observation, ObservedRun, Run, RunHeader, ScenarioSnapshot } from '../../core/runs/record';

/** An item and the run its result is taken from. All items of a composition stand in one scenario file. */
export interface ItemSource {
  readonly run: ObservedRun;
  readonly scenario: ScenarioSnapshot;
  readonly item: ItemSnapshot;
}

/** Undefined where there is nothing to compose. The header is the newest run's. */
export function composeRun(sources: readonly ItemSource[]): Run | undefined {
  const headers = sources.map(({ run }) => run.header);
  const [newest] = headers.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  if (!newest) return undefined;
  return {
    header: { ...newest, scenarios: composeScenarios(sources), repeats: Math.max(...headers.map((h) => h.repeats)) },
    observations: [...groupByRun(sources)].flatMap(([run, taken]) => takeObservations(run, taken)),
  };
}

function composeScenarios(sources: readonly ItemSource[]): RunHeader['scenarios'] {
  const scenarios = new Map<string, { snapshot: ScenarioSnapshot; items: ItemSnapshot[] }>();
  for (const { scenario, item } of sources) {
    const known = scenarios.get(scenario.name);
    if (known) known.items.push(item);
    else scenarios.set(scenario.name, { snapshot: scenario, items: [item] });
  }
  return [...scenarios.values()].map(({ snapshot, items }) => ({ ...snapshot, key: snapshot.name, items }));
}

/** Scenario key in the run → the name it has in the composition, and the values taken from it. */
type Taken = Map<string, { readonly name: string; readonly values: Set<string> }>;

function groupByRun(sources: readonly ItemSource[]): Map<ObservedRun, Taken> {
  const runs = new Map<ObservedRun, Taken>();
  for (const { run, scenario, item } of sources) {
    const taken: Taken = runs.get(run) ?? new Map();
    runs.set(run, taken);
    const known = taken.get(scenario.key);
    if (known) known.values.add(item.value);
    else taken.set(scenario.key, { name: scenario.name, values: new Set([item.value]) });
  }
  return runs;
}

function takeObservations(run: ObservedRun, taken: Taken): Observation[] {
  const observations: Observation[] = [];
  for (const observation of run.observations) {
    const from = taken.get(observation.scenario);
    if (!from) continue;
    const scenario = from.name;
    // Another run answers for the other values: its answers must not be mixed with these.
    if (observation.type === 'state') {
      const answers = observation.answers.filter(([value]) => from.values.has(value));
      observations.push({ ...observation, scenario, answers });
      continue;
    }
    const request = requestOf(observation);
    if (request.task === 'state' || from.values.has(request.value)) observations.push({ ...observation, scenario });
  }
  return observations;
}
