/** The port every model stands behind. */

import type { AnswerFormat, ChatMessage } from '../core/prompts/messages';
import type { ModelParameters, Usage } from '../core/runs/record';

export interface ModelRequest {
  readonly messages: readonly ChatMessage[];
  /** The shape a usable answer has; an adapter may enforce it, and must where a model needs it. */
  readonly answerFormat: AnswerFormat;
  readonly parameters: ModelParameters;
}

export interface ModelReply {
  /** Exactly as received; never trusted. */
  readonly text: string;
  readonly usage?: Usage;
}

/**
 * Asks one model.
 * @throws {ModelError} for everything that went wrong with asking; an unusable answer is a reply, not an error.
 */
export interface ModelClient {
  /** `ENDPOINT/MODEL`, `vscode/VENDOR/ID` or `builtin/NAME`. */
  readonly id: string;
  readonly baseUrl?: string;
  /**
   * What determines its answers besides the request, the same under whatever name it is known: an address and the name
   * there, or a file of weights. Base URL and id where absent.
   */
  readonly answersAs?: string;
  /** What a reader of the run must know, e.g. that `system` was put before the user message. */
  readonly notes: readonly string[];
  /** How many requests the model takes at once at the most; undefined: as many as the run is set to. */
  readonly maxConcurrency?: number;
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
  /** Says once what was changed on the way, e.g. a parameter the endpoint rejects. */
  onNotice?: (message: string) => void;
  dispose?(): void | Promise<void>;
}

/**
 * `stop`: asking again cannot help (wrong key, unknown model), so the run stops for this model.
 * `retry`: it may (rate limit, server error, reset, timeout).
 * `fail`: this request alone is lost.
 */
export type ModelErrorKind = 'stop' | 'retry' | 'fail';

export type ModelErrorCode =
  | 'unauthorized'
  | 'forbidden'
  | 'unknown-model'
  | 'bad-request'
  | 'rate-limited'
  | 'server-error'
  | 'unreachable'
  | 'timeout'
  | 'bad-response'
  | 'unavailable'
  | 'canceled';

export class ModelError extends Error {
  constructor(
    readonly code: ModelErrorCode,
    readonly kind: ModelErrorKind,
    /** What happened, where, and what to do next. Never holds a key. */
    message: string,
    /** How long the endpoint asked us to wait. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ModelError';
  }
}
