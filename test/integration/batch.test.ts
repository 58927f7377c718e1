import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { type BatchServer, startBatchServer } from '../fixtures/openaiBatchServer';
import { activate, deleteRuns, hearMessages, openFile, type Said, setEndpoints, waitFor } from './editor';
import { execute, hearProgress, REQUESTS, readOnlyRun, SCENARIO, taking, takingFirst } from './runs';

suite('Batches', () => {
  let cluster: BatchServer;
  let document: vscode.TextDocument;
  const models = ['cluster/parrot'];
  const agree = ({ buttons }: Said) => buttons.find((button) => button === 'Send as Batch');
  const countCalls = (name: string) => cluster.calls.filter((call) => call === name).length;

  suiteSetup(activate);
  setup(deleteRuns);
  teardown(async () => {
    await setEndpoints(undefined);
    await cluster.close();
  });

  async function start(looks: number): Promise<void> {
    cluster = await startBatchServer({ looks });
    await setEndpoints([{ name: 'cluster', baseUrl: cluster.baseUrl, models: ['parrot'] }]);
    document = await openFile('batch.scenario.yaml', SCENARIO);
  }

  test('asks before it sends, tells the counts of the endpoint, and ends as a whole run', async () => {
    await start(1);
    const refused = await hearMessages(() => execute('runAsBatch', document.uri, { models }));
    assert.equal(refused[0]?.message, 'Send 32 requests as a batch?');
    assert.deepEqual(cluster.calls, []);

    let heard: Said[] = [];
    const told = await hearProgress(async () => {
      heard = await hearMessages(() => execute('runAsBatch', document.uri, { models }), agree);
    });
    assert.match(heard.at(-1)?.message ?? '', /^parrot: .* in 3 items/);
    assert.equal(cluster.sent().length, REQUESTS);
    assert.equal(countCalls('chat'), 0);
    assert.equal(readOnlyRun().lines.length, 1 + REQUESTS);
    assert.ok(
      told.some((message) => /^parrot 0\/32, Batch .* of 32 answered/.test(message)),
      told.join('\n'),
    );
  });

  test('goes on without its window: resuming fetches the answers and sends nothing again', async () => {
    await start(3);
    const cut = await hearMessages(async () => {
      const running = execute('runAsBatch', document.uri, { models });
      await waitFor(() => countCalls('create') === 1 && countCalls('retrieve') > 0, 'the batch to be looked at');
      await execute('stopRun', { broken: { path: readOnlyRun().path } });
      await running;
    }, agree);
    assert.match(cut.at(-1)?.message ?? '', /32 requests are with the endpoint as a batch/);
    assert.equal(cut.at(-1)?.buttons[0], 'Resume');

    let heard: Said[] = [];
    const offered = await takingFirst(async () => {
      heard = await hearMessages(() => execute('resumeRun'));
    });
    assert.match(offered[1] ?? '', /Fetch the answers/);
    assert.match(heard.at(-1)?.message ?? '', /^parrot: .* in 3 items/);
    assert.equal(countCalls('upload'), 1);
    assert.equal(readOnlyRun().lines.length, 1 + REQUESTS);
  });

  test('a batch is given up at the endpoint, and the answers that are ready are fetched', async () => {
    await start(1000);
    await hearMessages(async () => {
      const running = execute('runAsBatch', document.uri, { models });
      await waitFor(() => countCalls('retrieve') > 0, 'the batch to be looked at');
      await execute('stopRun', { broken: { path: readOnlyRun().path } });
      await running;
    }, agree);
    const heard = await hearMessages(async () => {
      await taking([0, 1], () => execute('resumeRun'));
    });
    assert.match(heard[0]?.message ?? '', /asked to give up batch/);
    assert.equal(countCalls('cancel'), 1);
  });

  test('a model without an endpoint says that it cannot be asked so', async () => {
    await start(1);
    const heard = await hearMessages(
      () => execute('runAsBatch', document.uri, { models: ['vscode/fixture/yes-man', ...models] }),
      agree,
    );
    assert.match(heard.at(-1)?.message ?? '', /yes-man cannot be asked in batches.* parrot: .* in 3 items/);
  });
});
