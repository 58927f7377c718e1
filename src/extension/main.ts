/** The extension's entry: everything is built in the container, nothing runs before somebody asks for it. */
import type * as vscode from 'vscode';
import { Container } from './container';

let container: Container | undefined;

export function activate(context: vscode.ExtensionContext): void {
  container = new Container(context);
}

export async function deactivate(): Promise<void> {
  await container?.dispose();
  container = undefined;
}
