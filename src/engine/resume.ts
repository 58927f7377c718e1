/** Takes up a run where it ended: asked again is what has no answer, and nothing else. */
import { requestId, requestOf } from '../core/runs/plan';
import type { RunHeader } from '../core/runs/record';
import { addToTally, EMPTY_TALLY, type RunTally } from '../core/runs/tally';
import { explainWriteError, openRunFile, removeFailures } from './journal';
import type { Journal } from './ports';
import { visitRun } from './runFiles';
import { lockRun, type RunLock } from './runLock';

export interface ResumedRun {
  readonly header: RunHeader;
  /** Ids (see `requestId`) of the requests that have an answer. */
  readonly answered: ReadonlySet<string>;
  /** What those answers come to. */
  readonly known: RunTally;
  /** How many failures were taken out of the file, to be asked again. */
  readonly failures: number;
  /** Whole lines that are no observation of this version; they stay in the file. */
  readonly skipped: number;
  /** Goes on with the file; whoever resumes closes it. */
  readonly journal: Journal;
}

/**
 * Cuts off a half-written last line and takes out the failures, so that the file keeps one line for each final
 * observation. Reads line by line: a study of 60,192 answers costs its ids, not its texts.
 * @throws {RunFileError} where the file is gone or no run.
 * @throws {JournalError} where it cannot be written, or another process writes it.
 */
export async function openForResume(path: string): Promise<ResumedRun> {
  const lock = await lockRun(path).catch((error: unknown) => {
    throw explainWriteError(path, error);
  });
  try {
    return await takeUp(path, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function takeUp(path: string, lock: RunLock): Promise<ResumedRun> {
  // Before anything is read: what lacks its line end may look whole and is not.
  await (await openRunFile(path)).close();
  const answered = new Set<string>();
  let known = EMPTY_TALLY;
  let failures = 0;
  let skipped = 0;
  const header = visitRun(path, {
    observation: (observation) => {
      if (observation.type === 'failure') {
        failures++;
        return;
      }
      const id = requestId(requestOf(observation));
      if (answered.has(id)) return;
      answered.add(id);
      known = addToTally(known, observation);
    },
    skipped: () => skipped++,
  });
  if (failures > 0) await removeFailures(path);
  return { header, answered, known, failures, skipped, journal: await openRunFile(path, lock) };
}
