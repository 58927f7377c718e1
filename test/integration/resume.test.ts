import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { type OpenAIServer, promptKey, startOpenAIServer } from '../fixtures/openaiServer';
import { activate, deleteRuns, hearMessages, openFile, type Said, setEndpoints, waitFor } from './editor';
import { cutOff, execute, hearMessage, REQUESTS, readOnlyRun, SCENARIO, takingFirst } from './runs';

suite('Resume', () => {
  let lab: OpenAIServer;
  /** Prompts (by number of arrival) that get 413 from now on. */
  let rejects: (index: number) => boolean;
  /** How long the endpoint takes for what it is asked from now on. */
  let latencyMs: () => number;

  suiteSetup(activate);
  setup(async () => {
    deleteRuns();
    // Else what is missing would be known from the run it is missing in.
    await vscode.workspace.getConfiguration('valueActionLens').update('cache.maxSize', 0, true);
    rejects = () => false;
    latencyMs = () => 20;
    lab = await startOpenAIServer({
      latencyMs: () => latencyMs(),
      behave: ({ index }) => (rejects(index) ? { kind: 'status', status: 413 } : undefined),
    });
    await setEndpoints([{ name: 'lab', baseUrl: lab.baseUrl, models: ['parrot'] }]);
  });
  teardown(async () => {
    await vscode.workspace.getConfiguration('valueActionLens').update('cache.maxSize', undefined, true);
    await setEndpoints(undefined);
    await lab.close();
  });

  const runAll = async (name: string) => {
    const document = await openFile(`${name}.scenario.yaml`, SCENARIO);
    return hearMessages(() => execute('run', document.uri, { models: ['lab/parrot'] }));
  };

  test('a run that was cut off is asked exactly what is missing', async () => {
    await runAll('cut');
    assert.equal(lab.requests.length, REQUESTS);
    const whole = readOnlyRun().lines;
    cutOff(10);
    let said: unknown;
    const offered = await takingFirst(async () => {
      said = await hearMessage(() => execute('resumeRun'));
    });
    assert.deepEqual(offered, [`parrot: ${REQUESTS - 10} of ${REQUESTS} not asked`]);
    assert.match((said as { message: string }).message, /^parrot: .* in 3 items/);
    assert.equal(lab.requests.length, REQUESTS + (REQUESTS - 10));
    const { lines } = readOnlyRun();
    assert.equal(lines.length, 1 + REQUESTS);
    assert.deepEqual(lines.slice(0, 11), whole.slice(0, 11));
    const ids = (all: readonly string[]) => new Set(all.slice(1).map(identify));
    assert.deepEqual(ids(lines), ids(whole));
    // What was kept was not asked again.
    const asked = lab.requests.map(promptKey);
    const twice = asked.filter((key, index) => asked.indexOf(key) !== index);
    assert.equal(twice.length, REQUESTS - 10);
  });

  test('a cancelled run offers to go on, and ends complete', async () => {
    const document = await openFile('cancelled-resume.scenario.yaml', SCENARIO);
    let pressed = 0;
    // Nothing after the first round is answered before the run is cancelled, however busy the machine.
    latencyMs = () => (lab.requests.length > 8 ? 20_000 : 20);
    const heard = await hearMessages(
      async () => {
        const running = execute('run', document.uri, { models: ['lab/parrot'] });
        await waitFor(() => lab.requests.length > 8, 'the second round of requests');
        latencyMs = () => 20;
        await execute('cancelRun');
        await running;
        await waitFor(() => lines() === 1 + REQUESTS, 'the resumed run to be complete');
      },
      ({ buttons }) => (pressed++ === 0 && buttons.includes('Resume') ? 'Resume' : undefined),
    );
    assert.match(heard[0]?.message ?? '', /cancelled after \d+ of 32 requests/);
    assert.equal(heard[0]?.buttons[0], 'Resume');

    function lines() {
      return readOnlyRun().lines.length;
    }
  });

  test('retrying replaces the failures and asks nothing else', async () => {
    rejects = (index) => index % 10 === 3;
    const [said] = await runAll('failures');
    const failed = readOnlyRun().lines.filter((line) => line.includes('"failure"')).length;
    assert.equal(failed, 3);
    assert.match(said?.message ?? '', /3 requests failed/);
    assert.equal(said?.buttons[0], 'Retry Failed');

    rejects = () => false;
    const before = lab.requests.length;
    await takingFirst(() => hearMessage(() => execute('retryFailed')));
    assert.equal(lab.requests.length - before, 3);
    const { lines } = readOnlyRun();
    assert.equal(lines.length, 1 + REQUESTS);
    assert.equal(lines.filter((line) => line.includes('"failure"')).length, 0);
  });

  test('retrying leaves what was never asked for another time, and says so', async () => {
    rejects = (index) => index % 10 === 3;
    await runAll('failures-and-missing');
    const { path, lines } = readOnlyRun();
    const answers = lines.filter((line) => !line.includes('"failure"'));
    writeFileSync(
      path,
      `${[...answers.slice(0, -5), ...lines.filter((line) => line.includes('"failure"'))].join('\n')}\n`,
    );
    rejects = () => false;
    const before = lab.requests.length;
    const said: Said[] = [];
    await takingFirst(async () => said.push(await hearMessage(() => execute('retryFailed'))));
    assert.equal(lab.requests.length - before, 3);
    assert.equal(readOnlyRun().lines.length, 1 + REQUESTS - 5);
    assert.match(said[0]?.message ?? '', /5 of 32 requests not asked yet/);
    assert.equal(said[0]?.buttons[0], 'Resume');
  });

  test('where an address has changed, nobody is asked and the message says what to do', async () => {
    await runAll('moved');
    cutOff(10);
    const elsewhere = await startOpenAIServer();
    await setEndpoints([{ name: 'lab', baseUrl: elsewhere.baseUrl, models: ['parrot'] }]);
    const said: { message: string }[] = [];
    await takingFirst(async () => said.push(await hearMessage(() => execute('resumeRun'))));
    await elsewhere.close();
    assert.ok(said[0]?.message.includes(lab.baseUrl) && said[0].message.includes(elsewhere.baseUrl), said[0]?.message);
    assert.equal(elsewhere.requests.length, 0);
  });
});

function identify(line: string): string {
  const { type, task, scenario, value, variant, repeat } = JSON.parse(line);
  return JSON.stringify([task ?? type, scenario, value, variant, repeat]);
}
