/** From a finished run, and the scenario files that say more about its actions, to a new file of predictions. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import { ActionTexts } from '../core/prediction/actionTexts';
import { Predicting } from '../core/prediction/assignment';
import { countUnanswered, type PlannedPrediction, planPrediction } from '../core/prediction/plan';
import {
  PREDICTION_SCHEMA,
  type PredictionHeader,
  type PredictionKey,
  type PredictionObservation,
} from '../core/prediction/record';
import { SampleError } from '../core/prediction/sampling';
import type { ScenarioSelection } from '../core/runs/plan';
import type { Run } from '../core/runs/record';
import { parseScenarioFile } from '../core/scenario/parse';
import { formatCount } from '../display/numbers';
import { createRunFile } from '../engine/journal';
import { JournalError } from '../engine/ports';
import { findRunDirectory, newPredictionPath, runDirectoryOf } from '../engine/runDirectory';
import type { PreparedAssignment } from './assignmentRun';
import { type ChosenModel, chooseClient } from './chooseClient';
import { readNamedRun } from './namedRun';
import type { PredictOptions } from './predictOptions';
import { readScenarioFiles } from './scenarioInput';
import { UsageError } from './usageError';

export interface PreparedPrediction extends PreparedAssignment<PredictionKey, PredictionObservation> {
  readonly header: PredictionHeader;
  /** Lets go of the model, and of the file. */
  dispose(): Promise<void>;
}

/** @throws {UsageError} where the run is not finished, nothing in it can be predicted, or nobody can be asked. */
export async function preparePrediction(
  runFile: string | undefined,
  files: readonly string[],
  options: PredictOptions,
  distFolder: string,
): Promise<PreparedPrediction> {
  if (runFile === undefined) {
    throw new UsageError(
      'Name the run of the target, or a file of predictions to go on with: --resume PREDICTION.jsonl',
    );
  }
  const { observer } = options;
  if (observer === undefined) throw new UsageError('Name the model that predicts: --observer <id>');
  if (options.forecast && files.length === 0) {
    throw new UsageError('--forecast is about items of scenario files. Name them behind the run.');
  }
  const path = resolve(runFile);
  const run = readNamedRun(runFile);
  refuseUnfinished(runFile, run);
  const folder = findFolder(path);
  const selection = files.length > 0 ? readSelection(files) : [];
  const planned = plan(run, [...selection, ...readOwnScenarios(run, folder)], selection, options);
  const chosen = await chooseClient({ ...options, model: observer }, process.env, distFolder);
  const header = describe(planned, chosen, options);
  const open = async () => {
    try {
      const { out } = options;
      const file = out === undefined ? newPredictionPath(folder, header.startedAt, header.model.id) : resolve(out);
      return { path: file, journal: await createRunFile<PredictionObservation>(file, header) };
    } catch (error) {
      if (error instanceof JournalError) throw new UsageError(error.message);
      throw error;
    }
  };
  const { client } = chosen;
  return { header, assignment: new Predicting(header), client, open, dispose: async () => client.dispose?.() };
}

/** What the target said and did has to be known as a whole. */
function refuseUnfinished(name: string, run: Run): void {
  const unanswered = countUnanswered(run);
  if (unanswered === 0) return;
  throw new UsageError(
    `${name}: the run is not finished: ${formatCount(unanswered, 'request')} without an answer. Go on with it first: run --resume ${name}`,
  );
}

/** Where the run's workspace is; what is predicted lies beside its runs. */
function findFolder(run: string): string {
  const folder = dirname(dirname(dirname(run)));
  return dirname(run) === runDirectoryOf(folder) ? folder : findRunDirectory(dirname(run));
}

function readSelection(files: readonly string[]): readonly ScenarioSelection[] {
  const { selection, problems } = readScenarioFiles(files, process.cwd());
  for (const problem of problems) console.error(problem);
  return selection;
}

/** The files that the run was made from, as far as they are still there. */
function readOwnScenarios({ header }: Run, folder: string): ScenarioSelection[] {
  const files = [...new Set(header.scenarios.map(({ file }) => file))];
  return files.flatMap((file) => {
    const path = resolve(folder, file);
    // A run file may come from anybody: it names no file outside of its workspace.
    if (file === '' || !path.startsWith(folder + sep) || !/\.scenario\.(?:ya?ml|json)$/i.test(basename(path)))
      return [];
    try {
      return parseScenarioFile(readFileSync(path, 'utf8')).scenarios.map((scenario) => ({ file, scenario }));
    } catch {
      return [];
    }
  });
}

function plan(
  run: Run,
  known: readonly ScenarioSelection[],
  named: readonly ScenarioSelection[],
  { label, settings, examples, tests, seed, forecast }: PredictOptions,
): PlannedPrediction {
  const texts = new ActionTexts(known.map(({ scenario }) => scenario));
  const wish = { label, settings, examples, tests, seed, ...(forecast && { forecast: named }) };
  try {
    return planPrediction(run, texts, wish);
  } catch (error) {
    if (error instanceof SampleError) throw new UsageError(error.message);
    throw error;
  }
}

function describe(
  { dropped, ...planned }: PlannedPrediction,
  { client, apiKeyEnv }: ChosenModel,
  { temperature, maxTokens, structuredOutput, forecast }: PredictOptions,
): PredictionHeader {
  if (dropped.length > 0) {
    console.error(
      `Left out: ${dropped.join(', ')}. Nobody wrote down what that would show beyond the other settings; scenario files that do can be named behind the run.`,
    );
  }
  if (forecast && !planned.forecast) console.error('The run was asked about every complete item of the named files.');
  const { id, baseUrl, notes } = client;
  const parameters = { temperature, maxTokens, structuredOutput };
  return {
    type: 'predictions',
    schema: PREDICTION_SCHEMA,
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    model: { id, baseUrl, apiKeyEnv, parameters, notes: [...notes] },
    ...planned,
  };
}
