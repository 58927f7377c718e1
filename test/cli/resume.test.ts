import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listRequests, requestId, requestOf } from '../../src/core/runs/plan';
import { readRun } from '../../src/engine/runFiles';
import { CommandLine, runArgs, SCENARIO } from './commandLine';

const commandLine = new CommandLine();

/** A run that was interrupted after some answers, at an endpoint that answers well from now on. */
async function interruptedRun(answers = 5, ...more: string[]) {
  let isWell = false;
  const server = await commandLine.serve({
    behave: ({ index }) => (isWell || index < answers ? undefined : { kind: 'hang' }),
  });
  const { code, stderr } = await commandLine.call(runArgs(server, ...more), {
    env: { MY_KEY: 'sk-local-1234567890' },
    onStart: async (child) => {
      while (server.requests.length < answers + 8) await new Promise((resolve) => setTimeout(resolve, 10));
      child.kill(process.platform === 'win32' ? 'SIGKILL' : 'SIGINT');
    },
  });
  isWell = true;
  return { server, code, stderr, run: commandLine.onlyRun(), asked: server.requests.length };
}

describe('an interrupted run', () => {
  test.skipIf(process.platform === 'win32')('says how to go on, and does so', async () => {
    const { server, code, stderr, run, asked } = await interruptedRun();
    expect(code).toBe(130);
    expect(stderr).toContain(`run --resume ${run}`);
    const again = await commandLine.call(['run', '--resume', run, '--json']);
    expect(again.code).toBe(0);
    expect(server.requests.length - asked).toBe(19);
    expect(again.stderr).toMatch(/: 19 to ask, 5 known, about .* written to/);
    expect(again.stderr).toMatch(/24 of 24/);
    expect(JSON.parse(again.stdout).outcome).toEqual({
      status: 'done',
      done: 24,
      failed: 0,
      total: 24,
      usage: { input: 2400, output: 480 },
    });
    const { header, observations } = readRun(run);
    expect(observations.map((o) => requestId(requestOf(o))).sort()).toEqual(
      [...listRequests(header)].map(requestId).sort(),
    );
  });

  test('is asked about the text it was made from, whatever the file says by now', async () => {
    const { server, run } = await interruptedRun();
    writeFileSync(join(commandLine.folder, 'leisure.scenario.yaml'), 'country: Elsewhere\n');
    expect((await commandLine.call(['run', '--resume', run])).code).toBe(0);
    expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('Nigeria');
  });

  test('takes what is given again where it is the same', async () => {
    const { server, run } = await interruptedRun(2, '--variants', '0,1,2,3');
    const args = runArgs(server, '--resume', run, '--variants', '3,2,1,0', '--temperature', '0.2', '-c', '2');
    expect((await commandLine.call(args)).code).toBe(0);
  });

  test.each<[string, string[], RegExp]>([
    ['model', ['--model', 'other'], /--model other: the run has 127\.0\.0\.1-\d+\/test-model/],
    ['endpoint', ['--base-url', 'http://localhost:1/v1'], /--base-url http:\/\/localhost:1\/v1: the run has http/],
    ['parameter', ['--temperature', '1'], /--temperature 1: the run has 0\.2/],
    ['variants', ['--variants', '3'], /--variants 3: the run has 0,1,2/],
  ])('refuses another %s, and names it', async (_, more, message) => {
    const { server, run, asked } = await interruptedRun();
    const before = readFileSync(run, 'utf8');
    const { code, stderr } = await commandLine.call(['run', '--resume', run, ...more]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/Leave away what differs/);
    expect(server.requests).toHaveLength(asked);
    expect(readFileSync(run, 'utf8')).toBe(before);
  });

  test('refuses a file that has changed since', async () => {
    const { run } = await interruptedRun();
    const file = join(commandLine.folder, 'leisure.scenario.yaml');
    writeFileSync(file, SCENARIO.replace('on Sunday.}', 'on Monday.}'));
    const changed = await commandLine.call(['run', 'leisure.scenario.yaml', '--resume', run]);
    expect(changed).toMatchObject({ code: 2, stderr: expect.stringMatching(/"leisure" has changed since the run/) });
    writeFileSync(file, SCENARIO.replace('name: leisure', 'name: work'));
    const other = await commandLine.call(['run', 'leisure.scenario.yaml', '--resume', run]);
    expect(other.stderr).toMatch(/asks about "leisure".*\n.*does not ask about "work"/);
  });

  test('a run file sends no key of this machine anywhere on its own', async () => {
    const { server, run } = await interruptedRun(5, '--api-key-env', 'MY_KEY');
    expect(readFileSync(run, 'utf8')).not.toContain('sk-local');
    const env = { MY_KEY: 'sk-local-1234567890' };
    const refused = await commandLine.call(['run', '--resume', run], { env });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--api-key-env MY_KEY') });
    const given = await commandLine.call(['run', '--resume', run, '--api-key-env', 'MY_KEY'], { env });
    expect(given.code).toBe(0);
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer sk-local-1234567890');
  });
});

test('failed requests are asked again, and only those', async () => {
  const error = { message: 'held back', code: 'content_filter' };
  let isWell = false;
  const server = await commandLine.serve({
    behave: ({ index }) => (!isWell && index % 8 === 1 ? { kind: 'status', status: 400, error } : undefined),
  });
  const first = await commandLine.call(runArgs(server));
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('run --resume');
  isWell = true;
  const run = commandLine.onlyRun();
  const again = await commandLine.call(['run', '--resume', run]);
  expect(again.code).toBe(0);
  expect(again.stderr).toMatch(/: 3 failed before and are asked again/);
  expect(server.requests).toHaveLength(27);
  expect(readRun(run).observations).toHaveLength(24);
});

test('what is no run cannot be gone on with', async () => {
  const gone = await commandLine.call(['run', '--resume', 'none.jsonl']);
  expect(gone).toMatchObject({ code: 2, stderr: expect.stringMatching(/none\.jsonl: There is no such file/) });
  const other = await commandLine.call(['run', '--resume', 'leisure.scenario.yaml']);
  expect(other).toMatchObject({ code: 2, stderr: expect.stringMatching(/not the header/) });
});
