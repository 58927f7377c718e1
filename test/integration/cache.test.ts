import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { activate, deleteRuns, edit, hearMessages, openFile, type Said, setEndpoints } from './editor';
import { execute, hearMessage, hearTitles, REQUESTS, SCENARIO, withSettings } from './runs';

suite('Known answers and large runs', () => {
  let lab: OpenAIServer;
  let document: vscode.TextDocument;
  const models = ['lab/parrot'];
  const asked = async (during: () => Thenable<unknown>) => {
    const before = lab.requests.length;
    await during();
    return lab.requests.length - before;
  };

  suiteSetup(activate);
  setup(async () => {
    deleteRuns();
    // Another address each time, so that nothing is known of it.
    lab = await startOpenAIServer();
    await setEndpoints([
      { name: 'lab', baseUrl: lab.baseUrl, models: [{ id: 'parrot', price: { input: 100, output: 100 } }] },
    ]);
    document = await openFile('known.scenario.yaml', SCENARIO);
  });
  teardown(async () => {
    await setEndpoints(undefined);
    await lab.close();
  });

  const runAll = () => hearMessages(() => execute('run', document.uri, { models }));

  test('a second run asks nothing, says so, and is a whole run of its own', async () => {
    assert.equal(await asked(runAll), REQUESTS);
    let said: Said | undefined;
    const titles = await hearTitles(async () => {
      assert.equal(await asked(async () => ([said] = await runAll())), 0);
    });
    assert.match(titles.at(-1) ?? '', /nothing to ask, 32 known/);
    assert.match(said?.message ?? '', /^parrot: .* in 3 items.*every answer was known/);
  });

  test('after an action was edited, its 8 prompts are asked and no others', async () => {
    await runAll();
    await edit(document, 'I stay at home.', 'I stay at home that day.');
    assert.equal(await asked(runAll), 8);
  });

  test('run again without cache asks everything', async () => {
    await runAll();
    const again = () => hearMessages(() => execute('runWithoutCache', document.uri, { models }));
    assert.equal(await asked(again), REQUESTS);
    // What was answered then is known from now on.
    assert.equal(await asked(runAll), 0);
  });

  test('where nothing is to be kept, nothing is known', async () => {
    await withSettings({ 'cache.maxSize': 0 }, async () => {
      await runAll();
      assert.equal(await asked(runAll), REQUESTS);
    });
  });

  test('above the limit it asks first, with counts, tokens and cost', async () => {
    await withSettings({ 'run.askAbove': { requests: 31 } }, async () => {
      let refused: Said | undefined;
      assert.equal(
        await asked(async () => (refused = await hearMessage(() => execute('run', document.uri, { models })))),
        0,
      );
      assert.equal(refused?.message, 'Send 32 requests?');
      assert.match(refused?.detail ?? '', /32 requests to ask · about [\d,]+ tokens · costs about 0\.\d+/);

      const agree = ({ buttons }: Said) => buttons.find((button) => button === 'Run');
      const run = () => hearMessages(() => execute('run', document.uri, { models }), agree);
      assert.equal(await asked(run), REQUESTS);
    });
  });

  test('what is known does not count towards the limit', async () => {
    await runAll();
    await withSettings({ 'run.askAbove': { requests: 1 } }, async () => {
      const [said] = await runAll();
      assert.match(said?.message ?? '', /every answer was known/);
    });
  });

  test('a cost above its limit asks first', async () => {
    await withSettings({ 'run.askAbove': { cost: 0.01 } }, async () => {
      assert.equal(await asked(() => hearMessage(() => execute('run', document.uri, { models }))), 0);
    });
  });

  test('repeats ask each prompt as often, each answer by itself', async () => {
    await withSettings({ 'run.repeats': 2 }, async () => {
      assert.equal(await asked(runAll), 2 * REQUESTS);
    });
  });
});
