/** What a run tells while it goes on, and how it ended. */
import type { Observed } from '../core/runs/assignment';
import type { Observation, Usage } from '../core/runs/record';

export interface RunProgress {
  /** Requests that are settled: answered or failed, in this run or before it. */
  readonly done: number;
  readonly total: number;
  /** Requests that got no answer; part of `done`. */
  readonly failed: number;
  /** Answers (value × variant) that cannot be used: refused, unparsed or missing. */
  readonly unusable: number;
  /** Tokens spent on this run so far, before it was resumed included. */
  readonly usage: Usage;
  /** Estimate from the pace of the last requests; null while there is none. */
  readonly remainingMs: number | null;
  /** The request that was settled last, in a few words. */
  readonly current: string;
}

export type RunEvent<O extends Observed = Observation> =
  | ({ readonly type: 'progress' } & RunProgress)
  /** It is in the journal. */
  | { readonly type: 'observation'; readonly observation: O }
  /** Something was changed on the way, e.g. a parameter the endpoint rejects. */
  | { readonly type: 'notice'; readonly message: string }
  | { readonly type: 'waiting'; readonly ms: number; readonly reason: string };

/** `stopped`: the model or the run file made going on pointless; `reason` says why and what to do. */
export type RunStatus = 'done' | 'done-with-failures' | 'canceled' | 'stopped';

export interface RunOutcome {
  readonly status: RunStatus;
  /** Settled requests, failures included. */
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  /** Tokens spent, as the endpoint counted them; absent where the run could not begin. */
  readonly usage?: Usage;
  readonly reason?: string;
}
