/** `generate --resume`: what to ask, and whom, comes from the file of proposals. */
import { dirname, relative, resolve, sep } from 'node:path';
import { Generation, type ProposalKey } from '../core/generation/generation';
import { GENERATION_LINES, type GenerationHeader, type GenerationObservation } from '../core/generation/record';
import { RunFileError } from '../core/runs/runFile';
import { JournalError } from '../engine/ports';
import { takeUpJournal } from '../engine/resume';
import { visitJournal } from '../engine/runFiles';
import { type GenerateOptions, listPolarities } from './generateOptions';
import { compareModel, compareOption, connectAgain } from './modelAgain';
import type { PreparedGeneration } from './newGeneration';
import { chooseFolder } from './scenarioInput';
import { UsageError } from './usageError';

/** @throws {UsageError} where the file is none, what is given differs from it, or its model cannot be asked. */
export async function prepareResumedGeneration(
  proposals: string,
  files: readonly string[],
  options: GenerateOptions,
  distFolder: string,
): Promise<PreparedGeneration> {
  const path = resolve(proposals);
  const header = await refusingKindly(async () => visitJournal(path, GENERATION_LINES, { observation: () => {} }));
  const differences = compare(header, options);
  if (differences.length > 0) {
    const next = 'Leave away what differs to go on, or start anew without --resume';
    throw new UsageError([...differences, `${next}.`].join('\n'));
  }
  const { client } = await connectAgain(header.model, options, distFolder);
  const { answered, known, journal, failures, skipped } = await refusingKindly(() =>
    takeUpJournal<GenerationHeader, ProposalKey, GenerationObservation>(
      path,
      GENERATION_LINES,
      (header) => new Generation(header),
    ),
  );
  if (failures > 0) console.error(`${path}: ${failures} failed before and are asked again.`);
  if (skipped > 0) console.error(`${path}: ${skipped} lines are no proposal that can be read; they are asked again.`);
  // Any name stands for the folder that the command is given in.
  const folder = chooseFolder(files[0] ?? 'file', process.cwd());
  return {
    header,
    assignment: new Generation(header),
    client,
    answered,
    known,
    places: {
      out: options.out === undefined ? dirname(path) : resolve(options.out),
      folder,
      named: new Set(files.map((file) => relative(folder, resolve(file)).split(sep).join('/'))),
    },
    open: async () => ({ path, journal }),
    dispose: async () => {
      await journal.close();
      await client.dispose?.();
    },
  };
}

function compare({ model, variants, polarities }: GenerationHeader, options: GenerateOptions): string[] {
  const wanted = listPolarities(options);
  const models = options.model === undefined ? [] : [options.model];
  const isSame = (a: readonly unknown[], b: readonly unknown[]) => a.join() === b.join();
  const fixed = (['countries', 'topics', 'values', 'replace'] as const).filter((name) => options.given.has(name));
  return [
    ...compareModel(model, options, models),
    ...compareOption(options, 'variants', '--variants', options.variants, variants, isSame(variants, options.variants)),
    ...compareOption(options, 'polarity', '--polarity', options.polarity, polarities, isSame(polarities, wanted)),
    ...fixed.map((name) => `--${name}: what is asked stands in the file already.`),
  ];
}

async function refusingKindly<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RunFileError || error instanceof JournalError) throw new UsageError(error.message);
    throw error;
  }
}
