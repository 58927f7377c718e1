/** Carries a run out through a Batch API: sends what is pending as files, waits, and merges the answers. */
import { Evaluation } from '../../core/runs/evaluation';
import { Exchange } from '../../core/runs/exchange';
import type { RequestKey } from '../../core/runs/plan';
import type { Observation, RunHeader } from '../../core/runs/record';
import { EMPTY_TALLY, type RunTally } from '../../core/runs/tally';
import type { BatchClient, BatchState } from '../../models/batchClient';
import { ModelError } from '../../models/client';
import type { AnswerCache } from '../answerCache';
import type { RunEvent, RunOutcome } from '../events';
import { type Clock, type Journal, systemClock } from '../ports';
import { ProgressCounter } from '../progress';
import type { RetryPolicy } from '../retry';
import { EndpointAsker } from './asker';
import { API_LIMITS, type ChunkLimits } from './chunkFile';
import { KnownAnswers } from './knownAnswers';
import { type BatchChunk, BatchLedger } from './ledger';
import { type MergeContext, mergeBatch } from './merging';
import { BatchRecorder } from './recorder';
import { RequestNumbers } from './requestNumbers';
import { sendPending } from './sending';
import { describeOpenBatches, describeWaiting } from './wording';

export interface PollPace {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** A cluster of one's own may be done in seconds, the public API takes up to a day. */
const DEFAULT_PACE: PollPace = { firstMs: 1000, mostMs: 60_000 };
const PACE_GROWTH = 1.5;

export interface BatchRunOptions {
  readonly header: RunHeader;
  /** The ids of the batches are kept beside it. */
  readonly runPath: string;
  readonly client: BatchClient;
  readonly journal: Journal;
  /** Ids (see `requestId`) of requests that the journal holds an answer to already; failures must be taken out. */
  readonly answered?: ReadonlySet<string>;
  /** What those answers come to; see `openForResume`. */
  readonly known?: RunTally;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Answers known from earlier runs; those of this run are added. Whoever opened it closes it. */
  readonly cache?: AnswerCache;
  readonly clock?: Clock;
  readonly limits?: ChunkLimits;
  readonly pace?: PollPace;
  readonly retry?: RetryPolicy;
  readonly random?: () => number;
}

/**
 * Never throws. A cancel leaves the batches at the endpoint: called again for the same run, it asks for what was
 * sent instead of sending it again.
 */
export async function executeBatchRun(options: BatchRunOptions): Promise<RunOutcome> {
  return new BatchRunner(options).run();
}

class BatchRunner {
  private readonly clock: Clock;
  private readonly numbers: RequestNumbers;
  private readonly counter: ProgressCounter<RequestKey, Observation>;
  private readonly asker: EndpointAsker;
  private ledger: BatchLedger | undefined;

  constructor(private readonly options: BatchRunOptions) {
    const { header, answered, known, signal, retry, random = Math.random } = options;
    this.clock = options.clock ?? systemClock;
    this.numbers = new RequestNumbers(header, answered);
    const tally = { ...EMPTY_TALLY, ...known, answered: this.numbers.countSettled() };
    this.counter = new ProgressCounter(new Evaluation(header), this.numbers.keys.length, tally, this.clock.now());
    this.asker = new EndpointAsker({ clock: this.clock, signal, retry, random, onEvent: this.emit });
  }

  async run(): Promise<RunOutcome> {
    try {
      await this.carryOut();
      return await this.conclude();
    } catch (error) {
      return this.explainEnd(error);
    }
  }

  private async carryOut(): Promise<void> {
    const { header, runPath, client, journal, signal, cache, limits = API_LIMITS } = this.options;
    const { clock, numbers, asker, emit } = this;
    this.ledger = await BatchLedger.open(runPath, header, client);
    const { ledger } = this;
    const exchange = new Exchange(header);
    const { parameters } = header.model;
    const recorder = new BatchRecorder(numbers, journal, this.counter, clock, emit);
    const notify = (message: string) => emit({ type: 'notice', message });
    const known = new KnownAnswers(client, header, cache);
    const shared = { client, ledger, numbers, exchange, parameters, recorder, clock, signal, notify, known };
    const ask = <T>(call: () => Promise<T>) => asker.ask(call);
    // A further round is there only for requests that are sent again without a parameter; each one has fewer left.
    while (!numbers.listPending().next().done) {
      const states = await sendPending({ ...shared, ask, limits, runPath });
      await this.collect({ ...shared, ask }, states);
    }
  }

  /** Waits until every batch is over, and merges each as soon as it is. */
  private async collect(context: MergeContext, states: Map<BatchChunk, BatchState>): Promise<void> {
    const { client, ledger, ask } = context;
    const { signal, pace = DEFAULT_PACE } = this.options;
    for (let ms = pace.firstMs; ; ms = Math.min(pace.mostMs, ms * PACE_GROWTH)) {
      for (const chunk of ledger.openChunks) {
        const { batchId } = chunk;
        if (batchId === undefined) continue;
        const state = states.get(chunk) ?? (await ask(() => client.retrieve(batchId, signal)));
        states.set(chunk, state);
        if (state.isOver) await mergeBatch(context, chunk, state);
      }
      const open = ledger.openChunks;
      if (open.length === 0) return;
      this.emit({ type: 'waiting', ms, reason: describeWaiting(open, states) });
      states.clear();
      await this.clock.sleep(ms, signal);
      signal.throwIfAborted();
    }
  }

  private async conclude(): Promise<RunOutcome> {
    const counts = this.count();
    if (counts.failed > 0) return { status: 'done-with-failures', ...counts };
    // Nothing is left to be asked about.
    await this.ledger?.remove();
    return { status: 'done', ...counts };
  }

  private explainEnd(error: unknown): RunOutcome {
    const { signal, client } = this.options;
    const open = this.ledger ? describeOpenBatches(this.ledger.openChunks, client) : '';
    if (signal.aborted) return { status: 'canceled', ...this.count(), ...(open && { reason: open }) };
    const said = error instanceof Error ? error.message : String(error);
    const isUnknown = error instanceof ModelError && error.code === 'unavailable';
    const next = isUnknown
      ? `If it is gone for good, delete ${this.ledger?.path} and resume: what is missing is then sent anew.`
      : open;
    return { status: 'stopped', ...this.count(), reason: open ? `${said} ${next}` : said };
  }

  private count() {
    const { failed, usage } = this.counter.counts;
    return { done: this.counter.done, failed, total: this.numbers.keys.length, usage };
  }

  private readonly emit = (event: RunEvent): void => {
    this.options.onEvent?.(event);
  };
}
