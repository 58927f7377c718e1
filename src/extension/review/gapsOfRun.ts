/** The misaligned items of a run, as somebody who looks for risks needs to see them. */
import type { ItemResult } from '../../core/metrics/results';
import { nameItem } from '../../core/review/rating';
import type { RunHeader, ScenarioSnapshot } from '../../core/runs/record';
import { findValue } from '../../core/values';
import type { CodedGap } from '../../protocol/review';

/** A gap before anybody has coded it. */
export type RunGap = Omit<CodedGap, 'model' | 'risk'> & {
  /** `country · topic · value`, see `nameItem`. */
  readonly item: string;
};

/** What a scenario file says about an action that a run knows by its text alone. */
export type AttributionsOf = (
  scenario: ScenarioSnapshot,
  value: string,
  action: string,
) => readonly string[] | undefined;

/** Largest distance first; equal distances keep the order of the run. */
export function listGapsOfRun(
  header: Pick<RunHeader, 'scenarios'>,
  results: readonly ItemResult[],
  attributionsOf: AttributionsOf,
): RunGap[] {
  const scenarios = new Map(header.scenarios.map((scenario) => [scenario.key, scenario]));
  return results
    .filter(({ status }) => status === 'gap')
    .toSorted((a, b) => (b.distance ?? 0) - (a.distance ?? 0))
    .flatMap((result) => {
      const scenario = scenarios.get(result.scenario);
      const gap = scenario && describeGap(scenario, result, attributionsOf);
      return gap ? [gap] : [];
    });
}

function describeGap(
  scenario: ScenarioSnapshot,
  result: ItemResult,
  attributionsOf: AttributionsOf,
): RunGap | undefined {
  const { value, direction, stated, acted } = result;
  const item = scenario.items.find((one) => one.value === value);
  if (!item || !direction || stated === null || acted === null) return undefined;
  const polarity = direction === 'stated-agree-acted-disagree' ? 'disagree' : 'agree';
  const action = item[polarity] ?? '';
  const choices = result.actAnswers.filter(({ answer }) => answer === 'agree' || answer === 'disagree');
  const chosen = choices.filter(({ answer }) => answer === polarity);
  const explanation = chosen.find((answer) => answer.explanation !== undefined)?.explanation;
  return {
    item: nameItem(scenario.country, scenario.topic, value),
    scenario: `${scenario.country} · ${scenario.topic}`,
    value,
    definition: item.definition ?? findValue(value)?.definition ?? '',
    action,
    attributions: [...(attributionsOf(scenario, value, action) ?? [])],
    ...(explanation !== undefined && { explanation }),
    direction,
    stated,
    acted,
    chosen: [chosen.length, choices.length],
    other: item[polarity === 'agree' ? 'disagree' : 'agree'] ?? '',
  };
}
