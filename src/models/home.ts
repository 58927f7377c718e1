/** Where everything is kept that belongs to no workspace: models, known answers. Shared by all windows and the CLI. */
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** `VALUE_ACTION_LENS_HOME`, or the platform's cache folder. */
export function homeFolder(env: Environment = process.env, platform: string = process.platform): string {
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

/** The answers that models gave before; see `engine/answerCache`. */
export function answersFolder(home: string = homeFolder()): string {
  return join(home, 'answers');
}
