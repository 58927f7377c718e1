/** A run that can begin: whom to ask, what, and where the answers go. Nothing was written or asked yet. */
import type { Observation, RunHeader } from '../../core/runs/record';
import type { RunTally } from '../../core/runs/tally';
import type { Journal } from '../../engine/ports';
import type { ModelToAsk } from '../models/modelToAsk';

export interface OpenRun {
  /** The run file. */
  readonly path: string;
  readonly journal: Journal;
  /** As in `PreparedRun`, at the moment of opening. */
  readonly settled: ReadonlySet<string>;
  /** What the file holds so far. */
  readonly observations: readonly Observation[];
  /** What those come to. */
  readonly known?: RunTally;
}

export interface PreparedRun {
  readonly header: RunHeader;
  /** The folder its scenario paths start from. */
  readonly root: string;
  readonly asked: ModelToAsk;
  /** Ids (see `requestId`) of requests that are not asked; empty for a new run. */
  readonly settled: ReadonlySet<string>;
  /** How many of those have no answer. */
  readonly leftAlone: number;
  /** @throws {JournalError | RunFileError} where the run file cannot be written or read. */
  open(): Promise<OpenRun>;
}

/** A run to be prepared: its model may turn out not to be there. */
export interface RunJob {
  /** Who is asked; see `nameSubject`. */
  readonly model: string;
  /** Requests in all, for a model that cannot be asked. */
  readonly total: number;
  /** @throws {ModelError} where the model cannot be asked; the message says what to do. */
  prepare(): Promise<PreparedRun>;
}
