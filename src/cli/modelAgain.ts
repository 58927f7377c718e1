/** `--resume`: the model that a file names, asked again, and what is given again held against it. */
import type { RunHeader } from '../core/runs/record';
import { parseModelId } from '../models/modelIds';
import type { AskingOptions } from './askingOptions';
import { type ChosenModel, chooseClient, isOpenAI } from './chooseClient';
import { UsageError } from './usageError';

type AskedModel = RunHeader['model'];

interface GivenOptions<Name extends string> {
  readonly given: ReadonlySet<Name>;
}

/** One line where an option was given that differs from the file; none where it was not given. */
export function compareOption<Name extends string>(
  { given }: GivenOptions<Name>,
  name: NoInfer<Name>,
  flag: string,
  written: unknown,
  inRun: unknown,
  same = written === inRun,
): string[] {
  return given.has(name) && !same ? [`${flag} ${written}: the run has ${inRun ?? 'none'}.`] : [];
}

type ComparedName = 'model' | 'baseUrl' | 'temperature' | 'maxTokens' | 'structuredOutput';

/** @param names Models as given. */
export function compareModel<Name extends string>(
  model: AskedModel,
  options: AskingOptions & GivenOptions<Name | ComparedName>,
  names: readonly string[] = [],
): string[] {
  const { parameters } = model;
  const isModel = names.every((name) => name === model.id || name === nameAtEndpoint(model));
  const trimmed = options.baseUrl?.replace(/\/+$/, '');
  return [
    ...compareOption(options, 'model', '--model', names.join(', '), model.id, isModel),
    ...compareOption(options, 'baseUrl', '--base-url', options.baseUrl, model.baseUrl, trimmed === model.baseUrl),
    ...compareOption(options, 'temperature', '--temperature', options.temperature, parameters.temperature),
    ...compareOption(options, 'maxTokens', '--max-tokens', options.maxTokens, parameters.maxTokens),
    ...compareOption(
      options,
      'structuredOutput',
      '--structured-output',
      '',
      'free answers',
      parameters.structuredOutput,
    ),
  ];
}

/**
 * A run file may come from anybody. It may say whom to ask, but not send a key of this machine to whomever it names:
 * except at OpenAI's own address, the variable that holds the key is named again by whoever resumes.
 * @throws {UsageError}
 */
export async function connectAgain(
  model: AskedModel,
  { weights, apiKeyEnv }: Pick<AskingOptions, 'weights' | 'apiKeyEnv'>,
  distFolder: string,
): Promise<ChosenModel> {
  const { id, baseUrl } = model;
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

/** The name at the endpoint: `ollama/llama3.2` → `llama3.2`. */
function nameAtEndpoint({ id }: AskedModel): string {
  const read = parseModelId(id);
  return read?.kind === 'endpoint' ? read.model : id;
}
