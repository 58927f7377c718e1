/** `--resume`: files, model and endpoint come from the run; what is given again must be the same. */
import { resolve } from 'node:path';
import { snapshotSelection, splitBySystem } from '../core/runs/plan';
import type { RunHeader, ScenarioSnapshot } from '../core/runs/record';
import { RunFileError } from '../core/runs/runFile';
import { JournalError } from '../engine/ports';
import { openForResume } from '../engine/resume';
import { readRunHeader } from '../engine/runFiles';
import { compareModel, compareOption, connectAgain } from './modelAgain';
import type { PreparedRun } from './preparedRun';
import type { RunOptions } from './runOptions';
import { readScenarioFiles } from './scenarioInput';
import { UsageError } from './usageError';

export interface RecognizedRun extends Pick<PreparedRun, 'header' | 'client'> {
  readonly path: string;
}

/**
 * Changes nothing.
 * @throws {UsageError} where the file is no run, what is given differs from it, or its model cannot be asked.
 */
export async function recognizeRun(
  run: string,
  files: readonly string[],
  options: RunOptions,
  distFolder: string,
): Promise<RecognizedRun> {
  const path = resolve(run);
  const header = await refusingKindly(async () => readRunHeader(path));
  const differences = [...compareOptions(header, options), ...compareFiles(header, files)];
  if (differences.length > 0) {
    const next = 'Leave away what differs to go on with the run, or start a new one without --resume';
    throw new UsageError([...differences, `${next}.`].join('\n'));
  }
  const { client } = await connectAgain(header.model, options, distFolder);
  return { path, header, client };
}

/** @throws {UsageError} as `recognizeRun`, and where the file cannot be written. */
export async function prepareResumedRun({ path, header, client }: RecognizedRun): Promise<PreparedRun> {
  const { answered, known, journal, failures, skipped } = await refusingKindly(() => openForResume(path));
  if (failures > 0) console.error(`${path}: ${failures} failed before and are asked again.`);
  if (skipped > 0) console.error(`${path}: ${skipped} lines are no answer that can be read; they are asked again.`);
  const dispose = async () => {
    await journal.close();
    await client.dispose?.();
  };
  return { header, client, answered, known, open: async () => ({ path, journal }), dispose };
}

async function refusingKindly<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RunFileError || error instanceof JournalError) throw new UsageError(error.message);
    throw error;
  }
}

function compareOptions({ model, variants, repeats }: RunHeader, options: RunOptions): string[] {
  const isAllVariants = [variants.task1, variants.task2].every((list) => list.join() === options.variants.join());
  return [
    ...compareModel(model, options, options.model),
    ...compareOption(options, 'repeats', '--repeats', options.repeats, repeats),
    ...compareOption(options, 'variants', '--variants', options.variants, variants.task1, isAllVariants),
  ];
}

function compareFiles({ scenarios, systemLabel }: RunHeader, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const { selection } = readScenarioFiles(files, process.cwd());
  const same = splitBySystem(selection).find(({ label }) => label === systemLabel);
  const given = snapshotSelection(same?.selection ?? []);
  const byKey = new Map(given.map((scenario) => [scenario.key, scenario]));
  const inRun = new Set(scenarios.map(({ key }) => key));
  return [
    ...scenarios.flatMap((scenario) => {
      const again = byKey.get(scenario.key);
      if (!again) return [`The run asks about "${scenario.key}" (${scenario.file}), which the files do not hold.`];
      return isSameText(scenario, again) ? [] : [`"${scenario.key}" has changed since the run began.`];
    }),
    ...given.filter(({ key }) => !inRun.has(key)).map(({ key }) => `The run does not ask about "${key}".`),
  ];
}

function isSameText(before: ScenarioSnapshot, now: ScenarioSnapshot): boolean {
  const hashes = new Map(now.items.map((item) => [item.value, item.actHash]));
  return (
    before.stateHash === now.stateHash &&
    before.items.every(({ value, act, actHash }) => act !== 'asked' || hashes.get(value) === actHash)
  );
}
