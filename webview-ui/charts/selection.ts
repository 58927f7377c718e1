/** What of the results is on show: the ticked runs, and items brought together by value and scenario. */
import type { ItemRow, ModelRow, ToCharts } from '../../src/protocol/charts';
import { formatName } from '../format';
import type { RevealTarget } from './plot/plot';

export type Snapshot = Extract<ToCharts, { type: 'show' }>;

export interface GroupResult {
  readonly model: ModelRow;
  readonly item: ItemRow;
}

/** One value in one scenario, as the runs on show found it. */
export interface ItemGroup {
  readonly key: string;
  /** The value; "value — scenario" where several scenarios are on show. */
  readonly label: string;
  readonly target: RevealTarget;
  /** In the order of the runs. */
  readonly results: readonly GroupResult[];
  /** Largest distance of any run, 0…1; null where no run has one. */
  readonly largest: number | null;
}

export interface Selection {
  readonly models: readonly ModelRow[];
  /** In file order. */
  readonly groups: readonly ItemGroup[];
  readonly severalScenarios: boolean;
  /** Answers are still coming in. */
  readonly running: boolean;
}

/** `hidden`: names of the runs that are not on show. */
export function selectResults(snapshot: Snapshot, hidden: ReadonlySet<string>): Selection {
  const models = snapshot.models.filter((model) => !hidden.has(model.name));
  const byName = new Map(models.map((model) => [model.name, model]));
  const order = new Map(models.map((model, index) => [model.name, index]));
  const found = new Map<string, GroupResult[]>();
  const scenarios = new Set<string>();
  for (const item of snapshot.items) {
    const model = byName.get(item.run);
    if (!model) continue;
    scenarios.add(JSON.stringify([item.file, item.scenario]));
    const key = JSON.stringify([item.file, item.scenario, item.value]);
    const results = found.get(key);
    if (results) results.push({ model, item });
    else found.set(key, [{ model, item }]);
  }
  const severalScenarios = scenarios.size > 1;
  const groups = [...found].map(([key, results]): ItemGroup => {
    results.sort((a, b) => (order.get(a.model.name) ?? 0) - (order.get(b.model.name) ?? 0));
    const { file, scenario, value } = results[0]?.item ?? { file: '', scenario: '', value: '' };
    const distances = results.map(({ item }) => item.distance).filter((distance) => distance !== null);
    return {
      key,
      label: severalScenarios ? `${formatName(value)} — ${formatName(scenario)}` : formatName(value),
      target: { file, scenario, value },
      results,
      largest: distances.length === 0 ? null : Math.max(...distances),
    };
  });
  return { models, groups, severalScenarios, running: snapshot.running };
}

/** Largest distance first; equal distances keep file order, and groups without a distance are left out. */
export function rankGroups(groups: readonly ItemGroup[]): readonly ItemGroup[] {
  return groups.filter((group) => group.largest !== null).sort((a, b) => (b.largest ?? 0) - (a.largest ?? 0));
}
