/** An action that can be reviewed, whoever made it. */
import type { Polarity, Scenario, ValueAction } from '../scenario/model';
import { nameItem } from './rating';

export interface ReviewCandidate {
  /** `country · topic · value`, see `nameItem`. */
  readonly item: string;
  readonly country: string;
  readonly topic: string;
  readonly value: string;
  readonly definition: string;
  readonly polarity: Polarity;
  readonly action: string;
  /** Spans of `action` that carry the value. */
  readonly attributions: readonly string[];
  readonly explanation?: string;
  /** Generation wording, 0-7; null where nobody knows. */
  readonly variant: number | null;
  /** Null where nobody knows. */
  readonly model: string | null;
}

/** The actions that stand in scenario files: nobody knows any more which model and wording made them. */
export function listFileCandidates(scenarios: readonly Scenario[]): ReviewCandidate[] {
  return scenarios.flatMap((scenario) =>
    scenario.items.flatMap(({ value, definition, agree, disagree }) => {
      const about = {
        item: nameItem(scenario.country, scenario.topic, value),
        country: scenario.country,
        topic: scenario.topic,
        value,
        definition,
        variant: null,
        model: null,
      };
      return [
        ...(agree ? [{ ...about, polarity: 'agree' as const, ...readAction(agree) }] : []),
        ...(disagree ? [{ ...about, polarity: 'disagree' as const, ...readAction(disagree) }] : []),
      ];
    }),
  );
}

function readAction({ action, attributions, explanation }: ValueAction) {
  return { action, attributions, ...(explanation !== undefined && { explanation }) };
}
