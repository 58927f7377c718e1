/** Whether a result still belongs to the text on screen. */
import { hashActed, hashStated } from '../../core/runs/hashes';
import { snapshotScenario } from '../../core/runs/plan';
import type { ItemSnapshot, ScenarioSnapshot } from '../../core/runs/record';
import type { Scenario } from '../../core/scenario/model';

export interface TextHashes {
  readonly state: string;
  readonly act: ReadonlyMap<string, string>;
}

/** The hashes of a scenario as it stands now; computed once for each parse. */
export class HashesOnScreen {
  private readonly known = new WeakMap<Scenario, TextHashes>();

  of(scenario: Scenario): TextHashes {
    let hashes = this.known.get(scenario);
    if (!hashes) {
      const now = snapshotScenario({ file: '', scenario });
      hashes = {
        state: now.stateHash ?? hashStated(now),
        act: new Map(now.items.map((item) => [item.value, item.actHash ?? hashActed(now, item)])),
      };
      this.known.set(scenario, hashes);
    }
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
