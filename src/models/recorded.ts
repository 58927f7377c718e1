/** Replays replies that were given before: a model without a model. */
import { type ModelClient, ModelError, type ModelReply, type ModelRequest } from './client';

/** A reply by the text of the last message, or replies in the order of asking. */
export type RecordedReplies = ReadonlyMap<string, string> | readonly string[];

export class RecordedClient implements ModelClient {
  readonly notes = ['These answers were recorded before: no model was asked.'];
  private next = 0;

  constructor(
    readonly id: string,
    private readonly replies: RecordedReplies,
  ) {}

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    if (signal.aborted) throw new ModelError('canceled', 'fail', 'The run was canceled.');
    const text = this.find(request.messages.at(-1)?.content ?? '');
    if (text !== undefined) return { text };
    throw new ModelError('unavailable', 'fail', `Nothing was recorded from ${this.id} for this prompt.`);
  }

  private find(prompt: string): string | undefined {
    return 'get' in this.replies ? this.replies.get(prompt) : this.replies[this.next++];
  }
}
