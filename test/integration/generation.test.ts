import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { type Behaviour, type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { activate, edit, hearMessages, openFile, runsFolder, setEndpoints, waitFor } from './editor';
import { execute, taking } from './runs';

const TEXT = `# Written by hand
name: clinic
country: France
topic: Health and Health Care
items:
  - value: Helpful # the first one
    agree:
      action: I drive my neighbour to the clinic.
  - value: Wealth
    disagree: # nothing yet
  - value: Obedient
    agree: {action: I keep every appointment.}
    disagree: {action: I throw away the letters.}
`;
/** Another country: what is known about the first is not asked again. */
const SURGERY = TEXT.replace('France', 'Germany');
const SCHEME = 'value-action-proposals';
const folder = () => join(dirname(runsFolder()), 'proposals');

function listProposals(): string[] {
  try {
    return readdirSync(folder()).filter((name) => name.endsWith('.jsonl'));
  } catch {
    return [];
  }
}

/** The right side of the diff in view, once it says what `holds`. */
async function findProposals(holds: (text: string) => boolean): Promise<vscode.TextDocument> {
  return waitFor(
    () =>
      vscode.workspace.textDocuments.find(
        ({ uri, getText }) => uri.scheme === SCHEME && uri.query.includes('"after"') && holds(getText()),
      ),
    'the proposals',
  );
}

async function readLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
}

/** Presses a lens as the mouse does: with the arguments it carries. */
async function press(document: vscode.TextDocument, title: string, at = 0): Promise<void> {
  const found = await waitForLenses(document, title);
  const { command } = found[at] ?? assert.fail(`there is no ${title} ${at}`);
  await vscode.commands.executeCommand(command!.command, ...(command!.arguments ?? []));
}

