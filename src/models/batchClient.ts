/** The port for endpoints that take many requests as one file and answer when they find the time. */
import type { ModelReply, ModelRequest } from './client';

export interface BatchState {
  readonly id: string;
  /** In the endpoint's words, e.g. `in_progress`; only `isOver` decides. */
  readonly status: string;
  /** Nothing more will come. */
  readonly isOver: boolean;
  /** Requests as the endpoint counts them; absent where it does not. */
  readonly counts?: { readonly total: number; readonly completed: number; readonly failed: number };
  readonly outputFileId?: string;
  readonly errorFileId?: string;
  /** Why it failed as a whole, in the endpoint's words without keys; empty where it did not. */
  readonly problem: string;
}

/** An endpoint's complaint about one request, from which a rejected parameter may be told. */
export interface BatchComplaint {
  readonly message: string;
  readonly param?: string;
}

/** One line of an output or error file. */
export type BatchAnswer =
  | { readonly customId: string; readonly reply: ModelReply }
  | {
      readonly customId: string;
      /** `message` says what happened and holds no key. */
      readonly failure: { readonly code: string; readonly message: string };
      /** Present where the endpoint rejects the request itself. */
      readonly complaint?: BatchComplaint;
    };

/**
 * Sends files of requests for one model and fetches their answers.
 * Everything that talks to the endpoint throws {ModelError}: `retry` where asking again may help, `fail` where this
 * file or batch alone is lost, `stop` for the rest. No message holds a key.
 */
export interface BatchClient {
  /** `ENDPOINT/MODEL`. */
  readonly id: string;
  readonly baseUrl: string;
  /** What determines its answers besides the request; as in `ModelClient`, so that both know each other's answers. */
  readonly answersAs?: string;
  /** One line of an input file, without its line end. `leftOut`: parameters that the endpoint rejects. */
  formatRequest(customId: string, request: ModelRequest, leftOut: ReadonlySet<string>): string;
  /** Undefined where the line is none of a batch's, e.g. cut. */
  readAnswer(line: string): BatchAnswer | undefined;
  /** The parameter of a request sent with `leftOut` that a complaint is about. */
  findRejected(complaint: BatchComplaint, request: ModelRequest, leftOut: ReadonlySet<string>): string | undefined;
  /** Sends a file of lines; returns its id at the endpoint. */
  upload(path: string, signal: AbortSignal): Promise<string>;
  create(fileId: string, signal: AbortSignal): Promise<BatchState>;
  /** The batch that was made from an uploaded file; undefined where there is none, or the endpoint keeps no list. */
  find(fileId: string, signal: AbortSignal): Promise<BatchState | undefined>;
  retrieve(batchId: string, signal: AbortSignal): Promise<BatchState>;
  cancel(batchId: string, signal: AbortSignal): Promise<BatchState>;
  download(fileId: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
}
