/** Puts what a batch answered into the run: journal first, then the count, then whoever watches. */
import type { RequestKey } from '../../core/runs/plan';
import type { FailureObservation, Observation } from '../../core/runs/record';
import type { RunEvent } from '../events';
import type { Clock, Journal } from '../ports';
import type { ProgressCounter } from '../progress';
import type { RequestNumbers } from './requestNumbers';

/** Observations that are handed to the journal at once: waiting for each one would cost a write apiece. */
const AT_ONCE = 200;

export class BatchRecorder {
  private waiting: { readonly key: RequestKey; readonly observation: Observation }[] = [];

  constructor(
    private readonly numbers: RequestNumbers,
    private readonly journal: Journal,
    private readonly counter: ProgressCounter<RequestKey, Observation>,
    private readonly clock: Clock,
    private readonly emit: (event: RunEvent) => void,
  ) {}

  /** Settles a request for good; what is settled already is not written twice. @throws {JournalError} */
  async record(number: number, observation: Observation): Promise<void> {
    const key = this.numbers.keys[number];
    if (!key || this.numbers.isSettled(number)) return;
    this.numbers.settle(number);
    this.waiting.push({ key, observation });
    if (this.waiting.length >= AT_ONCE) await this.flush();
  }

  async recordFailure(number: number, failure: FailureObservation['failure']): Promise<void> {
    const key = this.numbers.keys[number];
    if (!key) return;
    const { task, scenario, variant, repeat } = key;
    const value = key.task === 'act' ? { value: key.value } : {};
    const at = this.clock.date();
    await this.record(number, { type: 'failure', task, scenario, variant, repeat, ...value, failure, at });
  }

  /** @throws {JournalError} */
  async flush(): Promise<void> {
    const settled = this.waiting;
    this.waiting = [];
    // All of them are waited for, so that none fails unheard after the first did.
    const written = await Promise.allSettled(settled.map(({ observation }) => this.journal.append(observation)));
    for (const [at, { key, observation }] of settled.entries()) {
      const outcome = written[at];
      if (outcome?.status === 'rejected') throw outcome.reason;
      this.emit({ type: 'observation', observation });
      this.emit({ type: 'progress', ...this.counter.add(observation, key, this.clock.now()) });
    }
  }
}
