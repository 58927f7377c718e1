import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startOpenAIServer } from '../fixtures/openaiServer';
import { activate, deleteRuns, hearMessages, openFile, setEndpoints } from './editor';

const TEXT = `country: France
topic: Work Orientation
items:
  - value: Helpful
    agree:
      action: I cover the shift of a sick colleague.
    disagree:
      action: I stay at home on my day off.
`;

/** Answers what commands ask for, in order. */
async function answering(
  answers: { picks: string[]; inputs: string[] },
  during: () => Thenable<unknown>,
): Promise<void> {
  const { showQuickPick, showInputBox } = vscode.window;
  const pick = async (rows: readonly vscode.QuickPickItem[], options?: vscode.QuickPickOptions) => {
    const wanted = answers.picks.shift();
    const found = rows.find(({ label }) => label === wanted);
    assert.ok(found, `"${wanted}" is not among ${rows.map(({ label }) => label).join(', ')}`);
    return options?.canPickMany ? [found] : found;
  };
  vscode.window.showQuickPick = pick as unknown as typeof vscode.window.showQuickPick;
  vscode.window.showInputBox = async (options) => {
    const text = answers.inputs.shift();
    const problem = await options?.validateInput?.(text ?? '');
    assert.equal(problem ?? undefined, undefined);
    return text;
  };
  try {
    await during();
  } finally {
    vscode.window.showQuickPick = showQuickPick;
    vscode.window.showInputBox = showInputBox;
  }
}

suite('Models', () => {
  suiteSetup(activate);
  suiteTeardown(() => setEndpoints(undefined));

  test('an endpoint is added with its key, its models are chosen and asked, and it goes again', async () => {
    await setEndpoints(undefined);
    deleteRuns();
    const lab = await startOpenAIServer({ apiKey: 'right-key', models: ['parrot', 'owl'] });
    await answering({ picks: ['Another base URL…', 'owl'], inputs: [lab.baseUrl, 'lab', 'right-key'] }, () =>
      vscode.commands.executeCommand('valueActionLens.addEndpoint'),
    );
    const endpoints = () => vscode.workspace.getConfiguration('valueActionLens').get('endpoints');
    assert.deepEqual(endpoints(), [{ name: 'lab', baseUrl: lab.baseUrl, models: ['owl'] }]);
    assert.equal(JSON.stringify(endpoints()).includes('right-key'), false);

    const document = await openFile('chosen.scenario.yaml', TEXT);
    const [said] = await hearMessages(() => vscode.commands.executeCommand('valueActionLens.runQuick', document.uri));
    assert.match(said?.message ?? '', /^owl: .* in 1 item/);
    assert.equal(lab.requests[0]?.headers.authorization, 'Bearer right-key');

    const row = {
      group: { kind: 'endpoint', endpoint: { name: 'lab', baseUrl: lab.baseUrl, models: [{ id: 'owl' }] } },
    };
    await hearMessages(
      () => vscode.commands.executeCommand('valueActionLens.removeEndpoint', row),
      ({ buttons }) => buttons.find((button) => button === 'Remove'),
    );
    assert.deepEqual(endpoints(), []);
    await lab.close();
  });
});
