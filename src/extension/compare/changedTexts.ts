/** What two runs were asked, as two texts for the diff editor: the scenarios that differ, and nothing else of the runs. */
import type { RunHeader, ScenarioSnapshot } from '../../core/runs/record';
import { formatScenarios } from '../../core/scenario/format';
import type { ScenarioDocument } from '../../core/scenario/schema';

export interface ChangedTexts {
  readonly before: string;
  readonly after: string;
}

/** Scenarios are matched by their key; one that only one run has stands against nothing. */
export function listChangedTexts(a: RunHeader, b: RunHeader): ChangedTexts {
  const after = new Map(b.scenarios.map((scenario) => [scenario.key, scenario]));
  const before = new Map(a.scenarios.map((scenario) => [scenario.key, scenario]));
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const texts = keys.map((key) => ({ was: format(before.get(key)), is: format(after.get(key)) }));
  const changed = texts.filter(({ was, is }) => was !== is);
  return {
    before: changed.map(({ was }) => was).join('---\n'),
    after: changed.map(({ is }) => is).join('---\n'),
  };
}

function format(scenario: ScenarioSnapshot | undefined): string {
  if (!scenario) return '';
  const { name, country, topic, system, prompts, items } = scenario;
  const document: ScenarioDocument = {
    name,
    country,
    topic,
    ...(system !== undefined && { system }),
    ...(prompts && { prompts }),
    items: items.map(({ value, definition, agree, disagree }) => ({
      value,
      ...(definition !== undefined && { definition }),
      ...(agree !== undefined && { agree: { action: agree } }),
      ...(disagree !== undefined && { disagree: { action: disagree } }),
    })),
  };
  return formatScenarios([document]);
}
