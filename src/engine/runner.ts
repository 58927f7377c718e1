/** Carries a run out: asks every request once, several at a time, and journals each observation as it arrives. */
import type { Assignment, Observed } from '../core/runs/assignment';
import { Evaluation } from '../core/runs/evaluation';
import type { RequestKey } from '../core/runs/plan';
import type { Observation, RunHeader } from '../core/runs/record';
import { EMPTY_TALLY, type RunTally } from '../core/runs/tally';
import { type ModelClient, ModelError } from '../models/client';
import type { AnswerCache } from './answerCache';
import { Answering, endsRun } from './answering';
import type { RunEvent, RunOutcome } from './events';
import { EndpointBudget } from './limiter';
import { type Clock, type Journal, JournalError, systemClock } from './ports';
import { ProgressCounter } from './progress';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry';

const DEFAULT_TIMEOUT_MS = 120_000;
const DEFAULT_REASKS = 1;

export interface ExecutionOptions<Key, O extends Observed> {
  readonly assignment: Assignment<Key, O>;
  readonly client: ModelClient;
  readonly journal: Journal<O>;
  /** Ids (see `Assignment.idOf`) of requests that the journal holds an answer to already. */
  readonly answered?: ReadonlySet<string>;
  /** What those answers come to; see `openForResume`. */
  readonly known?: RunTally;
  /** Requests under way at once, from 1; a client's own limit stands above it. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Shared by all runs that ask the same endpoint; without one the run has a budget of its own. */
  readonly budget?: EndpointBudget;
  /** Answers known from earlier runs; those of this run are added. Whoever opened it closes it. */
  readonly cache?: AnswerCache;
  readonly onEvent?: (event: RunEvent<O>) => void;
  readonly clock?: Clock;
  /** Of one attempt at one request. */
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
  /** How often a request is asked again, with a reminder of the format, whose answer cannot be read (1). */
  readonly reasks?: number;
  readonly random?: () => number;
}

export interface RunOptions extends Omit<ExecutionOptions<RequestKey, Observation>, 'assignment'> {
  readonly header: RunHeader;
}

/** Both tasks; see `execute`. */
export async function executeRun({ header, ...options }: RunOptions): Promise<RunOutcome> {
  return execute({ ...options, assignment: new Evaluation(header) });
}

/** Never throws: whatever ends a run early is in the outcome, and what was answered is in the journal. */
export async function execute<Key, O extends Observed>(options: ExecutionOptions<Key, O>): Promise<RunOutcome> {
  return new Runner(options).run();
}

class Runner<Key, O extends Observed> {
  private readonly clock: Clock;
  private readonly answering: Answering<Key, O>;
  private readonly total: number;
  private readonly counter: ProgressCounter<Key, O>;
  /** Aborts everything under way, on cancel and on stop alike. */
  private readonly ending = new AbortController();
  private stopReason: string | undefined;

  constructor(private readonly options: ExecutionOptions<Key, O>) {
    const { assignment, answered } = options;
    this.clock = options.clock ?? systemClock;
    this.total = assignment.count();
    const known = answered?.size ? countKnown(assignment, answered) : 0;
    this.counter = new ProgressCounter(
      assignment,
      this.total,
      { ...EMPTY_TALLY, ...options.known, answered: known },
      this.clock.now(),
    );
    this.answering = new Answering({
      assignment,
      client: options.client,
      budget: options.budget ?? new EndpointBudget(this.clock),
      clock: this.clock,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      retry: options.retry ?? DEFAULT_RETRY_POLICY,
      reasks: options.reasks ?? DEFAULT_REASKS,
      random: options.random ?? Math.random,
      hasAnswered: known > 0,
      onEvent: (event) => this.emit(event),
      cache: options.cache,
    });
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

  private *listPending(): Generator<Key> {
    const { assignment, answered } = this.options;
    for (const key of assignment.list()) {
      if (!answered?.has(assignment.idOf(key))) yield key;
    }
  }

  /** All workers draw from one generator, so no more prompts exist than requests under way. */
  private async work(pending: Generator<Key>): Promise<void> {
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
  private async observe(key: Key): Promise<O | undefined> {
    const { signal } = this.ending;
    try {
      const observation = await this.answering.answer(key, signal);
      return signal.aborted ? undefined : observation;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (endsRun(error)) {
        this.stop(error.message);
        return undefined;
      }
      return this.recordFailure(key, error);
    }
  }

  private recordFailure(key: Key, error: unknown): O {
    const code = error instanceof ModelError ? error.code : 'unexpected';
    return this.options.assignment.fail(key, { code, message: describe(error), at: this.clock.date() });
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

  private emit(event: RunEvent<O>): void {
    this.options.onEvent?.(event);
  }
}

function countKnown<Key>(
  assignment: Pick<Assignment<Key, Observed>, 'list' | 'idOf'>,
  answered: ReadonlySet<string>,
): number {
  let known = 0;
  for (const key of assignment.list()) if (answered.has(assignment.idOf(key))) known++;
  return known;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
