/** OpenAI and everything that speaks its chat API: Ollama, vLLM, LM Studio, … */
import type OpenAI from 'openai';
import { type ModelClient, ModelError, type ModelReply, type ModelRequest } from './client';
import type { Endpoint } from './endpoints';
import { OpenAIBatchClient } from './openaiBatch';
import { type Asked, explainEndpointError } from './openaiErrors';
import { loadOpenAILibrary } from './openaiLibrary';
import { readCompletion } from './openaiReply';
import { buildChatBody, type ChatBody, findRejectedParameter, RejectedParameters } from './openaiRequest';
import { hideKeys } from './redact';

export interface OpenAICompatibleOptions {
  readonly endpoint: Pick<Endpoint, 'name' | 'baseUrl'>;
  /** The model's name at the endpoint. */
  readonly model: string;
  /** May be absent: local servers want none. */
  readonly apiKey?: string;
  /** Replaces `ENDPOINT/MODEL`. */
  readonly id?: string;
  /** How a person gives the key; a clause without a full stop. */
  readonly keyAdvice?: string;
  /** Of the connection; the engine has a limit of its own. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 600_000;

export class OpenAICompatibleClient implements ModelClient {
  readonly id: string;
  readonly baseUrl: string;
  readonly answersAs: string;
  readonly notes: readonly string[] = [];
  onNotice?: (message: string) => void;
  private readonly asked: Asked;
  private readonly rejected = new RejectedParameters();
  private library: Promise<OpenAI> | undefined;

  constructor(private readonly options: OpenAICompatibleOptions) {
    const { endpoint, model, keyAdvice = 'Set the key with "Set API Key…" in the Models view' } = options;
    this.id = options.id ?? `${endpoint.name}/${model}`;
    this.baseUrl = endpoint.baseUrl.replace(/\/+$/, '');
    this.answersAs = JSON.stringify([this.baseUrl, model]);
    // A pasted key often brings a line end along, which no header may hold.
    const apiKey = options.apiKey?.trim() || undefined;
    this.asked = { endpoint: endpoint.name, baseUrl: this.baseUrl, model, apiKey, keyAdvice };
  }

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    // Each round drops one more parameter, so this ends.
    for (;;) {
      const body = buildChatBody(this.options.model, request, this.rejected);
      try {
        return await this.send(body, signal);
      } catch (error) {
        if (signal.aborted) throw new ModelError('canceled', 'fail', 'The request was given up.');
        if (!this.dropRejected(error, body)) throw explainEndpointError(error, this.asked);
      }
    }
  }

  /**
   * The models the endpoint offers, by name, sorted.
   * @throws {ModelError}
   */
  async listModels(signal?: AbortSignal): Promise<string[]> {
    const asked = { ...this.asked, model: undefined };
    try {
      const library = await this.connect();
      const page = await library.models.list({ signal });
      if (!Array.isArray(page.data)) {
        throw new ModelError('bad-response', 'stop', `${asked.endpoint} (${asked.baseUrl}) lists no models.`);
      }
      const ids = page.data.flatMap(({ id }: { id?: unknown }) => (typeof id === 'string' ? [id] : []));
      return ids.sort((a, b) => a.localeCompare(b));
    } catch (error) {
      throw explainEndpointError(error, asked);
    }
  }

  /**
   * Whether the endpoint answers and takes the key, without asking a model.
   * `models` is undefined where the endpoint keeps no list, which a good one may.
   * @throws {ModelError} where it does not answer or does not take the key.
   */
  async testConnection(signal?: AbortSignal): Promise<{ readonly models?: readonly string[] }> {
    try {
      return { models: await this.listModels(signal) };
    } catch (error) {
      if (error instanceof ModelError && error.code === 'unknown-model') return {};
      throw error;
    }
  }

  private async send(body: ChatBody, signal: AbortSignal): Promise<ModelReply> {
    const library = await this.connect();
    const answer: unknown = await library.chat.completions.create(body as never, { signal });
    const read = readCompletion(answer);
    if (read.ok) return read.reply;
    const { endpoint, baseUrl, apiKey } = this.asked;
    throw new ModelError(
      'bad-response',
      'retry',
      `${endpoint} (${baseUrl}) sent ${hideKeys(read.said, apiKey)}. Check that the base URL is the API's, not a web page's.`,
    );
  }

  /** True where asking again without one parameter may do. */
  private dropRejected(error: unknown, body: ChatBody): boolean {
    const { status, param, message, code } = error as Record<'status' | 'message' | 'code', unknown> & {
      param?: string;
    };
    if ((status !== 400 && status !== 422) || typeof message !== 'string') return false;
    // Such a message names the token limit, but the prompt is what is too long.
    if (code === 'context_length_exceeded') return false;
    const name = findRejectedParameter({ param, message }, body);
    if (!name) return false;
    if (this.rejected.add(name)) {
      this.onNotice?.(
        name === 'max_tokens'
          ? `${this.id} does not take "max_tokens": "max_completion_tokens" is sent instead.`
          : `${this.id} does not take the parameter "${name}": it is left out.`,
      );
    }
    return true;
  }

  /** The same model and key, asked through the endpoint's Batch API. */
  forBatches(): OpenAIBatchClient {
    return new OpenAIBatchClient(this.id, { ...this.asked, model: this.options.model }, this.answersAs);
  }

  private connect(): Promise<OpenAI> {
    const { baseUrl, apiKey } = this.asked;
    this.library ??= loadOpenAILibrary({ baseUrl, apiKey, timeoutMs: this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS });
    return this.library;
  }
}
