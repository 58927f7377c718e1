/** Uploads the pending requests of a run in chunks, and makes a batch of each. */
import { rm } from 'node:fs/promises';
import type { Exchange } from '../../core/runs/exchange';
import type { ModelParameters } from '../../core/runs/record';
import type { BatchClient, BatchState } from '../../models/batchClient';
import { ModelError } from '../../models/client';
import type { Clock } from '../ports';
import { byteLength, ChunkFile, type ChunkLimits } from './chunkFile';
import type { KnownAnswers } from './knownAnswers';
import type { BatchChunk, BatchLedger } from './ledger';
import type { BatchRecorder } from './recorder';
import type { RequestNumbers } from './requestNumbers';
import { describeSent } from './wording';

export interface SendContext {
  readonly client: BatchClient;
  readonly ledger: BatchLedger;
  readonly numbers: RequestNumbers;
  readonly exchange: Exchange;
  readonly parameters: ModelParameters;
  readonly known: KnownAnswers;
  readonly clock: Clock;
  readonly recorder: BatchRecorder;
  readonly signal: AbortSignal;
  readonly limits: ChunkLimits;
  readonly runPath: string;
  readonly ask: <T>(call: () => Promise<T>) => Promise<T>;
  readonly notify: (message: string) => void;
}

/**
 * First finishes what a killed process left half sent, then sends what no open batch covers. Returns the states that
 * the endpoint told on the way.
 * @throws {ModelError}
 * @throws {JournalError}
 */
export async function sendPending(context: SendContext): Promise<Map<BatchChunk, BatchState>> {
  const sending = new Sending(context);
  await sending.finishUploaded();
  await sending.sendUncovered();
  return sending.states;
}

class Sending {
  readonly states = new Map<BatchChunk, BatchState>();
  private readonly leftOut: ReadonlySet<string>;
  private chunk: ChunkFile | undefined;

  constructor(private readonly context: SendContext) {
    this.leftOut = context.ledger.leftOut;
  }

  /** Killed between upload and create, or between create and writing its id down: the endpoint knows which. */
  async finishUploaded(): Promise<void> {
    const { ledger, ask, client, signal } = this.context;
    for (const chunk of ledger.openChunks) {
      if (chunk.batchId !== undefined) continue;
      const found = await ask(() => client.find(chunk.fileId, signal));
      if (found) await this.keep(chunk, found);
      else if (this.countPending(chunk) === chunk.requests) await this.createAgain(chunk);
      // Part of it was answered without a batch meanwhile, and must not be paid for again.
      else await ledger.drop(chunk);
    }
  }

  private countPending({ first, last }: BatchChunk): number {
    return [...this.context.numbers.listPending(first, last)].length;
  }

  async sendUncovered(): Promise<void> {
    const { numbers, ledger, signal, client, limits, known, exchange, parameters, recorder, clock } = this.context;
    const covered = ledger.openChunks;
    try {
      for (const number of numbers.listPending()) {
        // A chunk's range must hold nothing that another batch will answer, or its end would declare that missing.
        if (covered.some(({ first, last }) => first <= number && number <= last)) {
          await this.send();
          continue;
        }
        const key = numbers.keys[number];
        if (!key) continue;
        const prompt = exchange.render(key);
        const reply = await known.find(key, prompt);
        if (reply) {
          const { text: raw, usage } = reply;
          await recorder.record(number, exchange.read(key, { raw, usage, at: clock.date(), cached: true }));
          continue;
        }
        const line = client.formatRequest(numbers.toCustomId(number), { ...prompt, parameters }, this.leftOut);
        if (byteLength(line) > limits.bytes) {
          await this.rejectOversized(number, line);
          continue;
        }
        if (this.chunk && !this.chunk.hasRoomFor(line)) await this.send();
        signal.throwIfAborted();
        this.chunk ??= await this.openChunk();
        await this.chunk.add(number, line);
      }
      await this.send();
      await recorder.flush();
    } finally {
      await this.chunk?.remove();
    }
  }

  private async openChunk(): Promise<ChunkFile> {
    const { ledger, runPath, limits } = this.context;
    // Before anything is sent: what cannot be written down must not be paid for.
    await ledger.save();
    return ChunkFile.create(`${runPath.replace(/\.jsonl$/, '')}.batch.requests`, limits);
  }

  private async rejectOversized(number: number, line: string): Promise<void> {
    const { recorder, limits } = this.context;
    const message = `The request has ${byteLength(line)} bytes, more than the ${limits.bytes} of a batch. Shorten its texts.`;
    await recorder.recordFailure(number, { code: 'bad-request', message });
  }

  private async send(): Promise<void> {
    const { chunk: file } = this;
    if (!file) return;
    this.chunk = undefined;
    const { client, ledger, ask, signal } = this.context;
    const { first, last, requests } = file;
    let fileId: string;
    try {
      await file.finish();
      fileId = await ask(() => client.upload(file.path, signal));
    } finally {
      await rm(file.path, { force: true }).catch(() => undefined);
    }
    const chunk: BatchChunk = { first, last, requests, leftOut: [...this.leftOut], fileId };
    await ledger.add(chunk);
    await this.create(chunk);
  }

  private async create(chunk: BatchChunk): Promise<void> {
    const { client, ask, signal } = this.context;
    let mayExist = false;
    const state = await ask(async () => {
      // An answer that got lost on its way says nothing about the batch, and a second one would be paid for.
      const found = mayExist ? await client.find(chunk.fileId, signal) : undefined;
      mayExist = true;
      return found ?? client.create(chunk.fileId, signal);
    });
    await this.keep(chunk, state);
  }

  /** A file that was uploaded long ago may have expired: its requests are then sent anew. */
  private async createAgain(chunk: BatchChunk): Promise<void> {
    try {
      await this.create(chunk);
    } catch (error) {
      if (!(error instanceof ModelError) || error.code !== 'bad-request') throw error;
      await this.context.ledger.drop(chunk);
    }
  }

  private async keep(chunk: BatchChunk, state: BatchState): Promise<void> {
    const { ledger, client, notify } = this.context;
    await ledger.update(chunk, { batchId: state.id });
    this.states.set(chunk, state);
    notify(describeSent(chunk, client));
  }
}
