/** Remembers why a model was given up, so that the message at the end can offer the step that helps. */
import {
  type ModelClient,
  ModelError,
  type ModelErrorCode,
  type ModelReply,
  type ModelRequest,
} from '../../models/client';

export class WatchedClient implements ModelClient {
  private lastCode: ModelErrorCode | undefined;

  constructor(private readonly client: ModelClient) {}

  get id(): string {
    return this.client.id;
  }

  get baseUrl(): string | undefined {
    return this.client.baseUrl;
  }

  get answersAs(): string | undefined {
    return this.client.answersAs;
  }

  get notes(): readonly string[] {
    return this.client.notes;
  }

  get maxConcurrency(): number | undefined {
    return this.client.maxConcurrency;
  }

  get onNotice(): ModelClient['onNotice'] {
    return this.client.onNotice;
  }

  set onNotice(listener: ModelClient['onNotice']) {
    this.client.onNotice = listener;
  }

  /** The code of the last error that was no cancellation. */
  get errorCode(): ModelErrorCode | undefined {
    return this.lastCode;
  }

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    try {
      return await this.client.complete(request, signal);
    } catch (error) {
      if (error instanceof ModelError && error.code !== 'canceled') this.lastCode = error.code;
      throw error;
    }
  }

  async dispose(): Promise<void> {
    await this.client.dispose?.();
  }
}
