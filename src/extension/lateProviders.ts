/** Panels that VS Code brings back, documents that it asks for and commands: known at once, built when they are wanted. */
import * as vscode from 'vscode';
import type { CommandTable } from './commands/commandTable';
import { registerCommands } from './commands/registerCommands';
import type { Log } from './log';
import { SCHEMES, VIEW_TYPES } from './names';

/** Brings back a panel that was open when its window closed. */
export interface RestorablePanel {
  restore(panel: vscode.WebviewPanel): Promise<void>;
}

export interface Provided {
  readonly commands: CommandTable;
  readonly panels: Readonly<Record<keyof typeof VIEW_TYPES, RestorablePanel>>;
  readonly documents: Readonly<Record<keyof typeof SCHEMES, vscode.TextDocumentContentProvider>>;
}

/** @param commands Names of all commands, without `valueActionLens.`. */
export function registerLate(build: () => Promise<Provided>, commands: readonly string[], log: Log): vscode.Disposable {
  const panels = keysOf(VIEW_TYPES).map((name) =>
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPES[name], {
      deserializeWebviewPanel: async (panel) => (await build()).panels[name].restore(panel),
    }),
  );
  const documents = keysOf(SCHEMES).map((name) =>
    provideLate(SCHEMES[name], async () => (await build()).documents[name]),
  );
  const table = async () => (await build()).commands;
  return vscode.Disposable.from(...panels, ...documents, registerCommands(commands, table, log));
}

function provideLate(scheme: string, build: () => Promise<vscode.TextDocumentContentProvider>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let built: Promise<vscode.TextDocumentContentProvider> | undefined;
  const follow = async () => {
    const provider = await build();
    provider.onDidChange?.((uri) => changed.fire(uri));
    return provider;
  };
  const registered = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri, token) => {
      built ??= follow();
      return (await built).provideTextDocumentContent(uri, token);
    },
  });
  return vscode.Disposable.from(registered, changed);
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[];
}
