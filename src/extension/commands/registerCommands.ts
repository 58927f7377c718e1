/** Makes the commands of the manifest known to VS Code, and shows what goes wrong in one. */
import * as vscode from 'vscode';
import type { Log } from '../log';
import { showError } from '../messages';
import type { CommandTable } from './commandTable';

/**
 * @param names Without `valueActionLens.`.
 * @param table Loaded with the first command that is called.
 */
export function registerCommands(
  names: readonly string[],
  table: () => Promise<CommandTable>,
  log: Log,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(`valueActionLens.${name}`, async (...args: [unknown?, unknown?]) => {
        try {
          await (await table())[name]?.(...args);
        } catch (error) {
          await tell(name, error, log);
        }
      }),
    ),
  );
}

async function tell(name: string, error: unknown, log: Log): Promise<void> {
  log.error(`${name}:`, error);
  const reason = error instanceof Error ? error.message : String(error);
  const show = vscode.l10n.t('Show Log');
  if ((await showError(reason, show)) === show) log.show();
}
