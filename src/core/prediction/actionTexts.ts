/** The actions of an item, with what is known about each. A run keeps their texts; why they show what is in the files. */
import type { ItemSnapshot, ScenarioSnapshot } from '../runs/record';
import type { Polarity } from '../scenario/model';
import type { ScenarioDocument } from '../scenario/schema';
import type { ShownAction } from './record';

type Place = Pick<ScenarioSnapshot, 'country' | 'topic'>;

/** What a scenario file says about an action. */
interface WrittenAction {
  readonly action: string;
  readonly attributions?: readonly string[];
  readonly explanation?: string;
}

/** A scenario as it was parsed, or as it is about to be written. */
export interface WrittenScenario extends Pick<ScenarioDocument, 'country' | 'topic'> {
  readonly items: readonly (Pick<ItemSnapshot, 'value'> & Readonly<Partial<Record<Polarity, WrittenAction>>>)[];
}

/** Actions that stand in scenario files, by country, topic and value. */
export class ActionTexts {
  private readonly actions = new Map<string, WrittenAction[]>();

  constructor(scenarios: Iterable<WrittenScenario> = []) {
    for (const scenario of scenarios) {
      for (const item of scenario.items) {
        for (const polarity of ['agree', 'disagree'] as const) {
          const action = item[polarity];
          if (!action) continue;
          const key = nameAction(scenario, item.value, polarity);
          const known = this.actions.get(key);
          if (known) known.push(action);
          else this.actions.set(key, [action]);
        }
      }
    }
  }

  /**
   * The text is that of the run, where it has one; spans and explanation are those of a file that still says the same.
   * Undefined where nobody has the text, or files have different ones.
   */
  find(place: Place, item: ItemSnapshot, polarity: Polarity): ShownAction | undefined {
    const known = this.actions.get(nameAction(place, item.value, polarity)) ?? [];
    const text = item[polarity] ?? onlyOf(known.map(({ action }) => action));
    if (text === undefined) return undefined;
    const same = known.find(({ action }) => action === text);
    return showAction(polarity, text, same);
  }
}

export function showAction(
  polarity: Polarity,
  text: string,
  known: Pick<WrittenAction, 'attributions' | 'explanation'> | undefined,
): ShownAction {
  const { attributions = [], explanation } = known ?? {};
  return { polarity, text, attributions: [...attributions], ...(explanation !== undefined && { explanation }) };
}

function nameAction({ country, topic }: Place, value: string, polarity: Polarity): string {
  return JSON.stringify([country, topic, value, polarity]);
}

function onlyOf(texts: readonly string[]): string | undefined {
  return new Set(texts).size === 1 ? texts[0] : undefined;
}
