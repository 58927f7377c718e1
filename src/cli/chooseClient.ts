/** From `--model`, `--base-url` and `--api-key-env` to a model that can be asked. */
import { join } from 'node:path';
import { BuiltInClient } from '../models/builtin/client';
import { findBuiltIn } from '../models/builtin/install';
import type { ModelClient } from '../models/client';
import { explainBaseUrl } from '../models/endpoints';
import { parseModelId } from '../models/modelIds';
import { OpenAICompatibleClient } from '../models/openai';
import { UsageError } from './usageError';

export interface ModelChoice {
  readonly model: string;
  readonly baseUrl?: string;
  readonly apiKeyEnv?: string;
  /** A GGUF file for the built-in model. */
  readonly weights?: string;
  /** Replaces the id that the endpoint's address gives, e.g. with that of an earlier run. */
  readonly id?: string;
}

export interface ChosenModel {
  readonly client: ModelClient;
  /** The environment variable whose key is sent. */
  readonly apiKeyEnv?: string;
}

const OPENAI = { name: 'openai', baseUrl: 'https://api.openai.com/v1', keyVariable: 'OPENAI_API_KEY' };

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {UsageError} where the choice names nothing that can be asked. */
export async function chooseClient(choice: ModelChoice, env: Environment, distFolder: string): Promise<ChosenModel> {
  const { model, baseUrl, apiKeyEnv } = choice;
  if (baseUrl !== undefined) {
    return { client: connectToEndpoint(choice, baseUrl, readKey(env, apiKeyEnv)), apiKeyEnv };
  }
  const id = parseModelId(model);
  if (id?.kind === 'builtin') return { client: await connectToBuiltIn(model, choice.weights, distFolder) };
  if (id?.kind === 'vscode') {
    throw new UsageError(`${model} belongs to VS Code and can be asked only there. Choose another model.`);
  }
  if (id?.endpoint !== OPENAI.name) {
    const what = id ? `The command line knows no endpoint "${id.endpoint}"` : `"${model}" names no endpoint`;
    throw new UsageError(
      `${what}. Give its address with --base-url URL and the model's name there with --model, or use openai/NAME or builtin/NAME.`,
    );
  }
  const keyVariable = apiKeyEnv ?? OPENAI.keyVariable;
  const client = new OpenAICompatibleClient({
    endpoint: OPENAI,
    model: id.model,
    apiKey: readKey(env, keyVariable),
    keyAdvice: `Check the key in the environment variable ${keyVariable}`,
  });
  return { client, apiKeyEnv: keyVariable };
}

/** Whether an id and an address are OpenAI's own, known without being told. */
export function isOpenAI(modelId: string, baseUrl: string): boolean {
  return modelId.startsWith(`${OPENAI.name}/`) && baseUrl === OPENAI.baseUrl;
}

function connectToEndpoint({ model, id }: ModelChoice, baseUrl: string, apiKey: string | undefined): ModelClient {
  const problem = explainBaseUrl(baseUrl);
  if (problem) throw new UsageError(`--base-url ${JSON.stringify(baseUrl)}: ${problem}`);
  const name = new URL(baseUrl).host.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+/, '');
  return new OpenAICompatibleClient({
    endpoint: { name, baseUrl },
    model,
    id,
    apiKey,
    keyAdvice: 'Name the environment variable that holds the key with --api-key-env NAME',
  });
}

function readKey(env: Environment, variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const key = env[variable]?.trim();
  if (!key) throw new UsageError(`The environment variable ${variable} holds no key. Set it, then run again.`);
  return key;
}

async function connectToBuiltIn(id: string, weights: string | undefined, distFolder: string): Promise<ModelClient> {
  const processEntry = join(distFolder, 'builtin.mjs');
  const found = await findBuiltIn({ processEntry, modelPath: weights });
  if (!found) {
    const what = weights ? `${weights}, or the runtime for it,` : 'The built-in model';
    throw new UsageError(`${what} is not there. Fetch it with: model fetch`);
  }
  if (found.id !== id && !weights) throw new UsageError(`There is no ${id}. The built-in model is ${found.id}.`);
  return new BuiltInClient({ ...found, processEntry });
}
