/** A run that can begin: what to ask, whom, and where its observations go. */
import type { RunHeader } from '../core/runs/record';
import type { RunTally } from '../core/runs/tally';
import type { Journal } from '../engine/ports';
import type { ModelClient } from '../models/client';

export interface OpenRun {
  /** The run file. */
  readonly path: string;
  readonly journal: Journal;
  /** Ids of requests that have an answer already, and what those come to. */
  readonly answered?: ReadonlySet<string>;
  readonly known?: RunTally;
}

export interface PreparedRun {
  readonly header: RunHeader;
  readonly client: ModelClient;
  /** @throws {UsageError} where the run file cannot be written. */
  open(): Promise<OpenRun>;
}
