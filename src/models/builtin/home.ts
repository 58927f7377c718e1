/** Where in the home folder the built-in model lives. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nameRuntimeBinaries, RUNTIME_PACKAGE, RUNTIME_VERSION } from './catalog';

/** The folder of the runtime for this platform; another version or platform is another folder. */
export function runtimeFolder(home: string): string {
  return join(home, 'runtime', `${RUNTIME_PACKAGE}-${RUNTIME_VERSION}-${process.platform}-${process.arch}`);
}

/** Where a package of the extension for one platform carries the runtime: beside the build that holds `processEntry`. */
export function packagedRuntimeFolder(processEntry: string): string {
  return join(dirname(dirname(processEntry)), 'runtime');
}

/** The module to import in a runtime's folder. */
export function runtimeEntry(folder: string): string {
  return join(folder, 'node_modules', RUNTIME_PACKAGE, 'dist', 'index.js');
}

/** The runtime that came with the extension, where this is a package for the platform at hand. */
export function findPackagedRuntime(processEntry: string): string | undefined {
  const folder = packagedRuntimeFolder(processEntry);
  const binaries = nameRuntimeBinaries(process.platform, process.arch);
  const entry = runtimeEntry(folder);
  return binaries && existsSync(join(folder, 'node_modules', binaries)) && existsSync(entry) ? entry : undefined;
}

export function weightsFile(home: string, file: string): string {
  return join(home, 'models', file);
}