async function waitForLenses(document: vscode.TextDocument, title: string): Promise<vscode.CodeLens[]> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const lenses = await readLenses(document);
    const found = lenses.filter(({ command }) => command?.title.includes(title));
    if (found.length > 0) return found;
    const titles = lenses.map(({ command }) => command?.title).join(' | ');
    if (Date.now() > deadline) assert.fail(`no lens says "${title}": ${titles}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

suite('Generating actions', () => {
  let lab: OpenAIServer;
  let behave: (prompt: string) => Behaviour | undefined = () => undefined;

  const generate = (target: unknown, wish: object = {}) =>
    execute('generateActions', target, { model: 'lab/scribe', ...wish });

  suiteSetup(async () => {
    await activate();
    lab = await startOpenAIServer({ behave: ({ body }) => behave(body.messages?.[0]?.content ?? '') });
  });

  suiteTeardown(async () => {
    await setEndpoints(undefined);
    await lab.close();
  });

  setup(async () => {
    behave = () => undefined;
    for (const name of listProposals()) rmSync(join(folder(), name));
    await setEndpoints([{ name: 'lab', baseUrl: lab.baseUrl, models: ['scribe'] }]);
  });

  teardown(() => executeOfEditor('workbench.action.closeAllEditors'));

  test('nothing enters the file unasked; one is accepted, one rejected, and an undo restores every byte', async () => {
    const document = await openFile('accept.scenario.yaml', TEXT);
    await generate(document.uri);
    assert.equal(document.getText(), TEXT);
    assert.equal(document.isDirty, false);
    assert.equal(listProposals().length, 1);
    const proposals = await findProposals((text) => text.includes('I go for Wealth'));

    await press(proposals, 'Reject', 2);
    await waitForLenses(proposals, 'rejected');
    await press(proposals, 'Accept', 1);
    assert.match(
      document.getText(),
      /Helpful # the first one\n {4}agree:\n.+\n {4}disagree:\n {6}action: I keep away from Helpful/,
    );
    assert.ok(document.getText().startsWith('# Written by hand\n'));
    assert.ok(document.getText().includes('disagree: # nothing yet'));
    assert.ok(!document.getText().includes('I go for Wealth'), 'what was rejected is not in the file');
    await waitForLenses(proposals, '1 accepted');

    await execute('undoAcceptedProposals', proposals.uri);
    await waitFor(() => document.getText() === TEXT, 'the text of before');
    assert.equal(readFileSync(document.uri.fsPath, 'utf8'), TEXT);
    await waitForLenses(proposals, '2 to decide, 1 rejected');
  });

  test('all at once are one step, in a JSON file too, with its line ends', async () => {
    const items = [{ value: 'Helpful', agree: { action: 'I drive.' } }, { value: 'Wealth' }];
    const text = JSON.stringify({ country: 'France', topic: 'Health', items }, null, 2).replaceAll('\n', '\r\n');
    const document = await openFile('all.scenario.json', text);
    await generate(document.uri);
    const proposals = await findProposals((one) => one.includes('I go for Wealth'));
    await execute('acceptAllProposals', proposals.uri);
    const [helpful, wealth] = JSON.parse(document.getText()).items;
    assert.match(helpful.disagree.action, /^I keep away from Helpful/);
    assert.match(wealth.agree.action, /^I go for Wealth/);
    assert.match(wealth.disagree.action, /^I keep away from Wealth/);
    assert.ok(!/[^\r]\n/.test(document.getText()));
    await execute('undoAcceptedProposals', proposals.uri);
    await waitFor(() => document.getText() === text, 'the text of before');
  });

  test('a refusal and prose are said as such, with the answer at hand', async () => {
    behave = (prompt) => (prompt.includes('"Helpful"') ? { kind: 'refusal' } : { kind: 'prose' });
    await setEndpoints([{ name: 'lab', baseUrl: lab.baseUrl, models: ['scribe'] }]);
    const document = await openFile(
      'refused.scenario.yaml',
      TEXT.replaceAll('clinic', 'ward').replace('France', 'Egypt'),
    );
    await generate({ kind: 'scenario', file: document.uri, scenario: 'ward' });
    const proposals = await findProposals((text) => text === document.getText());
    await waitForLenses(proposals, 'No disagree action: refused');
    await waitForLenses(proposals, 'No agree action: answer unreadable');
    const problems = await waitFor(() => {
      const found = vscode.languages.getDiagnostics(proposals.uri);
      return found.length === 3 && found;
    }, 'the findings');
    assert.ok(problems.every(({ source }) => source === 'Proposed action'));
    await press(proposals, 'Show Answer', 1);
    const answer = await waitFor(
      () => vscode.workspace.textDocuments.find(({ uri }) => uri.query.includes('"answer"')),
      'the answer',
    );
    assert.match(answer.getText(), /weather/);
  });

  test('a file that was changed meanwhile: what fits is placed anew, what does not is said', async () => {
    const document = await openFile('meanwhile.scenario.yaml', TEXT);
    await generate(document.uri);
    const proposals = await findProposals((text) => text.includes('I go for Wealth'));
    await edit(document, 'topic:', 'system: Be brief.\ntopic:');
    await edit(document, '  - value: Wealth', '    disagree:\n      action: I stay at home.\n  - value: Wealth');
    await waitForLenses(proposals, 'no longer fits');
    await execute('acceptAllProposals', proposals.uri);
    assert.match(document.getText(), /system: Be brief\./);
    assert.match(document.getText(), /I stay at home\.\n {2}- value: Wealth/);
    assert.match(document.getText(), /disagree: # nothing yet\n {6}action: I keep away from Wealth/);
    assert.ok(!document.getText().includes('I keep away from Helpful'));
    await executeOfEditor('workbench.action.files.revert');
  });

  test('the same model is asked again for one, and all eight wordings can be gone through', async () => {
    const document = await openFile('again.scenario.yaml', TEXT);
    const item = { kind: 'item', file: document.uri, scenario: 'clinic', value: 'Helpful' };
    await generate(item, { variants: [0, 1, 2, 3, 4, 5, 6, 7] });
    const proposals = await findProposals((text) => text.includes('I keep away from Helpful'));
    await waitForLenses(proposals, 'variant 5 (6 of 8)');
    await press(proposals, 'chevron-right');
    await waitForLenses(proposals, 'variant 6 (7 of 8)');
    behave = () => ({ kind: 'text', text: '{"Human Action": "I let my neighbour walk."}' });
    await press(proposals, 'Regenerate');
    await findProposals((text) => text.includes('I let my neighbour walk.'));
    await waitForLenses(proposals, 'asked again (9 of 9)');
    assert.equal(document.getText(), TEXT);
  });

  test('nothing missing says so; a model that rejects the key is told as in a run', async () => {
    const full = TEXT.slice(0, TEXT.indexOf('  - value: Helpful')) + TEXT.slice(TEXT.indexOf('  - value: Obedient'));
    const document = await openFile('nothing-missing.scenario.yaml', full);
    const [nothing] = await hearMessages(() => generate(document.uri));
    assert.match(nothing?.message ?? '', /No action is missing here/);

    behave = () => ({ kind: 'status', status: 401, error: { message: 'Incorrect API key provided' } });
    const other = await openFile('refused-key.scenario.yaml', SURGERY);
    const heard = await hearMessages(() => generate(other.uri));
    const said = heard.find(({ buttons }) => buttons[0] === 'Set API Key…');
    assert.ok(said, `nobody said what to do about the key, but ${JSON.stringify(heard)}`);
    assert.ok(said.buttons.includes('Resume'));
    assert.equal(other.getText(), SURGERY);
  });

  test('what was interrupted can be gone on with, and asks only what has no answer', async () => {
    const text = TEXT.replace('France', 'Uganda');
    behave = (prompt) =>
      prompt.includes('"Wealth"') ? { kind: 'status', status: 401, error: { message: 'no' } } : undefined;
    const document = await openFile('resumed.scenario.yaml', text);
    await vscode.workspace
      .getConfiguration('valueActionLens')
      .update('run.concurrency', 1, vscode.ConfigurationTarget.Global);
    await hearMessages(() => generate(document.uri));
    await vscode.workspace
      .getConfiguration('valueActionLens')
      .update('run.concurrency', undefined, vscode.ConfigurationTarget.Global);
    behave = () => undefined;
    const before = lab.requests.length;
    const offered = await taking([0], () => execute('generateActions', document.uri));
    assert.match(offered[0] ?? '', /Go on with scribe/);
    assert.equal(lab.requests.length - before, 2);
    assert.equal(listProposals().length, 1);
    const proposals = await findProposals((one) => one.includes('I keep away from Wealth'));
    await waitForLenses(proposals, '3 to decide');
  });
});

function executeOfEditor(command: string): Thenable<unknown> {
  return vscode.commands.executeCommand(command);
}
