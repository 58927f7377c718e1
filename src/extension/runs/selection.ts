/** From what the user pointed at to what a run is about. */
import * as vscode from 'vscode';
import type { ScenarioSelection } from '../../core/runs/plan';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Target } from '../scenarios/target';

/** Nothing can be run; the message says why and what to do. */
export class NothingToRun extends Error {
  override readonly name = 'NothingToRun';
}

/** @throws {NothingToRun} */
export async function selectScenarios(scenarios: ScenarioFiles, target: Target): Promise<ScenarioSelection[]> {
  const file = scenarios.nameOf(target.file);
  const parsed = await scenarios.parse(target.file);
  if (!parsed) {
    throw new NothingToRun(vscode.l10n.t('{0} cannot be read: it was deleted or moved. Choose another file.', file));
  }
  if (parsed.scenarios.length === 0) {
    throw new NothingToRun(
      parsed.text.trim() !== ''
        ? vscode.l10n.t('{0} holds no scenario that can be read. The Problems view says what to repair.', file)
        : vscode.l10n.t('{0} is empty. Write a country, a topic and some items, or open the sample to see how.', file),
    );
  }
  const named = parsed.scenarios.filter(({ name }) => target.kind === 'file' || name === target.scenario);
  const withItems = named.filter(({ items }) => items.length > 0);
  if (withItems.length === 0) {
    throw new NothingToRun(vscode.l10n.t('{0} has no items yet. Add a value with two actions under "items:".', file));
  }
  if (target.kind !== 'item') return withItems.map((scenario) => ({ file, scenario }));
  const { value } = target;
  const holding = withItems.filter(({ items }) => items.some((item) => item.value === value));
  if (holding.length === 0) {
    throw new NothingToRun(vscode.l10n.t('“{0}” is no longer in {1} of {2}.', value, target.scenario, file));
  }
  return holding.map((scenario) => ({ file, scenario, values: [value] }));
}
