/** The two tasks as an assignment: the requests of a run, and what becomes of their replies. */
import { couldNotBeRead } from '../answers/unread';
import type { Assignment, Failure } from './assignment';
import { Exchange, type Prompt, type ReceivedReply } from './exchange';
import { countRequests, listRequests, type RequestKey, requestId, requestOf } from './plan';
import type { FailureObservation, Observation, RunHeader } from './record';
import { countUnusable } from './tally';

export type EvaluatedRun = Pick<RunHeader, 'scenarios' | 'variants' | 'repeats'> & {
  readonly model: Pick<RunHeader['model'], 'parameters'>;
};

export class Evaluation implements Assignment<RequestKey, Observation> {
  private readonly exchange: Exchange;
  private readonly shelves: ReadonlyMap<string, readonly string[]>;

  constructor(private readonly run: EvaluatedRun) {
    this.exchange = new Exchange(run);
    this.shelves = new Map(run.scenarios.map(({ key, country, topic }) => [key, [country, topic]]));
  }

  get parameters() {
    return this.run.model.parameters;
  }

  count(): number {
    return countRequests(this.run);
  }

  list(): Iterable<RequestKey> {
    return listRequests(this.run);
  }

  idOf(key: RequestKey): string {
    return requestId(key);
  }

  requestOf(observation: Observation): RequestKey {
    return requestOf(observation);
  }

  describe(key: RequestKey): string {
    const what = key.task === 'act' ? `${key.value}, act` : `${key.scenario}, state`;
    return `${what} (variant ${key.variant})`;
  }

  render(key: RequestKey): Prompt {
    return this.exchange.render(key);
  }

  read(key: RequestKey, reply: ReceivedReply): Observation {
    return this.exchange.read(key, reply);
  }

  fail(key: RequestKey, { code, message, at }: Failure): FailureObservation {
    const { task, scenario, variant, repeat } = key;
    const value = key.task === 'act' ? { value: key.value } : {};
    return { type: 'failure', task, scenario, variant, repeat, ...value, failure: { code, message }, at };
  }

  couldNotBeRead(observation: Observation): boolean {
    return observation.type !== 'failure' && couldNotBeRead(observation);
  }

  countUnusable(observation: Observation): number {
    return countUnusable(observation);
  }

  shelfOf({ scenario }: RequestKey): readonly string[] {
    return this.shelves.get(scenario) ?? [];
  }

  sampleOf({ task, variant, repeat }: RequestKey): readonly (string | number)[] {
    return [task, variant, repeat];
  }
}
