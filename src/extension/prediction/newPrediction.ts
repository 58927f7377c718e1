/** A prediction about a run: what is drawn from it, and the file that the answers go to. */
import { randomUUID } from 'node:crypto';
import { ActionTexts } from '../../core/prediction/actionTexts';
import { Predicting } from '../../core/prediction/assignment';
import { listUnasked, type PlannedPrediction, planPrediction } from '../../core/prediction/plan';
import {
  type Label,
  PREDICTION_LINES,
  PREDICTION_SCHEMA,
  type PredictionHeader,
  type PredictionKey,
  type PredictionObservation,
  SETTINGS,
} from '../../core/prediction/record';
import type { ScenarioSelection } from '../../core/runs/plan';
import type { ObservedRun } from '../../core/runs/record';
import { createRunFile } from '../../engine/journal';
import { takeUpJournal } from '../../engine/resume';
import { newPredictionPath } from '../../engine/runDirectory';
import type { ModelToAsk } from '../models/modelToAsk';
import type { AssignmentJob } from '../runs/assignmentDesk';

/** As published. */
const EXAMPLES = 10;
const TESTS = 100;
const SEED = 1;

export type PredictionJob = AssignmentJob<PredictionKey, PredictionObservation>;

/** @throws {SampleError} where nothing can be predicted; the message says why. */
export function planFromRun(
  run: ObservedRun,
  files: readonly ScenarioSelection[],
  label: Label,
  withForecast: boolean,
): PlannedPrediction {
  const texts = new ActionTexts(files.map(({ scenario }) => scenario));
  const sample = { label, settings: SETTINGS, examples: EXAMPLES, tests: TESTS, seed: SEED };
  return planPrediction(run, texts, { ...sample, ...(withForecast && { forecast: files }) });
}

/** How many items of the files the run was never asked about. */
export function countForecasts(run: ObservedRun, files: readonly ScenarioSelection[]): number {
  return listUnasked(run, files).length;
}

export function describeNewPrediction(
  { dropped: _, ...planned }: PlannedPrediction,
  asked: ModelToAsk,
  root: string,
): PredictionJob {
  const { client, parameters } = asked;
  const header: PredictionHeader = {
    type: 'predictions',
    schema: PREDICTION_SCHEMA,
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    model: { id: client.id, baseUrl: client.baseUrl, parameters, notes: [...client.notes] },
    ...planned,
  };
  const answered: ReadonlySet<string> = new Set();
  const open = async () => {
    const path = newPredictionPath(root, header.startedAt, header.model.id);
    const journal = await createRunFile<PredictionObservation>(path, header);
    return { path, journal, answered };
  };
  return { id: header.id, assignment: new Predicting(header), asked, answered, open };
}

/** Goes on with a file of predictions. @param answered Ids of the requests that have an answer. */
export function describeResumedPrediction(
  { path, header }: { readonly path: string; readonly header: PredictionHeader },
  asked: ModelToAsk,
  answered: ReadonlySet<string>,
): PredictionJob {
  const open = async () => {
    const {
      journal,
      answered: settled,
      known,
    } = await takeUpJournal<PredictionHeader, PredictionKey, PredictionObservation>(
      path,
      PREDICTION_LINES,
      (again) => new Predicting(again),
    );
    return { path, journal, answered: settled, known };
  };
  return { id: header.id, assignment: new Predicting(header), asked, answered, open };
}
