import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('Activation', () => {
  const id = 'value-action-lens.value-action-lens';

  test('the extension is there and not yet active', () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed`);
    assert.equal(extension.isActive, false, 'it activated before a scenario file was opened');
  });

  test('opening a scenario file activates it', async () => {
    const file = await openWorkspaceFile('care.scenario.yaml');
    assert.equal(file.languageId, 'value-action-scenario');
    await waitUntil(() => vscode.extensions.getExtension(id)?.isActive === true);
  });

  test('every command of the manifest is registered', async () => {
    const extension = vscode.extensions.getExtension(id)!;
    await extension.activate();
    const contributed: { command: string }[] = extension.packageJSON.contributes.commands;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributed.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});

async function openWorkspaceFile(name: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no workspace folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document);
  return document;
}

async function waitUntil(holds: () => boolean, ms = 60_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`nothing after ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
