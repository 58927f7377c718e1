import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { listRequests, requestId, requestOf } from '../../src/core/runs/plan';
import { readRun } from '../../src/engine/runFiles';
import { type BatchServer, type BatchServerOptions, startBatchServer } from '../fixtures/openaiBatchServer';
import { CommandLine, runArgs } from './commandLine';

const KEY = 'sk-local-1234567890';
const commandLine = new CommandLine();
const servers: BatchServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(options: BatchServerOptions = {}): Promise<BatchServer> {
  const server = await startBatchServer(options);
  servers.push(server);
  return server;
}

const onlyRun = () => commandLine.runs().filter((path) => path.endsWith('.jsonl'))[0] ?? '';

function expectWhole(path: string): void {
  const { header, observations } = readRun(path);
  const ids = observations.map((observation) => requestId(requestOf(observation))).sort();
  expect(ids).toEqual([...listRequests(header)].map(requestId).sort());
  expect(observations.filter(({ type }) => type === 'failure')).toEqual([]);
}

/** Sends a batch that is answered only once it is set ready, and ends the process while it waits. */
async function interrupt(ending: 'SIGINT' | 'SIGKILL') {
  const state = { isReady: false };
  const server = await serve({ apiKey: KEY, looks: () => (state.isReady ? 1 : Number.POSITIVE_INFINITY) });
  const env = { MY_KEY: KEY };
  const { code, stderr } = await commandLine.call(runArgs(server, '--batch', '--api-key-env', 'MY_KEY'), {
    env,
    onStart: async (child) => {
      while (!server.calls.includes('retrieve')) await new Promise((resolve) => setTimeout(resolve, 10));
      child.kill(ending);
    },
  });
  return { server, state, code, stderr, run: onlyRun(), env };
}

/** What was printed to be pasted, without the program. */
function findCommand(stderr: string, label: string): string[] {
  const line = stderr.split('\n').find((text) => text.startsWith(label)) ?? '';
  return line.replace(/^.* run --resume/, 'run --resume').split(' ');
}

describe('run --batch', { timeout: 30_000 }, () => {
  test('ends as an ordinary run does, with nothing asked one by one', async () => {
    const server = await serve();
    const { code, stdout, stderr } = await commandLine.call(runArgs(server, '--batch', '--json'));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: { status: 'done', done: 24, failed: 0, total: 24, usage: { input: 2400, output: 480 } },
      items: [{ value: 'Freedom' }, { value: 'Social Power' }, { value: 'Pleasure' }],
    });
    expect(stderr).toMatch(/24 requests are with the endpoint as batch batch_1/);
    expect(stderr).toMatch(/Waiting .*: Batch batch_1 is validating, 0 of 24 answered/);
    expect(server.calls).not.toContain('chat');
    expectWhole(onlyRun());
    expect(readdirSync(dirname(onlyRun()))).toHaveLength(1);

    // A second run knows the answers and sends none of it.
    const again = await commandLine.call(runArgs(server, '--batch'));
    expect(again.code).toBe(0);
    expect(server.store.batches.size).toBe(1);
  });

  test.skipIf(process.platform === 'win32')(
    'leaves its batch at work on an interrupt, and prints what to do',
    async () => {
      const { server, state, code, stderr, run, env } = await interrupt('SIGINT');
      expect(code).toBe(130);
      expect(stderr).toContain(`Batch batch_1 goes on at ${server.baseUrl}. Resume the run as a batch`);
      expect(server.calls).not.toContain('cancel');
      const files = readdirSync(dirname(run)).map((name) => readFileSync(join(dirname(run), name), 'utf8'));
      expect(files.join() + stderr).not.toContain('1234567890');

      // Without --batch it would be paid for twice.
      const refused = await commandLine.call(['run', '--resume', run, '--api-key-env', 'MY_KEY'], { env });
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/The answers of batch_1 are not in the run yet\. Fetch them with --batch/);

      state.isReady = true;
      const again = await commandLine.call(findCommand(stderr, 'To go on:'), { env });
      expect(again.code).toBe(0);
      expectWhole(run);
      expect(server.store.batches.size).toBe(1);
    },
  );

  test('goes on after its process was killed', async () => {
    const { server, state, run, env } = await interrupt('SIGKILL');
    expect(readRun(run).observations).toEqual([]);
    state.isReady = true;
    const { code, stderr } = await commandLine.call(['run', '--resume', run, '--batch', '--api-key-env', 'MY_KEY'], {
      env,
    });
    expect(stderr).toContain(`The run is in ${run}`);
    expect(code).toBe(0);
    expectWhole(run);
    expect(server.store.batches.size).toBe(1);
  });

  test.skipIf(process.platform === 'win32')(
    'gives its batch up where it is told to, and keeps what was answered',
    async () => {
      const { server, stderr, run, env } = await interrupt('SIGINT');
      const given = await commandLine.call(findCommand(stderr, 'To give up'), { env });
      expect(given.code).toBe(0);
      expect(given.stderr).toContain(`${server.baseUrl} was asked to give up batch_1`);
      expect(server.store.batches.get('batch_1')?.status).toBe('cancelled');
      expect((await commandLine.call(findCommand(stderr, 'To go on:'), { env })).code).toBe(0);
      expectWhole(run);
    },
  );

  test('counts what the batch did not answer, and asks it again', async () => {
    const server = await serve({
      line: ({ custom_id }, batchNumber) =>
        batchNumber === 0 && custom_id.endsWith('7')
          ? { kind: 'error', code: 'batch_expired', message: 'Late.' }
          : undefined,
    });
    const first = await commandLine.call(runArgs(server, '--batch'));
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('2 of 24 requests failed');
    expect((await commandLine.call(findCommand(first.stderr, 'To go on:'))).code).toBe(0);
    expect(server.sent()).toHaveLength(26);
    expectWhole(onlyRun());
  });

  test('stops with one sentence where the endpoint takes no batches', async () => {
    const server = await serve({ call: ({ name }) => (name === 'chat' ? undefined : { status: 404 }) });
    const { code, stderr } = await commandLine.call(runArgs(server, '--batch'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/offers no Batch API \(status 404 at \/files\)\. Run without --batch/);
    // The run can go on without.
    const again = await commandLine.call(['run', '--resume', onlyRun()]);
    expect(again.code).toBe(0);
    expectWhole(onlyRun());
  });

  test('refuses what makes no sense', async () => {
    const server = await serve();
    const both = await commandLine.call(runArgs(server, '--batch', '--cancel-batch'));
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be used with') });
    const unnamed = await commandLine.call(runArgs(server, '--cancel-batch'));
    expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining('--resume RUN.jsonl --cancel-batch') });
    expect(server.calls).toEqual([]);
  });
});
