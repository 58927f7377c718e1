/** What of the results is on show: the ticked runs, and items brought together by value and scenario. */
import type { ItemRow, ModelRow, ToCharts } from '../../src/protocol/charts';
import { formatName } from '../format';
import type { LineTarget } from './plot/target';
import { type StudySelection, selectStudy } from './study';

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
  readonly value: string;
  readonly scenario: string;
  /** Absent where the scenario's file is not in the workspace. */
  readonly target?: LineTarget;
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
  /** Aggregates, where several scenarios are on show. */
  readonly study?: StudySelection;
  /** Answers are still coming in. */
  readonly running: boolean;
}

/** `hidden`: names of the runs that are not on show. */
export function selectResults(snapshot: Snapshot, hidden: ReadonlySet<string>): Selection {
  const models = snapshot.models.filter((model) => !hidden.has(model.name));
  const study = selectStudy(snapshot.study, models);
  const items = groupItems(models, snapshot.items);
  return { models, ...items, ...(study && { study }), running: snapshot.running };
}

/** Brings the rows of an item together, in the order of the runs. Imported answers name no file: they join a known one. */
export function groupItems(
  models: readonly ModelRow[],
  items: readonly ItemRow[],
): Pick<Selection, 'groups' | 'severalScenarios'> {
  const homes = findHomes(items);
  const byName = new Map(models.map((model) => [model.name, model]));
  const order = new Map(models.map((model, index) => [model.name, index]));
  const found = new Map<string, GroupResult[]>();
  const scenarios = new Set<string>();
  for (const item of items) {
    const model = byName.get(item.run);
    if (!model) continue;
    const file = item.file || (homes.get(item.scenario) ?? '');
    scenarios.add(JSON.stringify([file, item.scenario]));
    const key = JSON.stringify([file, item.scenario, item.value]);
    const results = found.get(key);
    if (results) results.push({ model, item });
    else found.set(key, [{ model, item }]);
  }
  const severalScenarios = scenarios.size > 1;
  const groups = [...found].map(([key, results]): ItemGroup => {
    results.sort((a, b) => (order.get(a.model.name) ?? 0) - (order.get(b.model.name) ?? 0));
    const { scenario = '', value = '' } = results[0]?.item ?? {};
    const file = results.find(({ item }) => item.file !== '')?.item.file;
    const distances = results.map(({ item }) => item.distance).filter((distance) => distance !== null);
    return {
      key,
      label: severalScenarios ? `${formatName(value)} — ${formatName(scenario)}` : formatName(value),
      value,
      scenario,
      ...(file !== undefined && { target: { kind: 'line', file, scenario, value } }),
      results,
      largest: distances.length === 0 ? null : Math.max(...distances),
    };
  });
  return { groups, severalScenarios };
}

/** The one file that a scenario is known to stand in; scenarios that stand in several are left out. */
function findHomes(items: readonly ItemRow[]): ReadonlyMap<string, string> {
  const files = new Map<string, Set<string>>();
  for (const { file, scenario } of items) {
    if (file === '') continue;
    const known = files.get(scenario);
    if (known) known.add(file);
    else files.set(scenario, new Set([file]));
  }
  return new Map(
    [...files].flatMap(([scenario, [file = '', ...others]]) => (others.length === 0 ? [[scenario, file]] : [])),
  );
}

/** Largest distance first; equal distances keep file order, and groups without a distance are left out. */
export function rankGroups(groups: readonly ItemGroup[]): readonly ItemGroup[] {
  return groups.filter((group) => group.largest !== null).sort((a, b) => (b.largest ?? 0) - (a.largest ?? 0));
}
