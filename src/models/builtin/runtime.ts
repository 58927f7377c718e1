/** node-llama-cpp: packaged with the extension, or fetched into a folder of its own. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nameRuntimeBinaries, RUNTIME_PACKAGE, RUNTIME_VERSION } from './catalog';
import { CommandError, runCommand } from './commands';
import { runtimeEntry, runtimeFolder } from './home';
import { InstallError } from './installError';

/** The runtime's main module where it is installed. */
export function findRuntime(home: string): string | undefined {
  const entry = runtimeEntry(runtimeFolder(home));
  return existsSync(entry) ? entry : undefined;
}

/**
 * Installs the runtime where it is not there, and returns its main module.
 * The package alone would bring 700 MB of graphics builds along, so only the binaries of this platform come with it.
 * @throws {InstallError}
 */
export async function ensureRuntime(home: string, signal?: AbortSignal): Promise<string> {
  const found = findRuntime(home);
  if (found) return found;
  const binaries = nameRuntimeBinaries(process.platform, process.arch);
  if (!binaries) {
    throw new InstallError(
      `The built-in model has no binaries for ${process.platform} on ${process.arch}. Add an OpenAI-compatible endpoint instead.`,
    );
  }
  const folder = runtimeFolder(home);
  await mkdir(dirname(folder), { recursive: true });
  const aside = await mkdtemp(`${folder}.tmp-`);
  try {
    // Makes the folder a package root, so that npm installs here and not in a parent.
    await writeFile(join(aside, 'package.json'), '{"private":true}\n');
    const packages = [RUNTIME_PACKAGE, binaries].map((name) => `${name}@${RUNTIME_VERSION}`);
    const options = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel=error'];
    await runCommand('npm', ['install', ...packages, ...options], { cwd: aside, signal });
    await rename(aside, folder);
  } catch (error) {
    // Another process was faster: its folder serves as well.
    if (!findRuntime(home)) throw explain(error);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return runtimeEntry(folder);
}

function explain(error: unknown): InstallError {
  if (error instanceof CommandError && error.isMissing) {
    return new InstallError(
      'npm was not found, and the built-in model needs it once. Install Node.js, then try again.',
    );
  }
  const said = error instanceof Error ? error.message : String(error);
  return new InstallError(`The runtime of the built-in model could not be installed: ${said}`, { cause: error });
}
