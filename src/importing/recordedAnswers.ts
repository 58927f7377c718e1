/** Recorded answers on disk → a run file. */
import { randomUUID } from 'node:crypto';
import { importRecorded, type RecordedImport } from '../core/dataset/recorded';
import { createRunFile } from '../engine/journal';
import { readImportedText } from './importedText';

export interface RecordedFiles {
  readonly model: string;
  /** Paths of the Task 1 and Task 2 answers (JSON Lines, also gzipped). */
  readonly state: string;
  readonly act: string;
}

/**
 * @throws {ImportError} where a file holds nothing usable.
 * @throws {JournalError} where the run file exists or cannot be written.
 */
export async function importRecordedAnswers(
  { model, state, act }: RecordedFiles,
  out: string,
): Promise<RecordedImport> {
  const imported = importRecorded({
    model,
    stateLines: readImportedText(state).split('\n'),
    actLines: readImportedText(act).split('\n'),
    id: randomUUID(),
    importedAt: new Date().toISOString(),
  });
  const { header, observations } = imported.run;
  const journal = await createRunFile(out, header);
  try {
    await Promise.all(observations.map((observation) => journal.append(observation)));
  } finally {
    await journal.close();
  }
  return imported;
}
