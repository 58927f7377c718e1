/** The requests of a run by running number: what a batch calls them, and which are settled. */
import { createHash } from 'node:crypto';
import { listRequests, type RequestKey, requestId } from '../../core/runs/plan';
import type { RunHeader } from '../../core/runs/record';

/**
 * A request's id in a batch is `RUN-NUMBER`: 8 hex digits of the run, and the request's place in `listRequests`. It
 * follows from the header alone, so nothing has to be stored to find the way back, however long a value's name is.
 */
export class RequestNumbers {
  readonly keys: readonly RequestKey[];
  private readonly prefix: string;
  private readonly settled: Uint8Array;

  /** @param answered Ids (see `requestId`) that are settled from the start. */
  constructor(header: Pick<RunHeader, 'id' | 'scenarios' | 'variants' | 'repeats'>, answered?: ReadonlySet<string>) {
    this.keys = [...listRequests(header)];
    this.prefix = `${createHash('sha256').update(header.id).digest('hex').slice(0, 8)}-`;
    this.settled = Uint8Array.from(this.keys, (key) => (answered?.has(requestId(key)) ? 1 : 0));
  }

  toCustomId(number: number): string {
    return `${this.prefix}${number}`;
  }

  /** Undefined for an id that is none of this run's. */
  fromCustomId(id: string): number | undefined {
    const digits = id.startsWith(this.prefix) ? id.slice(this.prefix.length) : '';
    if (!/^(?:0|[1-9]\d{0,9})$/.test(digits)) return undefined;
    const number = Number(digits);
    return number < this.keys.length ? number : undefined;
  }

  isSettled(number: number): boolean {
    return this.settled[number] === 1;
  }

  settle(number: number): void {
    this.settled[number] = 1;
  }

  countSettled(): number {
    return this.settled.reduce((sum, one) => sum + one, 0);
  }

  /** Numbers without an answer, in order, from `first` to `last`. */
  *listPending(first = 0, last = this.keys.length - 1): Generator<number> {
    for (let number = first; number <= last; number++) if (!this.isSettled(number)) yield number;
  }
}
