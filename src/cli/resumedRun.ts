/** `--resume`: files, model and endpoint come from the run; what is given again must be the same. */
import { resolve } from 'node:path';
import { snapshotSelection } from '../core/runs/plan';
import type { RunHeader, ScenarioSnapshot } from '../core/runs/record';
import { RunFileError } from '../core/runs/runFile';
import { JournalError } from '../engine/ports';
import { openForResume } from '../engine/resume';
import { readRunHeader } from '../engine/runFiles';
import { parseModelId } from '../models/endpoints';
import { type ChosenModel, chooseClient, isOpenAI } from './chooseClient';
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
  const { client } = await connectAgain(header, options, distFolder);
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

/** The name at the endpoint: `ollama/llama3.2` → `llama3.2`. */
function nameAtEndpoint({ id }: RunHeader['model']): string {
  const read = parseModelId(id);
  return read?.kind === 'endpoint' ? read.model : id;
}

function compareOptions({ model, variants, repeats }: RunHeader, options: RunOptions): string[] {
  const { parameters } = model;
  const is = (name: keyof RunOptions, flag: string, written: unknown, inRun: unknown, same = written === inRun) =>
    options.given.has(name) && !same ? [`${flag} ${written}: the run has ${inRun ?? 'none'}.`] : [];
  const models = options.model ?? [];
  const isModel = models.every((name) => name === model.id || name === nameAtEndpoint(model));
  const trimmed = options.baseUrl?.replace(/\/+$/, '');
  return [
    ...is('model', '--model', models.join(', '), model.id, isModel),
    ...is('baseUrl', '--base-url', options.baseUrl, model.baseUrl, trimmed === model.baseUrl),
    ...is('temperature', '--temperature', options.temperature, parameters.temperature),
    ...is('maxTokens', '--max-tokens', options.maxTokens, parameters.maxTokens),
    ...is('structuredOutput', '--structured-output', '', 'free answers', parameters.structuredOutput),
    ...is('repeats', '--repeats', options.repeats, repeats),
    ...is(
      'variants',
      '--variants',
      options.variants,
      variants.task1,
      [variants.task1, variants.task2].every((list) => list.join() === options.variants.join()),
    ),
  ];
}

function compareFiles({ scenarios }: RunHeader, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const given = snapshotSelection(readScenarioFiles(files, process.cwd()).selection);
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

/**
 * A run file may come from anybody. It may say whom to ask, but not send a key of this machine to whomever it names:
 * except at OpenAI's own address, the variable that holds the key is named again by whoever resumes.
 */
async function connectAgain({ model }: RunHeader, options: RunOptions, distFolder: string): Promise<ChosenModel> {
  const { id, baseUrl } = model;
  const { weights, apiKeyEnv } = options;
  const isEndpoint = baseUrl !== undefined && !isOpenAI(id, baseUrl);
  if (isEndpoint && model.apiKeyEnv !== undefined && apiKeyEnv === undefined) {
    throw new UsageError(
      `The run was made with a key for ${baseUrl}. Say which one may be sent there: --api-key-env ${model.apiKeyEnv}`,
    );
  }
  const choice = isEndpoint
    ? { model: nameAtEndpoint(model), id, baseUrl, apiKeyEnv }
    : { model: id, weights, apiKeyEnv };
  return chooseClient(choice, process.env, distFolder);
}
