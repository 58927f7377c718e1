/** The OpenAI Batch API: files of chat requests, answered within a day; vLLM and other clusters offer it as well. */
import { openAsBlob } from 'node:fs';
import type OpenAI from 'openai';
import type { BatchAnswer, BatchClient, BatchComplaint, BatchState } from './batchClient';
import { ModelError, type ModelRequest } from './client';
import { type ReadBatch, readBatch, readBatchLine } from './openaiBatchReplies';
import { type Asked, explainEndpointError } from './openaiErrors';
import { loadOpenAILibrary } from './openaiLibrary';
import { buildChatBody, type ChatBody, findRejectedParameter, RejectedParameters } from './openaiRequest';

const PATH = '/v1/chat/completions';
/** The only window that the API knows. */
const WINDOW = '24h';
const TIMEOUT_MS = 120_000;
/** 200 MB over a slow line take their time. */
const UPLOAD_TIMEOUT_MS = 3_600_000;
/** How far back a batch is looked for whose id was lost with a killed process. */
const MOST_LISTED = 1000;

export class OpenAIBatchClient implements BatchClient {
  readonly baseUrl: string;
  private library: Promise<OpenAI> | undefined;

  /** @param asked Names the model: a batch is for one. */
  constructor(
    readonly id: string,
    private readonly asked: Asked & { readonly model: string },
    readonly answersAs?: string,
  ) {
    this.baseUrl = asked.baseUrl;
  }

  formatRequest(customId: string, request: ModelRequest, leftOut: ReadonlySet<string>): string {
    return JSON.stringify({ custom_id: customId, method: 'POST', url: PATH, body: this.buildBody(request, leftOut) });
  }

  readAnswer(line: string): BatchAnswer | undefined {
    return readBatchLine(line, this.asked.apiKey);
  }

  findRejected(complaint: BatchComplaint, request: ModelRequest, leftOut: ReadonlySet<string>): string | undefined {
    return findRejectedParameter(complaint, this.buildBody(request, leftOut));
  }

  async upload(path: string, signal: AbortSignal): Promise<string> {
    // Backed by the disk: it is read while it is sent, and its length is known to the server.
    const file = new File([await openBlob(path)], 'requests.jsonl', { type: 'application/jsonl' });
    const options = { signal, timeout: UPLOAD_TIMEOUT_MS };
    const answer: { id?: unknown } | null = await this.ask('/files', (library) =>
      library.files.create({ file, purpose: 'batch' }, options),
    );
    if (typeof answer?.id === 'string' && answer.id !== '') return answer.id;
    throw this.explainNoBatch('no file id');
  }

  async create(fileId: string, signal: AbortSignal): Promise<BatchState> {
    const body = { input_file_id: fileId, endpoint: PATH, completion_window: WINDOW } as const;
    const answer = await this.ask('/batches', (library) => library.batches.create(body, { signal }));
    return this.read(answer).state;
  }

  async find(fileId: string, signal: AbortSignal): Promise<BatchState | undefined> {
    let listed = 0;
    try {
      const library = await this.connect();
      for await (const entry of library.batches.list({ limit: 100 }, { signal })) {
        const batch = readBatch(entry, this.asked.apiKey);
        if (batch?.inputFileId === fileId) return batch.state;
        if (++listed >= MOST_LISTED) break;
      }
      return undefined;
    } catch (error) {
      const status = (error as { status?: unknown } | null)?.status;
      if (status === 404 || status === 405 || status === 501) return undefined;
      throw explainEndpointError(error, this.asked);
    }
  }

  async retrieve(batchId: string, signal: AbortSignal): Promise<BatchState> {
    return this.read(await this.askAbout(batchId, (library) => library.batches.retrieve(batchId, { signal }))).state;
  }

  async cancel(batchId: string, signal: AbortSignal): Promise<BatchState> {
    return this.read(await this.askAbout(batchId, (library) => library.batches.cancel(batchId, { signal }))).state;
  }

  async *download(fileId: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
    try {
      const library = await this.connect();
      const response = await library.files.content(fileId, { signal });
      if (response.body) yield* response.body;
    } catch (error) {
      if ((error as { status?: unknown } | null)?.status === 404) {
        const at = `${this.asked.endpoint} (${this.baseUrl})`;
        throw new ModelError('unavailable', 'fail', `The file ${fileId} is no longer at ${at}.`);
      }
      throw explainEndpointError(error, this.asked);
    }
  }

  private buildBody(request: ModelRequest, leftOut: ReadonlySet<string>): ChatBody {
    const rejected = new RejectedParameters();
    for (const name of leftOut) rejected.add(name);
    return buildChatBody(this.asked.model, request, rejected);
  }

  private read(answer: unknown): ReadBatch {
    const batch = readBatch(answer, this.asked.apiKey);
    if (!batch) throw this.explainNoBatch('something that is no batch');
    return batch;
  }

  private async ask<T>(path: string, send: (library: OpenAI) => Promise<T>): Promise<T> {
    try {
      return await send(await this.connect());
    } catch (error) {
      const status = (error as { status?: unknown } | null)?.status;
      if (status !== 404 && status !== 405 && status !== 501) throw explainEndpointError(error, this.asked);
      throw new ModelError(
        'unavailable',
        'stop',
        `${this.asked.endpoint} (${this.baseUrl}) offers no Batch API (status ${status} at ${path}). Run without --batch, or check the base URL.`,
      );
    }
  }

  private async askAbout<T>(batchId: string, send: (library: OpenAI) => Promise<T>): Promise<T> {
    try {
      return await send(await this.connect());
    } catch (error) {
      if ((error as { status?: unknown } | null)?.status !== 404) throw explainEndpointError(error, this.asked);
      throw new ModelError(
        'unavailable',
        'stop',
        `${this.asked.endpoint} (${this.baseUrl}) knows no batch ${batchId}. Use the key and base URL that it was sent with.`,
      );
    }
  }

  private explainNoBatch(what: string): ModelError {
    return new ModelError(
      'bad-response',
      'retry',
      `${this.asked.endpoint} (${this.baseUrl}) answered with ${what}. Check that the base URL is the API's.`,
    );
  }

  private connect(): Promise<OpenAI> {
    const { baseUrl, apiKey } = this.asked;
    this.library ??= loadOpenAILibrary({ baseUrl, apiKey, timeoutMs: TIMEOUT_MS });
    return this.library;
  }
}

async function openBlob(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch (cause) {
    const message = `The file of requests ${path} is gone or cannot be read. Run again.`;
    throw new ModelError('bad-request', 'stop', message, undefined, { cause });
  }
}
