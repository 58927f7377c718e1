/** Commands and settings that no other suite needs, each used once for what it is there for. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Behaviour, type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import {
  activate,
  deleteRuns,
  edit,
  hearMessages,
  listRunFiles,
  openFile,
  runsFolder,
  setEndpoints,
  waitFor,
} from './editor';
import { execute, hearMessage, REQUESTS, readOnlyRun, SCENARIO, taking, withSettings } from './runs';

/** Opens these files and folders, one for each dialog, instead of asking. */
async function opening(paths: readonly string[], during: () => Thenable<unknown>): Promise<void> {
  const { showOpenDialog } = vscode.window;
  const left = [...paths];
  vscode.window.showOpenDialog = async () => {
    const path = left.shift();
    return path === undefined ? undefined : [vscode.Uri.file(path)];
  };
  try {
    await during();
  } finally {
    vscode.window.showOpenDialog = showOpenDialog;
  }
}

const activePath = () => vscode.window.activeTextEditor?.document.uri.fsPath;
const cursorLine = () => {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.lineAt(editor.selection.active.line).text.trim();
};

suite('What is contributed', () => {
  let lab: OpenAIServer;
  let elsewhere: string;
  let behave: (index: number) => Behaviour | undefined;

  suiteSetup(async () => {
    await activate();
    elsewhere = mkdtempSync(join(tmpdir(), 'value-action-lens-elsewhere-'));
    lab = await startOpenAIServer({ models: ['parrot', 'owl'], behave: ({ index }) => behave(index) });
  });
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await setEndpoints(undefined);
    await lab.close();
    rmSync(elsewhere, { recursive: true, force: true });
  });
  setup(async () => {
    behave = () => undefined;
    deleteRuns();
    await setEndpoints([{ name: 'lab', baseUrl: lab.baseUrl, models: ['parrot'] }]);
  });

  suite('commands about files', () => {
    test('a file from outside of the workspace is loaded, shown at an item, and removed from the list', async () => {
      const path = join(elsewhere, 'far.yaml');
      writeFileSync(path, SCENARIO);
      await opening([path], () => execute('loadScenarioFiles'));
      assert.equal(activePath(), path);
      assert.equal(vscode.window.activeTextEditor?.document.languageId, 'value-action-scenario');

      const file = vscode.Uri.file(path);
      await execute('revealItem', { kind: 'item', file, scenario: 'us-health', value: 'Wealth' });
      assert.equal(cursorLine(), '- value: Wealth');

      // Without a file at hand, a command offers those of the list.
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      assert.ok((await taking([99], () => execute('openCharts'))).some((row) => row.includes('far.yaml')));
      await execute('forgetScenarioFile', { kind: 'file', file });
      assert.ok(!(await taking([99], () => execute('openCharts'))).some((row) => row.includes('far.yaml')));
      assert.ok(existsSync(path), 'the file itself stays');
    });

    test('the sample is copied into the workspace once', async () => {
      await execute('openSample');
      const path = activePath() ?? '';
      assert.match(path, /quickstart\.scenario\.yaml$/);
      writeFileSync(path, SCENARIO);
      await execute('openSample');
      assert.equal(readFileSync(path, 'utf8'), SCENARIO);
      rmSync(path);
    });

    test('a dataset that is none says which column is missing, and writes nothing', async () => {
      const csv = join(elsewhere, 'other.csv');
      writeFileSync(csv, 'name,age\nAda,36\n');
      const said = await hearMessage(() => opening([csv, elsewhere], () => execute('importDataset')));
      assert.match(said.message, /column/i);
      assert.deepEqual(
        readdirSync(elsewhere, { recursive: true }).filter((name) => String(name).includes('.scenario.')),
        [],
      );
    });

    test('a file that holds no run is opened, and deleted only when that is confirmed', async () => {
      await vscode.workspace.fs.writeFile(vscode.Uri.file(`${runsFolder()}/none.jsonl`), new TextEncoder().encode('?'));
      const row = { broken: { path: `${runsFolder()}/none.jsonl` } };
      await execute('openRun', row);
      assert.equal(activePath(), row.broken.path);
      const said = await hearMessage(() => execute('deleteRun', row));
      assert.deepEqual(said.buttons, ['Delete Run']);
      assert.deepEqual(listRunFiles(), ['none.jsonl']);
      await hearMessages(
        () => execute('deleteRun', row),
        () => 'Delete Run',
      );
      assert.deepEqual(listRunFiles(), []);
    });
  });

  suite('commands about models', () => {
    const row = () => ({
      group: { kind: 'endpoint', endpoint: { name: 'lab', baseUrl: lab.baseUrl, models: [{ id: 'parrot' }] } },
    });

    test('a connection is tested', async () => {
      const said = await hearMessage(() => execute('testConnection', row()));
      assert.equal(said.message, `lab answers at ${lab.baseUrl} and offers 2 models.`);
    });

    test('other models of an endpoint are chosen', async () => {
      const { showQuickPick } = vscode.window;
      const pick = async (rows: readonly vscode.QuickPickItem[]) => rows.filter(({ label }) => label === 'owl');
      vscode.window.showQuickPick = pick as unknown as typeof showQuickPick;
      try {
        await execute('chooseModels', row());
      } finally {
        vscode.window.showQuickPick = showQuickPick;
      }
      const endpoints = vscode.workspace.getConfiguration('valueActionLens').get('endpoints');
      assert.deepEqual(endpoints, [{ name: 'lab', baseUrl: lab.baseUrl, models: ['owl'] }]);
    });

    test('the built-in model is the file that the settings name, and said to be missing where it is', async () => {
      const path = join(elsewhere, 'own-model.gguf');
      await withSettings({ 'builtIn.modelPath': path }, async () => {
        const heard = await hearMessages(
          () => execute('downloadBuiltIn'),
          ({ buttons }) => buttons[0],
        );
        assert.match(heard[0]?.message ?? '', /Download the built-in model own-model/);
        assert.ok(
          heard.some(({ message }) => message.includes(`There is no file ${path}`)),
          heard.map(({ message }) => message).join('\n'),
        );
      });
    });

    test('a prompt is copied as it would be sent', async () => {
      const document = await openFile('curl.scenario.yaml', SCENARIO);
      const editor = await vscode.window.showTextDocument(document);
      const at = document.positionAt(document.getText().indexOf('Helpful'));
      editor.selection = new vscode.Selection(at, at);
      let offered: string[] = [];
      const said = await hearMessage(async () => {
        offered = await taking([8], () => execute('copyAsCurl'));
      });
      assert.equal(offered.length, 16);
      assert.match(said.message, /^Copied/);
      const copied = await vscode.env.clipboard.readText();
      assert.ok(copied.includes(`${lab.baseUrl}/chat/completions`), copied);
      assert.ok(copied.includes('I drive my neighbour to the clinic.'), copied);
    });
  });

  suite('commands about the extension', () => {
    test('the settings open', async () => {
      await execute('openSettings');
      const label = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label;
      await waitFor(() => label() === 'Settings', 'the settings');
    });

    test('without more gaps than a page there is nothing more to show, and no complaint', async () => {
      assert.deepEqual(await hearMessages(() => execute('showMoreGaps')), []);
    });

    test('a batch is given up by its row; without one nothing is', async () => {
      assert.deepEqual(await hearMessages(() => execute('giveUpBatch')), []);
    });

    test('without a prediction there is none to show', async () => {
      const said = await hearMessage(() => execute('showPrediction'));
      assert.match(said.message, /prediction/i);
    });

    test('the gap before is gone to, round at the ends', async () => {
      const document = await openFile('before.scenario.yaml', SCENARIO);
      await hearMessages(() => execute('run', document.uri, { models: ['lab/parrot'] }));
      const editor = await vscode.window.showTextDocument(document);
      const seen = new Set<string | undefined>();
      for (let step = 0; step < 3; step++) {
        await execute('goToPreviousGap');
        seen.add(document.getText(editor.selection));
      }
      const gaps = await waitFor(() => {
        const found = vscode.languages.getDiagnostics(document.uri);
        const ours = found.filter(({ source }) => source === 'Value-Action Lens');
        return ours.length > 0 && ours;
      }, 'the gaps in Problems');
      assert.deepEqual([...seen].sort(), gaps.map(({ range }) => document.getText(range)).sort());
    });
  });

  test('what an endpoint complains about makes no link to a command', async () => {
    const message = 'No. [Repair it](command:workbench.action.closeWindow)';
    behave = () => ({ kind: 'status', status: 403, error: { message } });
    const document = await openFile('refused.scenario.yaml', SCENARIO);
    const said = await hearMessage(() => execute('runWithoutCache', document.uri, { models: ['lab/parrot'] }));
    assert.match(said.message, /\[Repair it\] \(command:/);
  });

  test('proposals are rejected together, taken back, turned back a variant, and asked for again', async () => {
    const text = SCENARIO.replace('    disagree:\n      action: I stay at home.\n', '');
    const document = await openFile('proposed.scenario.yaml', text);
    await hearMessages(() =>
      execute('generateActions', document.uri, { model: 'lab/parrot', polarities: ['disagree'], variants: [4, 5] }),
    );
    const proposals = await waitFor(
      () =>
        vscode.workspace.textDocuments.find(
          ({ uri }) => uri.scheme === 'value-action-proposals' && uri.query.includes('"after"'),
        ),
      'the proposals',
    );
    const lenses = async (words: string) => {
      let titles = '';
      const deadline = Date.now() + 15_000;
      while (!titles.includes(words)) {
        if (Date.now() > deadline) assert.fail(`no lens says ${words}:\n${titles}`);
        const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          proposals.uri,
          100,
        );
        titles = found.map(({ command }) => command?.title).join('\n');
      }
      return titles;
    };
    await execute('rejectAllProposals', proposals.uri);
    await lenses('Take Back');
    await execute('reopenProposal', proposals.uri, 0);
    await lenses('1 to decide');
    const before = lab.requests.length;
    await hearMessages(() => execute('regenerateAllProposals', proposals.uri));
    await waitFor(() => lab.requests.length > before, 'another answer');
    await lenses('asked again');
    await execute('previousProposal', proposals.uri, 0);
    assert.doesNotMatch(await lenses('variant'), /asked again/);
    await edit(document, 'value: Helpful', 'value: Honest');
    await lenses('Why?');
    const said = await hearMessage(() => execute('explainProposal', proposals.uri, 0));
    assert.match(said.message, /Helpful/);
  });

  suite('settings of a run', () => {
    /** Asks everything anew. @returns how many requests that took, and how many were under way at once */
    async function run(settings: Record<string, unknown>, latencyMs = 0) {
      const server = await startOpenAIServer({ latencyMs, behave: ({ index }) => behave(index) });
      await setEndpoints([{ name: 'lab', baseUrl: server.baseUrl, models: ['parrot'] }]);
      const document = await openFile('settings.scenario.yaml', SCENARIO);
      try {
        await withSettings(settings, async () => {
          await hearMessages(() => execute('runWithoutCache', document.uri, { models: ['lab/parrot'] }));
        });
        return { requests: server.requests.length, atOnce: server.mostAtOnce() };
      } finally {
        await server.close();
      }
    }

    test('concurrency', async () => {
      const { requests, atOnce } = await run({ 'run.concurrency': 2 }, 10);
      assert.deepEqual([requests, atOnce], [REQUESTS, 2]);
    });

    test('variants', async () => {
      const { requests } = await run({ 'run.variants': 'quick' });
      assert.equal(requests, 2 + 2 * 3);
    });

    test('reasks', async () => {
      behave = () => ({ kind: 'text', text: 'I would rather talk about the weather.' });
      assert.equal((await run({ 'run.reasks': 0 })).requests, REQUESTS);
      deleteRuns();
      assert.equal((await run({ 'run.reasks': 2 })).requests, 3 * REQUESTS);
    });

    test('timeout', async () => {
      behave = (index) => (index === 0 ? { kind: 'hang' } : undefined);
      assert.equal((await run({ 'run.timeout': 1 })).requests, REQUESTS + 1);
      assert.equal(readOnlyRun().lines.length, 1 + REQUESTS);
    });
  });
});
