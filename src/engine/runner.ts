/** Carries a run out: asks every request once, several at a time, and journals each observation as it arrives. */
import { Exchange } from '../core/runs/exchange';
import { countRequests, listRequests, type RequestKey, requestId } from '../core/runs/plan';
import type { FailureObservation, Observation, RunHeader } from '../core/runs/record';
import { EMPTY_TALLY, type RunTally } from '../core/runs/tally';
import { type ModelClient, ModelError } from '../models/client';
import { askOnce } from './asking';
import type { RunEvent, RunOutcome } from './events';
import { type Clock, type Journal, JournalError, systemClock } from './ports';
import { ProgressCounter } from './progress';
import { askWithRetries, DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry';

const DEFAULT_TIMEOUT_MS = 120_000;
/** Where nothing has ever answered, a server that is not there will hardly come up while we wait. */
const ATTEMPTS_AT_A_SILENT_ENDPOINT = 2;

export interface RunOptions {
  readonly header: RunHeader;
  readonly client: ModelClient;
  readonly journal: Journal;
  /** Ids (see `requestId`) of requests that the journal holds an answer to already. */
  readonly answered?: ReadonlySet<string>;
  /** What those answers come to; see `openForResume`. */
  readonly known?: RunTally;
  /** Requests under way at once, from 1; a client's own limit stands above it. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly clock?: Clock;
  /** Of one attempt at one request. */
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
  readonly random?: () => number;
}

/** Never throws: whatever ends a run early is in the outcome, and what was answered is in the journal. */
export async function executeRun(options: RunOptions): Promise<RunOutcome> {
  return new Runner(options).run();
}

class Runner {
  private readonly clock: Clock;
  private readonly exchange: Exchange;
  private readonly total: number;
  private readonly counter: ProgressCounter;
  /** Aborts everything under way, on cancel and on stop alike. */
  private readonly ending = new AbortController();
  private stopReason: string | undefined;
  private hasAnswers: boolean;

  constructor(private readonly options: RunOptions) {
    const { header, answered } = options;
    this.clock = options.clock ?? systemClock;
    this.exchange = new Exchange(header);
    this.total = countRequests(header);
    const known = answered?.size ? countKnown(header, answered) : 0;
    this.hasAnswers = known > 0;
    this.counter = new ProgressCounter(
      this.total,
      { ...EMPTY_TALLY, ...options.known, answered: known },
      this.clock.now(),
    );
  }

  async run(): Promise<RunOutcome> {
    const { client, signal, concurrency } = this.options;
    const cancel = () => this.ending.abort();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    const previousNotice = client.onNotice;
    client.onNotice = (message) => this.emit({ type: 'notice', message });
    try {
      const pending = this.listPending();
      const workers = Math.max(1, Math.min(concurrency, client.maxConcurrency ?? concurrency));
      await Promise.all(Array.from({ length: workers }, () => this.work(pending)));
    } finally {
      client.onNotice = previousNotice;
      signal.removeEventListener('abort', cancel);
    }
    return this.conclude();
  }

  private *listPending(): Generator<RequestKey> {
    const { header, answered } = this.options;
    for (const key of listRequests(header)) {
      if (!answered?.has(requestId(key))) yield key;
    }
  }

  /** All workers draw from one generator, so no more prompts exist than requests under way. */
  private async work(pending: Generator<RequestKey>): Promise<void> {
    for (const key of pending) {
      if (this.ending.signal.aborted) return;
      const observation = await this.observe(key);
      if (!observation) return;
      try {
        await this.options.journal.append(observation);
      } catch (error) {
        return this.stop(error instanceof JournalError ? error.message : describe(error));
      }
      this.emit({ type: 'observation', observation });
      this.emit({ type: 'progress', ...this.counter.add(observation, key, this.clock.now()) });
    }
  }

  /** Undefined where the run has ended meanwhile. */
  private async observe(key: RequestKey): Promise<Observation | undefined> {
    const { header, client, timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    const { signal } = this.ending;
    try {
      const request = { ...this.exchange.render(key), parameters: header.model.parameters };
      let askedAt = 0;
      const ask = () => {
        askedAt = this.clock.now();
        return askOnce(client, request, { signal, timeoutMs, clock: this.clock });
      };
      const { text, usage } = await askWithRetries(ask, {
        policy: this.options.retry ?? DEFAULT_RETRY_POLICY,
        clock: this.clock,
        signal,
        random: this.options.random ?? Math.random,
        attemptsFor: ({ code }) =>
          code === 'unreachable' && !this.hasAnswers ? ATTEMPTS_AT_A_SILENT_ENDPOINT : Number.POSITIVE_INFINITY,
        onWait: (ms, error) => this.emit({ type: 'waiting', ms, reason: error.message }),
      });
      if (signal.aborted) return undefined;
      this.hasAnswers = true;
      const ms = Math.round(this.clock.now() - askedAt);
      return this.exchange.read(key, { raw: text, usage, ms, at: this.clock.date() });
    } catch (error) {
      if (signal.aborted) return undefined;
      if (endsRun(error)) {
        this.stop(error.message);
        return undefined;
      }
      return this.recordFailure(key, error);
    }
  }

  private recordFailure(key: RequestKey, error: unknown): FailureObservation {
    const { task, scenario, variant, repeat } = key;
    return {
      type: 'failure',
      task,
      scenario,
      variant,
      repeat,
      ...(key.task === 'act' && { value: key.value }),
      failure: { code: error instanceof ModelError ? error.code : 'unexpected', message: describe(error) },
      at: this.clock.date(),
    };
  }

  /** The first reason stands: those under way fail for the same one. */
  private stop(reason: string): void {
    if (this.ending.signal.aborted) return;
    this.stopReason = reason;
    this.ending.abort();
  }

  private conclude(): RunOutcome {
    const { total, counter } = this;
    const { done } = counter;
    const { failed, usage } = counter.counts;
    const counts = { done, failed, total, usage };
    if (this.stopReason !== undefined) return { status: 'stopped', ...counts, reason: this.stopReason };
    if (done < total) return { status: 'canceled', ...counts };
    return { status: failed > 0 ? 'done-with-failures' : 'done', ...counts };
  }

  private emit(event: RunEvent): void {
    this.options.onEvent?.(event);
  }
}

/** An endpoint that stayed unreachable through all attempts will not answer the remaining requests either. */
function endsRun(error: unknown): error is ModelError {
  return error instanceof ModelError && (error.kind === 'stop' || error.code === 'unreachable');
}

function countKnown(header: RunHeader, answered: ReadonlySet<string>): number {
  let known = 0;
  for (const key of listRequests(header)) if (answered.has(requestId(key))) known++;
  return known;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
