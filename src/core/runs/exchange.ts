/** One request of a run: the prompt that is sent, and how its reply is read. */
import { readActed } from '../answers/acted';
import { readStated } from '../answers/stated';
import type { AnswerFormat, ChatMessage } from '../prompts/messages';
import { renderTask1, task1AnswerFormat } from '../prompts/task1';
import { renderTask2, task2AnswerFormat } from '../prompts/task2';
import type { RequestKey } from './plan';
import type { ActObservation, ItemSnapshot, RunHeader, ScenarioSnapshot, StateObservation } from './record';

export interface Prompt {
  readonly messages: readonly ChatMessage[];
  readonly answerFormat: AnswerFormat;
}

/** What the model said and what it cost; `at` is an ISO 8601 time, `ms` the time it took. */
export type ReceivedReply = Pick<StateObservation, 'raw' | 'usage' | 'ms' | 'at' | 'cached' | 'unread'>;

/** Renders the prompts of a run and reads its replies, finding scenarios and items by name in constant time. */
export class Exchange {
  private readonly scenarios = new Map<string, { snapshot: ScenarioSnapshot; items: Map<string, ItemSnapshot> }>();

  constructor(header: Pick<RunHeader, 'scenarios'>) {
    for (const snapshot of header.scenarios) {
      this.scenarios.set(snapshot.key, { snapshot, items: new Map(snapshot.items.map((item) => [item.value, item])) });
    }
  }

  /** @throws {RangeError} where the run has no such scenario or item. */
  render(key: RequestKey): Prompt {
    const snapshot = this.scenario(key.scenario).snapshot;
    if (key.task === 'state') {
      return { messages: renderTask1(snapshot, key.variant), answerFormat: task1AnswerFormat(snapshot) };
    }
    return {
      messages: renderTask2(snapshot, this.item(key.scenario, key.value), key.variant),
      answerFormat: task2AnswerFormat(key.variant),
    };
  }

  read(key: RequestKey, reply: ReceivedReply): StateObservation | ActObservation {
    const { scenario, variant, repeat } = key;
    if (key.task === 'state') {
      const values = this.scenario(scenario).snapshot.items.map((item) => item.value);
      return { type: 'state', scenario, variant, repeat, answers: readStated(reply.raw, values), ...reply };
    }
    return { type: 'act', scenario, value: key.value, variant, repeat, ...readActed(reply.raw, variant), ...reply };
  }

  private scenario(key: string) {
    const found = this.scenarios.get(key);
    if (!found) throw new RangeError(`The run has no scenario "${key}".`);
    return found;
  }

  private item(scenario: string, value: string): ItemSnapshot {
    const found = this.scenario(scenario).items.get(value);
    if (!found) throw new RangeError(`Scenario "${scenario}" of the run has no value "${value}".`);
    return found;
  }
}
