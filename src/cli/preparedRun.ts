/** A run that can begin: what to ask, whom, and where its observations go. */
import type { RunHeader } from '../core/runs/record';
import type { RunTally } from '../core/runs/tally';
import type { Journal } from '../engine/ports';
import type { ModelClient } from '../models/client';

export interface OpenRun {
  /** The run file. */
  readonly path: string;
  /** Whoever opens it closes it. */
  readonly journal: Journal;
}

export interface PreparedRun {
  readonly header: RunHeader;
  readonly client: ModelClient;
  /** Of a run that is taken up again: ids of the requests that have an answer, and what those come to. */
  readonly answered?: ReadonlySet<string>;
  readonly known?: RunTally;
  /** @throws {UsageError} where the run file cannot be written. */
  open(): Promise<OpenRun>;
  /** Lets go of the model, and of the file where it was not opened. */
  dispose(): Promise<void>;
}
