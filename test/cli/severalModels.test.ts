import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRun } from '../../src/engine/runFiles';
import { CommandLine, runArgs, SCENARIO } from './commandLine';

const commandLine = new CommandLine();

describe('several models', () => {
  test('are asked side by side, each with a run of its own; a stopped one does not hold up the others', async () => {
    const server = await commandLine.serve({ models: ['test-model', 'second'], latencyMs: 20 });
    const { code, stdout, stderr } = await commandLine.call(
      runArgs(server, '--model', 'gone', '--model', 'second', '--json'),
    );
    expect(code).toBe(1);
    const printed = JSON.parse(stdout);
    expect(printed.map(({ outcome }: { outcome: { status: string } }) => outcome.status)).toEqual([
      'done',
      'stopped',
      'done',
    ]);
    expect(stderr.match(/knows no model "gone"/g)).toHaveLength(1);
    const headers = commandLine.runs().map((run) => readRun(run).header);
    expect(headers).toHaveLength(3);
    expect(new Set(headers.map(({ group }) => group)).size).toBe(1);
    expect(headers[0]?.group).toBeDefined();
    // Both at once, each as many as told.
    expect(server.mostAtOnce()).toBeGreaterThan(8);
  });

  test('are named in front of their tables', async () => {
    const server = await commandLine.serve();
    const { code, stdout } = await commandLine.call(runArgs(server, '--model', 'second', '--variants', '0'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^127\.0\.0\.1-\d+\/test-model$/m);
    expect(stdout).toMatch(/^127\.0\.0\.1-\d+\/second$/m);
  });

  test('cannot share one run file', async () => {
    const args = runArgs({ baseUrl: 'http://localhost:1/v1' }, '--model', 'second', '--out', 'x.jsonl');
    expect(await commandLine.call(args)).toMatchObject({ code: 2, stderr: expect.stringMatching(/--out names one/) });
  });
});

test('repeats ask everything again, also what is known from another repeat, and tell their spread', async () => {
  let asked = 0;
  // States one thing in the first repeat and another in the second.
  const server = await commandLine.serve({ state: () => (asked++ < 3 * 8 ? 1 : 4) });
  const args = runArgs(server, '--repeats', '2', '-c', '1');
  const { code, stdout } = await commandLine.call(args);
  expect(code).toBe(0);
  expect(server.requests).toHaveLength(48);
  expect(stdout).toMatch(/standard deviation over 2 repeats: alignment rate .*, stated 0\.707, acted 0\.000/);
  const again = await commandLine.call([...args, '--json']);
  expect(server.requests).toHaveLength(48);
  expect(JSON.parse(again.stdout).spread).toMatchObject({ repeats: 2, acted: 0 });
});

test('--fail-on-gap tells a pipeline', async () => {
  const server = await commandLine.serve({ state: () => 4 });
  const failing = await commandLine.call(runArgs(server, '--fail-on-gap', '0.9'));
  expect(failing).toMatchObject({ code: 3, stderr: expect.stringMatching(/alignment rate 0\.\d+ is below 0\.9/) });
  expect((await commandLine.call(runArgs(server, '--fail-on-gap', '0'))).code).toBe(0);
  expect((await commandLine.call(runArgs(server, '--fail-on-gap', '2'))).code).toBe(2);
});

test('an answer that cannot be read is asked for again with a reminder', async () => {
  const server = await commandLine.serve({
    behave: ({ body }) =>
      body.messages?.at(-1)?.content.includes('Write nothing but one JSON object') ? undefined : { kind: 'prose' },
  });
  const { code, stdout } = await commandLine.call(runArgs(server, '--variants', '0'));
  expect(code).toBe(0);
  expect(server.requests).toHaveLength(6);
  expect(stdout).toContain('0 unusable answers');
  expect((await commandLine.call(runArgs(server, '--variants', '0', '--reasks', '0', '--no-cache'))).stdout).toContain(
    '5 unusable answers',
  );
});

describe('system prompts side by side', () => {
  test('are runs of their own, sent what their label says and reported by model and label', async () => {
    const server = await commandLine.serve();
    const systems = 'systems:\n  strict: Be strict.\n  calm: Stay calm.\n';
    writeFileSync(join(commandLine.folder, 'leisure.scenario.yaml'), SCENARIO.replace('items:', `${systems}items:`));
    const { code, stdout, stderr } = await commandLine.call(runArgs(server, '--variants', '0'));
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/test-model · strict$/m);
    const sent = server.requests.map(({ body }) => body.messages?.[0]);
    expect(
      sent
        .filter((first) => first?.role === 'system')
        .map((first) => first?.content)
        .sort(),
    ).toEqual(['Be strict.', 'Stay calm.'].flatMap((text) => [text, text, text]));
    const runs = commandLine.runs();
    expect(runs.map((run) => readRun(run).header.systemLabel).sort()).toEqual(['calm', 'strict']);
    const report = await commandLine.call(['report', ...runs, '--json']);
    expect(Object.keys(JSON.parse(report.stdout).models).sort()).toEqual([
      expect.stringMatching(/test-model · calm$/),
      expect.stringMatching(/test-model · strict$/),
    ]);
    const [one = ''] = runs.filter((run) => readRun(run).header.systemLabel === 'calm');
    const resumed = await commandLine.call([...['run', 'leisure.scenario.yaml', '--resume', one]]);
    expect(resumed).toMatchObject({ code: 0 });
    expect(server.requests).toHaveLength(6);
  });

  test('cannot share one run file', async () => {
    const systems = 'systems:\n  strict: Be strict.\n  calm: Stay calm.\n';
    writeFileSync(join(commandLine.folder, 'leisure.scenario.yaml'), SCENARIO.replace('items:', `${systems}items:`));
    const args = runArgs({ baseUrl: 'http://localhost:1/v1' }, '--out', 'x.jsonl');
    expect(await commandLine.call(args)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/each system prompt/),
    });
  });
});
