/** A run's observations as the extension keeps them: read without keeping others waiting, and light. */
import { CompactObservations } from '../../core/runs/compactObservations';
import type { Observation } from '../../core/runs/record';
import type { SkippedLine } from '../../core/runs/runFile';
import { visitObservationsInSlices } from '../../engine/runFiles';

/** Longest time that reading holds up everything else, in milliseconds. */
const SLICE_MS = 12;

export interface ReadObservations {
  readonly observations: CompactObservations;
  readonly skipped: readonly SkippedLine[];
}

/**
 * The raw text, which is most of the file, is for nobody here, and not kept even until the end of the reading.
 * @throws {RunFileError} where the file is gone or unreadable.
 */
export async function readObservations(path: string): Promise<ReadObservations> {
  const observations = new CompactObservations();
  const skipped: SkippedLine[] = [];
  const visitor = {
    observation: (observation: Observation) => observations.add(observation),
    skipped: (line: SkippedLine) => skipped.push(line),
  };
  await visitObservationsInSlices(path, visitor, SLICE_MS);
  return { observations, skipped };
}
