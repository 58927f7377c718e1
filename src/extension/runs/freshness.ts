/** Whether a result still belongs to the text on screen. */
import { hashActed, hashStated } from '../../core/runs/hashes';
import { chooseSystem, snapshotScenario } from '../../core/runs/plan';
import type { ItemSnapshot, ScenarioSnapshot } from '../../core/runs/record';
import type { Scenario } from '../../core/scenario/model';

export interface TextHashes {
  readonly state: string;
  readonly act: ReadonlyMap<string, string>;
}

/** The hashes of a scenario as it stands now; computed once for each parse. */
export class HashesOnScreen {
  private readonly known = new WeakMap<Scenario, Map<string | undefined, TextHashes>>();

  /** @param label Of the system prompt, where a run has one. */
  of(scenario: Scenario, label?: string): TextHashes {
    const byLabel = this.known.get(scenario) ?? new Map<string | undefined, TextHashes>();
    this.known.set(scenario, byLabel);
    const known = byLabel.get(label);
    if (known) return known;
    const now = snapshotScenario({ file: '', scenario: chooseSystem(scenario, label) });
    const hashes = {
      state: now.stateHash ?? hashStated(now),
      act: new Map(now.items.map((item) => [item.value, item.actHash ?? hashActed(now, item)])),
    };
    byLabel.set(label, hashes);
    return hashes;
  }
}

/**
 * A result is stale when anything its model was shown has changed: the item's actions, the scene or prompts, or the
 * list of values that Task 1 asks about as a whole.
 */
export function isStale(asked: { scenario: ScenarioSnapshot; item: ItemSnapshot }, now: TextHashes): boolean {
  const { scenario, item } = asked;
  return (
    (scenario.stateHash ?? hashStated(scenario)) !== now.state ||
    (item.actHash ?? hashActed(scenario, item)) !== now.act.get(item.value)
  );
}
