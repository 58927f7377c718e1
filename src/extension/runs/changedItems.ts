/** Which items of a selection have no result that belongs to the text as it is now. */
import type * as vscode from 'vscode';
import type { ScenarioSelection } from '../../core/runs/plan';
import type { Scenario } from '../../core/scenario/model';
import type { ModelItemResult } from './itemSummary';

export interface KnownResults {
  resultsFor(file: vscode.Uri, scenario: Scenario, value: string): readonly ModelItemResult[];
}

/**
 * The selection with the changed items alone; scenarios without one are left out. An item that lacks an action cannot
 * be asked about, so it does not count.
 * @param models Ids of those that are going to be asked.
 */
export function selectChanged(
  selection: readonly ScenarioSelection[],
  file: vscode.Uri,
  models: readonly string[],
  known: KnownResults,
): ScenarioSelection[] {
  return selection.flatMap((selected) => {
    const { scenario } = selected;
    const wanted = selected.values && new Set(selected.values);
    const labels = scenario.systems?.length ?? 0;
    const subjects = labels === 0 ? 1 : labels + (scenario.system === undefined ? 0 : 1);
    const values = scenario.items
      .filter(({ value, agree, disagree }) => agree && disagree && (wanted?.has(value) ?? true))
      .map(({ value }) => value)
      .filter((value) => {
        const results = known.resultsFor(file, scenario, value);
        return models.some((model) => {
          const own = results.filter(({ modelId, stale }) => modelId === model && !stale);
          return own.length < subjects;
        });
      });
    return values.length === 0 ? [] : [{ ...selected, values }];
  });
}
