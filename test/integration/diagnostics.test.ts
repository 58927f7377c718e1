import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, openFile, waitFor } from './editor';

suite('Diagnostics', () => {
  test('the language server marks the exact place of a mistake, and only there', async () => {
    await activate();
    const document = await openFile(
      'mistake.scenario.yaml',
      'country: France\ntopic: Health and Health Care\ncolour: red\nitems:\n  - value: Helpful\n    agree:\n      action: I help.\n    disagree:\n      action: I do not.\n',
    );
    const [problem, ...others] = await waitFor(() => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.length > 0 && found;
    }, 'a diagnostic');
    assert.deepEqual(others, []);
    assert.equal(document.getText(problem?.range), 'colour');
    assert.match(problem?.message ?? '', /colour/);
  });
});
