/** From scenarios, or from a study that has no files yet, to what a model is asked to write. */
import type { ModelParameters } from '../runs/record';
import type { Item, Polarity, Scenario } from '../scenario/model';
import { VALUES } from '../values';
import { type AskedItem, type AskedScenario, GENERATION_SCHEMA, type GenerationHeader } from './record';

/** One scenario to write actions for. */
export interface GenerationSelection {
  /** Path from the workspace folder, with `/`. */
  readonly file: string;
  readonly scenario: Scenario;
  /** The values to write for; all where absent. */
  readonly values?: readonly string[];
}

export interface AskingRule {
  readonly polarities: readonly Polarity[];
  /** Whether actions that are there are asked for too (default: only missing ones). */
  readonly replace?: boolean;
}

/** Snapshots of a whole selection; a name that two files use becomes `name (2)`. Items that need nothing are left out. */
export function selectAsked(selection: readonly GenerationSelection[], rule: AskingRule): AskedScenario[] {
  const taken = new Set<string>();
  return selection.map(({ file, scenario, values }) => {
    const { name, country, topic } = scenario;
    let key = name;
    for (let n = 2; taken.has(key); n++) key = `${name} (${n})`;
    taken.add(key);
    const selected = values && new Set(values);
    const items = scenario.items
      .filter(({ value }) => selected?.has(value) ?? true)
      .map((item) => snapshotItem(item, rule))
      .filter(({ ask }) => ask.length > 0);
    return { key, name, file, country, topic, items };
  });
}

function snapshotItem(item: Item, { polarities, replace = false }: AskingRule): AskedItem {
  const { value, definition, agree, disagree } = item;
  return {
    value,
    definition,
    ...(agree && { agree: agree.action }),
    ...(disagree && { disagree: disagree.action }),
    ask: polarities.filter((polarity) => replace || !item[polarity]),
  };
}

export interface Study {
  readonly countries: readonly string[];
  readonly topics: readonly string[];
  /** Names of the 56; others have no meaning here and are left out. */
  readonly values: readonly string[];
}

/** Every country with every topic, each with all the values: none has an action yet. */
export function composeStudy({ countries, topics, values }: Study, polarities: readonly Polarity[]): AskedScenario[] {
  const wanted = new Set(values);
  const items = VALUES.filter(({ name }) => wanted.has(name)).map(
    ({ name, definition }): AskedItem => ({ value: name, definition, ask: [...polarities] }),
  );
  return countries.flatMap((country) =>
    topics.map((topic): AskedScenario => {
      const name = `${country} · ${topic}`;
      return { key: name, name, file: '', country, topic, items };
    }),
  );
}

export interface GenerationOrder {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly model: {
    readonly id: string;
    readonly baseUrl?: string;
    readonly apiKeyEnv?: string;
    readonly parameters: ModelParameters;
    readonly notes: readonly string[];
  };
  /** Of the 8 wordings; the published winner is `BEST_GENERATION_VARIANT`. */
  readonly variants: readonly number[];
  readonly polarities: readonly Polarity[];
  /** Those with nothing to ask are left out. */
  readonly scenarios: readonly AskedScenario[];
}

export function composeHeader(order: GenerationOrder): GenerationHeader {
  const { id, startedAt, model, variants, polarities, scenarios } = order;
  return {
    type: 'generation',
    schema: GENERATION_SCHEMA,
    id,
    startedAt,
    model: { ...model, notes: [...model.notes] },
    variants: [...variants],
    polarities: [...polarities],
    scenarios: scenarios.filter(({ items }) => items.length > 0),
  };
}
