/** An action that can be reviewed, whoever made it. */
import type { GenerationHeader, GenerationObservation } from '../generation/record';
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

function readAction({
  action,
  attributions,
  explanation,
}: Pick<ValueAction, 'action' | 'attributions' | 'explanation'>) {
  return { action, attributions, ...(explanation !== undefined && { explanation }) };
}

/** The actions that a model proposed; what was refused or could not be read is none. */
export function listProposalCandidates(
  { model, scenarios }: Pick<GenerationHeader, 'model' | 'scenarios'>,
  observations: readonly GenerationObservation[],
): ReviewCandidate[] {
  const asked = new Map(scenarios.map((scenario) => [scenario.key, scenario]));
  return observations.flatMap((observation) => {
    if (observation.type !== 'proposal' || observation.answer.kind !== 'action') return [];
    const scenario = asked.get(observation.scenario);
    if (!scenario) return [];
    const { value, polarity, variant, answer } = observation;
    return [
      {
        item: nameItem(scenario.country, scenario.topic, value),
        country: scenario.country,
        topic: scenario.topic,
        value,
        definition: scenario.items.find((item) => item.value === value)?.definition ?? '',
        polarity,
        variant,
        model: model.id,
        ...readAction(answer),
      },
    ];
  });
}

/** An accepted proposal also stands in the file: it is reviewed once, as the proposal, whose maker is known. */
export function mergeCandidates(
  fromFiles: readonly ReviewCandidate[],
  proposed: readonly ReviewCandidate[],
): ReviewCandidate[] {
  const nameText = ({ item, polarity, action }: ReviewCandidate) => JSON.stringify([item, polarity, action.trim()]);
  const known = new Set(proposed.map(nameText));
  return [...fromFiles.filter((candidate) => !known.has(nameText(candidate))), ...proposed];
}
