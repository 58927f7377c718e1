/** Writes scenarios as text. */
import { stringify } from 'yaml';
import type { ScenarioDocument } from './schema';

/** Block-style YAML, one document a scenario, one line a sentence. */
export function formatScenarios(scenarios: readonly ScenarioDocument[]): string {
  return scenarios.map((scenario) => stringify(scenario, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
}
