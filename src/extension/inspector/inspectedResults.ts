/** The results about one item, for each model the newest, with the texts that were shown to it. */
import * as vscode from 'vscode';
import type { Item, Scenario } from '../../core/scenario/model';
import { isFailed, isReached, orderByWeight } from '../runs/itemSummary';
import type { ResultsOnScreen } from '../runs/resultsOnScreen';
import type { RunStore } from '../runs/runStore';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { FoundResult, InspectedPlace } from './composeItem';

export interface FoundItem {
  readonly onScreen: { readonly scenario: Scenario; readonly item: Item } | undefined;
  readonly results: readonly FoundResult[];
  /** Runs about the item are still to be read. */
  readonly reading: boolean;
}

export interface ItemSources {
  readonly scenarios: ScenarioFiles;
  readonly store: RunStore;
  readonly results: ResultsOnScreen;
}

export async function findItem(place: InspectedPlace, sources: ItemSources): Promise<FoundItem> {
  return place.file === '' ? findImported(place, sources) : findInFile(place, sources);
}

async function findInFile(
  { file, scenario: name, value }: InspectedPlace,
  { scenarios, store, results }: ItemSources,
): Promise<FoundItem> {
  const uri = vscode.Uri.file(file);
  const parsed = await scenarios.parse(uri);
  const scenario = parsed?.scenarios.find((one) => one.name === name);
  const item = scenario?.items.find((one) => one.value === value);
  if (!scenario || !item) return { onScreen: undefined, results: [], reading: false };
  const found = results.resultsFor(uri, scenario, value).flatMap((result): FoundResult[] => {
    const asked = store.get(result.run)?.snapshotOf(file, name, value);
    return asked ? [{ ...result, asked }] : [];
  });
  const reading = results.runsAbout(file).some((run) => !run.hasBeenRead && run.snapshotOf(file, name, value));
  return { onScreen: { scenario, item }, results: found, reading };
}

/** Answers that were imported without a scenario file: the run's own text is all there is. */
function findImported({ scenario, value }: InspectedPlace, { store }: ItemSources): FoundItem {
  const found = new Map<string, FoundResult>();
  let reading = false;
  for (const run of store.list()) {
    if (found.has(run.model) || run.placeOf(scenario)) continue;
    const snapshot = run.header.scenarios.find(({ key }) => key === scenario);
    const item = snapshot?.items.find((one) => one.value === value && one.act !== 'not-selected');
    if (!snapshot || !item) continue;
    if (!run.isRead) void store.read(run);
    reading ||= !run.hasBeenRead;
    const result = run.results?.find((one) => one.scenario === scenario && one.value === value);
    if (!result || !isReached(result) || isFailed(result)) continue;
    const { model, path, header } = run;
    const asked = { scenario: snapshot, item };
    found.set(model, {
      model,
      modelId: header.model.id,
      run: path,
      startedAt: header.startedAt,
      result,
      stale: false,
      asked,
    });
  }
  return { onScreen: undefined, results: orderByWeight([...found.values()]), reading };
}
