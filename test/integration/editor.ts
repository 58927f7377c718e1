/** What the suites do with the editor, in few words. */
import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';

const EXTENSION_ID = 'value-action-lens.value-action-lens';

export async function activate(): Promise<void> {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  assert.ok(extension, `${EXTENSION_ID} is not installed`);
  await extension.activate();
}

function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no workspace folder is open');
  return folder.uri;
}

/** Writes a file into the workspace and shows it. */
export async function openFile(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Puts `after` in place of the first `before`, unsaved, as typing would. */
export async function edit(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const start = document.getText().indexOf(before);
  assert.notEqual(start, -1, `"${before}" is not in the text`);
  const change = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + before.length));
  change.replace(document.uri, range, after);
  assert.ok(await vscode.workspace.applyEdit(change));
}

export const runsFolder = () => vscode.Uri.joinPath(workspaceFolder(), '.value-action-lens', 'runs').fsPath;

export function listRunFiles(): string[] {
  try {
    return readdirSync(runsFolder()).sort();
  } catch {
    return [];
  }
}

export function deleteRuns(): void {
  for (const file of listRunFiles()) rmSync(`${runsFolder()}/${file}`);
}

export async function setEndpoints(endpoints: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('valueActionLens')
    .update('endpoints', endpoints, vscode.ConfigurationTarget.Global);
}

/** Diagnostics of one source, as `text at the range → message`. */
export function readProblems(document: vscode.TextDocument, source: string): string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((diagnostic) => diagnostic.source === source)
    .map(({ range, message }) => `${document.getText(range)} → ${message}`);
}

export async function waitFor<T>(read: () => T | undefined | false, what: string, ms = 30_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = read();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) assert.fail(`${what}: not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

export interface Said {
  readonly message: string;
  readonly buttons: readonly string[];
  /** Of a modal dialog. */
  readonly detail?: string;
}

type Show = (message: string, ...rest: unknown[]) => Thenable<unknown>;
const SHOWS = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

/** Hears every message for as long as `during` takes; `answer` presses a button (none: the message is dismissed). */
export async function hearMessages(
  during: () => Thenable<unknown>,
  answer: (said: Said) => string | undefined = () => undefined,
): Promise<Said[]> {
  const heard: Said[] = [];
  const window = vscode.window as unknown as Record<(typeof SHOWS)[number], Show>;
  const originals = SHOWS.map((name) => [name, window[name]] as const);
  for (const name of SHOWS) {
    window[name] = async (message, ...rest) => {
      const buttons = rest.filter((part): part is string => typeof part === 'string');
      const options = rest.find((part): part is vscode.MessageOptions => typeof part === 'object' && part !== null);
      const said: Said = { message, buttons, ...(options?.detail && { detail: options.detail }) };
      heard.push(said);
      return answer(said);
    };
  }
  try {
    await during();
    return heard;
  } finally {
    for (const [name, show] of originals) window[name] = show;
  }
}
