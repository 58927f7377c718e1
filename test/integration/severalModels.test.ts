import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startOpenAIServer } from '../fixtures/openaiServer';
import { limitRate } from '../fixtures/serverFaults';
import { activate, deleteRuns, hearMessages, openFile, setEndpoints, waitFor } from './editor';
import { execute, hearProgress, REQUESTS, SCENARIO } from './runs';

suite('Several models', () => {
  suiteSetup(activate);
  setup(deleteRuns);
  teardown(() => setEndpoints(undefined));

  test('one that is stopped holds up nobody, and is named with the step that helps', async () => {
    const [lab, closed] = [await startOpenAIServer(), await startOpenAIServer({ apiKey: 'k' })];
    await setEndpoints([
      { name: 'lab', baseUrl: lab.baseUrl, models: ['parrot'] },
      { name: 'closed', baseUrl: closed.baseUrl, models: ['owl'] },
    ]);
    const document = await openFile('several.scenario.yaml', SCENARIO);
    const models = ['closed/owl', 'lab/parrot'];
    const [said, ...others] = await hearMessages(() => execute('run', document.uri, { models }));
    assert.deepEqual(others, []);
    assert.equal(lab.requests.length, REQUESTS);
    assert.ok(closed.requests.length <= 8, `${closed.requests.length} requests with a wrong key`);
    assert.match(said?.message ?? '', /closed .* key.* parrot: .* in 3 items/s);
    assert.equal(said?.buttons[0], 'Set API Key…');
    await Promise.all([lab.close(), closed.close()]);
  });

  test('each has its own count, and a wait is told while it lasts', async () => {
    const slow = await startOpenAIServer({ behave: limitRate({ perSecond: 12, burst: 4, tells: 'retry-after' }) });
    const lab = await startOpenAIServer();
    await setEndpoints([
      { name: 'lab', baseUrl: lab.baseUrl, models: ['parrot'] },
      { name: 'slow', baseUrl: slow.baseUrl, models: ['snail'] },
    ]);
    const document = await openFile('waits.scenario.yaml', SCENARIO);
    const told = await hearProgress(() =>
      hearMessages(() => execute('runQuick', document.uri, { models: ['lab/parrot', 'slow/snail'] })),
    );
    assert.ok(
      told.some((message) => /^parrot \d+\/8 · snail \d+\/8/.test(message)),
      told.join('\n'),
    );
    assert.ok(
      told.some((message) => /snail \d+\/8, waiting \d+ s: \S/.test(message)),
      told.join('\n'),
    );
    await Promise.all([lab.close(), slow.close()]);
  });

  test('models of one endpoint share its limit', async () => {
    const times: number[] = [];
    const lab = await startOpenAIServer({
      behave: () => {
        times.push(performance.now());
        return undefined;
      },
    });
    await setEndpoints([{ name: 'lab', baseUrl: lab.baseUrl, models: ['parrot', 'owl'], requestsPerMinute: 600 }]);
    const document = await openFile('shared.scenario.yaml', SCENARIO);
    const models = ['lab/parrot', 'lab/owl'];
    await hearMessages(() => execute('runQuick', document.uri, { models }));
    assert.equal(times.length, 16);
    // 16 requests at 10 a second, shared; each on its own would take half of that.
    const took = (times.at(-1) ?? 0) - (times[0] ?? 0);
    assert.ok(took > 1100, `${Math.round(took)} ms`);
    await lab.close();
  });

  test('cancelling takes effect within 200 ms, even where an endpoint hangs', async () => {
    const hanging = await startOpenAIServer({ behave: () => ({ kind: 'hang' }) });
    await setEndpoints([{ name: 'hanging', baseUrl: hanging.baseUrl, models: ['sloth'] }]);
    const document = await openFile('hanging.scenario.yaml', SCENARIO);
    const times: number[] = [];
    // A machine that does something else at the moment says nothing about us: the best of five counts.
    while (times.length < 5 && !times.some((took) => took < 200)) {
      const before = hanging.requests.length;
      await hearMessages(async () => {
        const running = vscode.commands.executeCommand('valueActionLens.run', document.uri, {
          models: ['hanging/sloth'],
        });
        await waitFor(() => hanging.requests.length > before, 'the first request');
        const cancelledMs = performance.now();
        await execute('cancelRun');
        await running;
        times.push(performance.now() - cancelledMs);
      });
    }
    assert.ok(Math.min(...times) < 200, `${times.map(Math.round).join(', ')} ms`);
    await hanging.close();
  });
});
