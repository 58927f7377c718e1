/** From scenario files and models to new runs, one for each model and system prompt. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { type SystemSelection, snapshotSelection, splitBySystem } from '../core/runs/plan';
import { RUN_SCHEMA, type RunHeader } from '../core/runs/record';
import { nameSubject } from '../core/runs/subject';
import { createRunFile } from '../engine/journal';
import { JournalError } from '../engine/ports';
import { newRunPath } from '../engine/runDirectory';
import { type ChosenModel, chooseClient } from './chooseClient';
import type { PreparedRun } from './preparedRun';
import type { RunOptions } from './runOptions';
import { readScenarioFiles } from './scenarioInput';
import { UsageError } from './usageError';

/** @throws {UsageError} where the files hold nothing to ask, or a model cannot be asked. */
export async function prepareNewRuns(
  files: readonly string[],
  options: RunOptions,
  distFolder: string,
): Promise<PreparedRun[]> {
  const { model: models = [], out } = options;
  if (files.length === 0) throw new UsageError('Name the scenario files, or a run to go on with: --resume RUN.jsonl');
  if (models.length === 0) throw new UsageError('Name the model to ask: --model <id>');
  if (models.length > 1 && out !== undefined) {
    throw new UsageError('--out names one run file, and each model has its own. Leave it away, or give one --model.');
  }
  const input = readScenarioFiles(files, process.cwd());
  for (const problem of input.problems) console.error(problem);
  const systems = splitBySystem(input.selection);
  if (systems.length > 1 && out !== undefined) {
    throw new UsageError('--out names one run file, and each system prompt has its own. Leave it away.');
  }
  const subjects = [...new Set(models)].flatMap((model) => systems.map((system) => ({ model, system })));
  const group = subjects.length > 1 ? randomUUID() : undefined;
  // A client for each run: whoever ends a run lets go of its client.
  return Promise.all(
    subjects.map(async ({ model, system }) => {
      const chosen = await chooseClient({ ...options, model }, process.env, distFolder);
      return prepare(chosen, input.folder, system, options, group);
    }),
  );
}

function prepare(
  model: ChosenModel,
  folder: string,
  system: SystemSelection,
  options: RunOptions,
  group: string | undefined,
): PreparedRun {
  const { client } = model;
  const header = describeRun(model, system, options, group);
  const open = async () => {
    try {
      const path =
        options.out === undefined ? newRunPath(folder, header.startedAt, nameSubject(header)) : resolve(options.out);
      return { path, journal: await createRunFile(path, header) };
    } catch (error) {
      if (error instanceof JournalError) throw new UsageError(error.message);
      throw error;
    }
  };
  return { header, client, open, dispose: async () => client.dispose?.() };
}

function describeRun(
  { client, apiKeyEnv }: ChosenModel,
  { label, selection }: SystemSelection,
  { temperature, maxTokens, structuredOutput, variants, repeats }: RunOptions,
  group: string | undefined,
): RunHeader {
  return {
    type: 'run',
    schema: RUN_SCHEMA,
    id: randomUUID(),
    group,
    startedAt: new Date().toISOString(),
    model: {
      id: client.id,
      baseUrl: client.baseUrl,
      apiKeyEnv,
      parameters: { temperature, maxTokens, structuredOutput },
      notes: [...client.notes],
    },
    ...(label !== undefined && { systemLabel: label }),
    variants: { task1: variants, task2: variants },
    repeats,
    scenarios: snapshotSelection(selection),
  };
}
