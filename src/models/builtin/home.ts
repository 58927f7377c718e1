/** Where the built-in model lives: outside of every workspace and of the extension, shared by all windows. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { RUNTIME_PACKAGE, RUNTIME_VERSION } from './catalog';

type Environment = Readonly<Record<string, string | undefined>>;

/** `VALUE_ACTION_LENS_HOME`, or the platform's cache folder. */
export function modelHome(env: Environment = process.env, platform: string = process.platform): string {
  if (env.VALUE_ACTION_LENS_HOME) return env.VALUE_ACTION_LENS_HOME;
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Caches', 'value-action-lens');
    case 'win32':
      return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'value-action-lens');
    default:
      return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'value-action-lens');
  }
}

/** The folder of the runtime for this platform; another version or platform is another folder. */
export function runtimeFolder(home: string): string {
  return join(home, 'runtime', `${RUNTIME_PACKAGE}-${RUNTIME_VERSION}-${process.platform}-${process.arch}`);
}

/** The module to import in a runtime's folder. */
export function runtimeEntry(folder: string): string {
  return join(folder, 'node_modules', RUNTIME_PACKAGE, 'dist', 'index.js');
}

export function weightsFile(home: string, file: string): string {
  return join(home, 'models', file);
}
