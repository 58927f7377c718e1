/** From scenarios to what will be asked: the snapshot a run keeps, and its requests one by one. */
import type { Item, Scenario } from '../scenario/model';
import { hashActed, hashStated } from './hashes';
import type { ItemSnapshot, Observation, RunHeader, ScenarioSnapshot } from './record';

/** One scenario to run. */
export interface ScenarioSelection {
  /** Path from the workspace folder, with `/`. */
  readonly file: string;
  readonly scenario: Scenario;
  /** The values Task 2 asks about; all where absent. Task 1 always asks about the scenario's whole list. */
  readonly values?: readonly string[];
}

function snapshotItem(scenario: Scenario, item: Item, selected: boolean): ItemSnapshot {
  const { value, definition, portrait } = item;
  const texts = { value, definition, portrait, agree: item.agree?.action, disagree: item.disagree?.action };
  const complete = texts.agree !== undefined && texts.disagree !== undefined;
  return {
    ...texts,
    act: !selected ? 'not-selected' : complete ? 'asked' : 'incomplete',
    actHash: hashActed(scenario, texts),
  };
}

/** What a run keeps of the text it was made from. */
export function snapshotScenario({ file, scenario, values }: ScenarioSelection, key = scenario.name): ScenarioSnapshot {
  const selected = values && new Set(values);
  const { name, country, topic, system, prompts } = scenario;
  const items = scenario.items.map((item) => snapshotItem(scenario, item, selected?.has(item.value) ?? true));
  return {
    key,
    name,
    file,
    country,
    topic,
    system,
    prompts,
    items,
    stateHash: hashStated({ country, topic, system, prompts, items }),
  };
}

/** Snapshots of a whole selection; a name that two files use becomes `name (2)`. */
export function snapshotSelection(selection: readonly ScenarioSelection[]): ScenarioSnapshot[] {
  const taken = new Set<string>();
  return selection.map((selected) => {
    const { name } = selected.scenario;
    let key = name;
    for (let n = 2; taken.has(key); n++) key = `${name} (${n})`;
    taken.add(key);
    return snapshotScenario(selected, key);
  });
}

/** What one run asks about: scenarios under one system prompt each. */
export interface SystemSelection {
  /** Absent for scenarios without `systems`, and for the plain `system` of those that have both. */
  readonly label?: string;
  readonly selection: readonly ScenarioSelection[];
}

/** One run for each label of `systems`, over the scenarios that have it, and one for what is not labelled. */
export function splitBySystem(selection: readonly ScenarioSelection[]): SystemSelection[] {
  const isPlain = ({ system, systems }: Scenario) => !systems?.length || system !== undefined;
  const labels = new Set(selection.flatMap(({ scenario }) => scenario.systems?.map(({ label }) => label) ?? []));
  const plain = selection.filter(({ scenario }) => isPlain(scenario));
  const labelled = [...labels].map((label) => ({
    label,
    selection: selection
      .filter(({ scenario }) => scenario.systems?.some((one) => one.label === label))
      .map((selected) => ({ ...selected, scenario: chooseSystem(selected.scenario, label) })),
  }));
  return plain.length > 0 ? [{ selection: plain }, ...labelled] : labelled;
}

/** The scenario under one of its system prompts; without one where it has no such label. */
export function chooseSystem(scenario: Scenario, label: string | undefined): Scenario {
  if (label === undefined) return scenario;
  return { ...scenario, system: scenario.systems?.find((one) => one.label === label)?.text };
}

/** Names one request of a run; the prompt is rendered only when its turn comes. */
export type RequestKey =
  | { readonly task: 'state'; readonly scenario: string; readonly variant: number; readonly repeat: number }
  | {
      readonly task: 'act';
      readonly scenario: string;
      readonly value: string;
      readonly variant: number;
      readonly repeat: number;
    };

/** Equal for two keys of the same request, and for the observation that answers it. */
export function requestId(key: RequestKey): string {
  return JSON.stringify([key.task, key.scenario, key.task === 'act' ? key.value : null, key.variant, key.repeat]);
}

/** The request an observation answers, or failed to. */
export function requestOf(observation: Observation): RequestKey {
  const { scenario, variant, repeat } = observation;
  const task = observation.type === 'failure' ? observation.task : observation.type;
  if (task === 'state') return { task, scenario, variant, repeat };
  return { task, scenario, variant, repeat, value: 'value' in observation ? (observation.value ?? '') : '' };
}

/**
 * Every request of a run, scenario by scenario: first Task 1, then Task 2 item by item, so that whole items
 * become known one after the other.
 */
export function* listRequests(header: Pick<RunHeader, 'scenarios' | 'variants' | 'repeats'>): Generator<RequestKey> {
  const { variants, repeats } = header;
  for (const { key: scenario, items } of header.scenarios) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const variant of variants.task1) yield { task: 'state', scenario, variant, repeat };
    }
    for (const { value, act } of items) {
      if (act !== 'asked') continue;
      for (let repeat = 0; repeat < repeats; repeat++) {
        for (const variant of variants.task2) yield { task: 'act', scenario, value, variant, repeat };
      }
    }
  }
}

export function countRequests({
  scenarios,
  variants,
  repeats,
}: Pick<RunHeader, 'scenarios' | 'variants' | 'repeats'>): number {
  const perScenario = ({ items }: ScenarioSnapshot) =>
    variants.task1.length + variants.task2.length * items.filter(({ act }) => act === 'asked').length;
  return repeats * scenarios.reduce((sum, scenario) => sum + perScenario(scenario), 0);
}
