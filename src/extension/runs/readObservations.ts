/** A run's observations as the extension keeps them: read without keeping others waiting, and light. */
import type { Observation } from '../../core/runs/record';
import type { SkippedLine } from '../../core/runs/runFile';
import { visitRunInSlices } from '../../engine/runFiles';
import { dropRawText } from './storedRun';

/** Longest time that reading holds up everything else, in milliseconds. */
const SLICE_MS = 12;

export interface ReadObservations {
  readonly observations: readonly Observation[];
  readonly skipped: readonly SkippedLine[];
}

/**
 * A whole study is 60,192 lines that name 132 scenarios and 56 values: each name is kept once. The raw text, which is
 * most of the file, and the times of the answers are for nobody here, and not kept even until the end of the reading.
 * @throws {RunFileError} where the file is gone, unreadable or no run.
 */
export async function readObservations(path: string): Promise<ReadObservations> {
  const observations: Observation[] = [];
  const skipped: SkippedLine[] = [];
  const names = new Map<string, string>();
  const once = (name: string): string => {
    const known = names.get(name);
    if (known === undefined) names.set(name, name);
    return known ?? name;
  };
  const visitor = {
    observation: (observation: Observation) => {
      const light = { ...dropRawText(observation), scenario: once(observation.scenario), at: '' };
      if ('value' in light && light.value !== undefined) light.value = once(light.value);
      if (light.type === 'state') light.answers = light.answers.map(([value, answer]) => [once(value), answer]);
      observations.push(light);
    },
    skipped: (line: SkippedLine) => skipped.push(line),
  };
  await visitRunInSlices(path, visitor, SLICE_MS);
  return { observations, skipped };
}
