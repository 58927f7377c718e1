/** Takes the answers of a batch that is over into the run. */
import type { Exchange } from '../../core/runs/exchange';
import type { RequestKey } from '../../core/runs/plan';
import type { ModelParameters } from '../../core/runs/record';
import type { BatchAnswer, BatchClient, BatchState } from '../../models/batchClient';
import { ModelError, type ModelReply, type ModelRequest } from '../../models/client';
import type { Clock } from '../ports';
import { splitDownload } from './downloadLines';
import type { KnownAnswers } from './knownAnswers';
import type { BatchChunk, BatchLedger } from './ledger';
import type { BatchRecorder } from './recorder';
import type { RequestNumbers } from './requestNumbers';

export interface MergeContext {
  readonly client: BatchClient;
  readonly ledger: BatchLedger;
  readonly numbers: RequestNumbers;
  readonly exchange: Exchange;
  readonly parameters: ModelParameters;
  readonly recorder: BatchRecorder;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly known: KnownAnswers;
  /** Asks the endpoint, again where that may help. */
  readonly ask: <T>(call: () => Promise<T>) => Promise<T>;
  readonly notify: (message: string) => void;
}

/**
 * Every request of the chunk ends as an answer or a failure, except those that are worth sending again without a
 * parameter: they stay unsettled. May be repeated after a kill: what is settled is skipped.
 * @throws {ModelError} where the files cannot be fetched now.
 * @throws {JournalError}
 */
export async function mergeBatch(context: MergeContext, chunk: BatchChunk, state: BatchState): Promise<void> {
  const { recorder, numbers } = context;
  const merging = new Merging(context, chunk, state);
  for (const fileId of [state.outputFileId, state.errorFileId]) {
    if (fileId !== undefined) await merging.readFile(fileId);
  }
  const failure = merging.explainMissing();
  let missing = 0;
  for (const number of numbers.listPending(chunk.first, chunk.last)) {
    if (merging.isToBeSentAgain(number)) continue;
    missing++;
    await recorder.recordFailure(number, failure);
  }
  await recorder.flush();
  if (missing > 0) context.notify(`${failure.message} ${missing} requests can be asked again: resume the run.`);
  await context.ledger.update(chunk, { merged: true });
}

class Merging {
  private readonly again = new Set<number>();
  private readonly leftOut: ReadonlySet<string>;
  /** Why answers that the batch had are out of reach. */
  private lost: string | undefined;

  constructor(
    private readonly context: MergeContext,
    chunk: BatchChunk,
    private readonly state: BatchState,
  ) {
    this.leftOut = new Set(chunk.leftOut);
  }

  isToBeSentAgain(number: number): boolean {
    return this.again.has(number);
  }

  async readFile(fileId: string): Promise<void> {
    const { ask, recorder } = this.context;
    try {
      await ask(async () => {
        try {
          await this.readLines(fileId);
        } finally {
          // A download that breaks keeps what it brought.
          await recorder.flush();
        }
      });
    } catch (error) {
      if (!(error instanceof ModelError) || error.kind !== 'fail' || this.context.signal.aborted) throw error;
      this.lost = error.message;
    }
  }

  explainMissing(): { code: string; message: string } {
    const { id, status, problem } = this.state;
    const said = problem ? ` The endpoint said: ${problem}.` : '';
    if (this.lost) return { code: 'batch-lost', message: `Answers of batch ${id} are lost. ${this.lost}` };
    switch (status.toLowerCase()) {
      case 'failed':
        return { code: 'batch-failed', message: `Batch ${id} failed.${said}` };
      case 'expired':
        return { code: 'batch-expired', message: `Batch ${id} expired before all was answered.${said}` };
      case 'cancelled':
      case 'canceled':
        return { code: 'batch-cancelled', message: `Batch ${id} was cancelled before all was answered.${said}` };
      default:
        return { code: 'missing-answer', message: `Batch ${id} ended without an answer to this.${said}` };
    }
  }

  private async readLines(fileId: string): Promise<void> {
    const { client, signal } = this.context;
    for await (const { text, isWhole } of splitDownload(client.download(fileId, signal))) {
      if (signal.aborted) throw new ModelError('canceled', 'fail', 'The run was canceled.');
      if (text.trim() === '') continue;
      const answer = client.readAnswer(text);
      if (answer) await this.take(answer);
      else if (!isWhole) throw new ModelError('bad-response', 'retry', `The file ${fileId} arrived cut.`);
    }
  }

  private async take(answer: BatchAnswer): Promise<void> {
    const { numbers, exchange, recorder, clock, known } = this.context;
    const number = numbers.fromCustomId(answer.customId);
    const key = number === undefined ? undefined : numbers.keys[number];
    if (number === undefined || !key || numbers.isSettled(number)) return;
    if ('reply' in answer) {
      const { text: raw, usage } = answer.reply;
      known.remember(key, exchange.render(key), answer.reply);
      await recorder.record(number, exchange.read(key, { raw, usage, at: clock.date() }));
    } else if (await this.learnFrom(answer, key)) {
      this.again.add(number);
    } else {
      await recorder.recordFailure(number, answer.failure);
    }
  }

  /** True where the request was sent with a parameter that the endpoint rejects. */
  private async learnFrom(answer: Exclude<BatchAnswer, { reply: ModelReply }>, key: RequestKey): Promise<boolean> {
    const { client, ledger, notify } = this.context;
    if (!answer.complaint) return false;
    const name = client.findRejected(answer.complaint, this.requestOf(key), this.leftOut);
    if (name === undefined) return false;
    if (await ledger.leaveOut(name)) {
      notify(`${client.id} does not take the parameter "${name}": the requests are sent again without it.`);
    }
    return true;
  }

  private requestOf(key: RequestKey): ModelRequest {
    return { ...this.context.exchange.render(key), parameters: this.context.parameters };
  }
}
