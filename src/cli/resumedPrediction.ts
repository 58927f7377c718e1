/** `predict --resume`: what to ask, and whom, comes from the file of predictions. */
import { resolve } from 'node:path';
import { Predicting } from '../core/prediction/assignment';
import {
  PREDICTION_LINES,
  type PredictionHeader,
  type PredictionKey,
  type PredictionObservation,
} from '../core/prediction/record';
import { RunFileError } from '../core/runs/runFile';
import { JournalError } from '../engine/ports';
import { takeUpJournal } from '../engine/resume';
import { visitJournal } from '../engine/runFiles';
import { compareModel, compareOption, connectAgain } from './modelAgain';
import type { PreparedPrediction } from './newPrediction';
import type { PredictOptions } from './predictOptions';
import { UsageError } from './usageError';

/** @throws {UsageError} where the file is none, what is given differs from it, or its observer cannot be asked. */
export async function prepareResumedPrediction(
  prediction: string,
  run: string | undefined,
  options: PredictOptions,
  distFolder: string,
): Promise<PreparedPrediction> {
  const path = resolve(prediction);
  const header = await refusingKindly(async () => visitJournal(path, PREDICTION_LINES, { observation: () => {} }));
  const differences = [
    ...(run === undefined ? [] : ['With --resume the run is not named: the file holds what was drawn from it.']),
    ...compare(header, options),
  ];
  if (differences.length > 0) {
    const next = 'Leave away what differs to go on, or start anew without --resume';
    throw new UsageError([...differences, `${next}.`].join('\n'));
  }
  const { client } = await connectAgain(header.model, options, distFolder);
  const { assignment, answered, known, journal, failures, skipped } = await refusingKindly(() =>
    takeUpJournal<PredictionHeader, PredictionKey, PredictionObservation>(
      path,
      PREDICTION_LINES,
      (header) => new Predicting(header),
    ),
  );
  if (failures > 0) console.error(`${path}: ${failures} failed before and are asked again.`);
  if (skipped > 0) console.error(`${path}: ${skipped} lines are no prediction that can be read; they are asked again.`);
  return {
    header,
    assignment,
    client,
    answered,
    known,
    open: async () => ({ path, journal }),
    dispose: async () => {
      await journal.close();
      await client.dispose?.();
    },
  };
}

function compare({ model, label, settings, seed, drawn }: PredictionHeader, options: PredictOptions): string[] {
  const { examples, tests } = drawn.wished;
  const observers = options.observer === undefined ? [] : [options.observer];
  const isSame = settings.join() === options.settings.join();
  return [
    ...compareModel(model, { ...options, given: renameObserver(options.given) }, observers),
    ...compareOption(options, 'label', '--label', options.label, label),
    ...compareOption(options, 'settings', '--settings', options.settings, settings, isSame),
    ...compareOption(options, 'examples', '--examples', options.examples, examples),
    ...compareOption(options, 'tests', '--tests', options.tests, tests),
    ...compareOption(options, 'seed', '--seed', options.seed, seed),
  ].map((line) => line.replace(/^--model /, '--observer '));
}

function renameObserver(given: PredictOptions['given']): ReadonlySet<keyof PredictOptions | 'model'> {
  return given.has('observer') ? new Set([...given, 'model' as const]) : given;
}

async function refusingKindly<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RunFileError || error instanceof JournalError) throw new UsageError(error.message);
    throw error;
  }
}
