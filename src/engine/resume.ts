/** Takes up a run where it ended: asked again is what has no answer, and nothing else. */
import type { Assignment, Observed } from '../core/runs/assignment';
import { Evaluation } from '../core/runs/evaluation';
import type { RequestKey } from '../core/runs/plan';
import type { Observation, RunHeader } from '../core/runs/record';
import { type LineFormat, RUN_LINES } from '../core/runs/runFile';
import { addToTally, EMPTY_TALLY, type RunTally } from '../core/runs/tally';
import { openRunFile, removeFailures } from './journal';
import type { Journal } from './ports';
import { visitJournal } from './runFiles';
import { lockRun, type RunLock } from './runLock';
import { explainWriteError } from './writeErrors';

export interface ResumedJournal<Header, Key, O extends Observed> {
  readonly header: Header;
  readonly assignment: Assignment<Key, O>;
  /** Ids (see `Assignment.idOf`) of the requests that have an answer. */
  readonly answered: ReadonlySet<string>;
  /** What those answers come to. */
  readonly known: RunTally;
  /** How many failures were taken out of the file, to be asked again. */
  readonly failures: number;
  /** Whole lines that are no observation of this version; they stay in the file. */
  readonly skipped: number;
  /** Goes on with the file; whoever resumes closes it. */
  readonly journal: Journal<O>;
}

/**
 * Cuts off a half-written last line and takes out the failures, so that the file keeps one line for each final
 * observation. Reads line by line: a study of 60,192 answers costs its ids, not its texts.
 * @throws {RunFileError} where the file is gone or no run.
 * @throws {JournalError} where it cannot be written, or another process writes it.
 */
export async function openForResume(path: string): Promise<ResumedJournal<RunHeader, RequestKey, Observation>> {
  return takeUpJournal(path, RUN_LINES, (header) => new Evaluation(header));
}

/**
 * The same for any assignment.
 * @param assign What the header asks for.
 * @throws as `openForResume`.
 */
export async function takeUpJournal<Header, Key, O extends Observed>(
  path: string,
  format: LineFormat<Header, O>,
  assign: (header: Header) => Assignment<Key, O>,
): Promise<ResumedJournal<Header, Key, O>> {
  const lock = await lockRun(path).catch((error: unknown) => {
    throw explainWriteError(path, error);
  });
  try {
    return await takeUp(path, format, assign, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function takeUp<Header, Key, O extends Observed>(
  path: string,
  format: LineFormat<Header, O>,
  assign: (header: Header) => Assignment<Key, O>,
  lock: RunLock,
): Promise<ResumedJournal<Header, Key, O>> {
  // Before anything is read: what lacks its line end may look whole and is not.
  await (await openRunFile(path)).close();
  const answered = new Set<string>();
  let known = EMPTY_TALLY;
  let failures = 0;
  let skipped = 0;
  let assignment!: Assignment<Key, O>;
  const header = visitJournal(path, format, {
    header: (first) => {
      assignment = assign(first);
    },
    observation: (observation) => {
      if (observation.type === 'failure') {
        failures++;
        return;
      }
      const id = assignment.idOf(assignment.requestOf(observation));
      if (answered.has(id)) return;
      answered.add(id);
      known = addToTally(known, observation, assignment.countUnusable(observation));
    },
    skipped: () => skipped++,
  });
  if (failures > 0) await removeFailures(path);
  return { header, assignment, answered, known, failures, skipped, journal: await openRunFile<O>(path, lock) };
}
