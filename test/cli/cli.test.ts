import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRun } from '../../src/engine/runFiles';
import { type OpenAIServerOptions, startOpenAIServer } from '../fixtures/openaiServer';
import { CommandLine, runArgs, SCENARIO } from './commandLine';

const commandLine = new CommandLine();

/** Other versions of Node on this machine that are supported too. */
function findNode20(): string | undefined {
  return [process.execPath, ...(process.env.PATH ?? '').split(delimiter).map((entry) => join(entry, 'node'))].find(
    (node) => {
      try {
        return execFileSync(node, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
          .toString()
          .startsWith('v20.');
      } catch {
        return false;
      }
    },
  );
}
const node20 = findNode20();

describe('a run', () => {
  test('shows each gap, its summary and where the run is kept', async () => {
    const server = await commandLine.serve({ state: (value) => (value === 'Pleasure' ? 4 : 1) });
    const { code, stdout, stderr } = await commandLine.call(runArgs(server));
    expect(code).toBe(0);
    // 8 state + 2 complete items × 8.
    expect(server.requests).toHaveLength(24);
    const lines = stdout.split('\n');
    expect(lines.find((line) => line.includes('Social Power'))).toMatch(
      /○────● .* 0\.000 .* 1\.000 .* 1\.000 .* gap: says agree, acts disagree/,
    );
    expect(lines.find((line) => line.includes('Freedom'))).toMatch(/◉ .* aligned/);
    expect(lines.find((line) => line.includes('Pleasure'))).toMatch(/incomplete: an action is missing/);
    expect(lines.findIndex((l) => l.includes('Social Power'))).toBeLessThan(
      lines.findIndex((l) => l.includes('Freedom')),
    );
    expect(stdout).toMatch(
      /alignment rate 0\.000 \(n = 2\) · 1 gap \(1 says agree, acts disagree; 0 .*\) · 0 undecided · 0 unusable answers · 1 incomplete · 0 failed requests/,
    );
    const path = commandLine.onlyRun();
    expect(stderr).toContain(`The run is in ${path}`);
    expect(stderr).toMatch(/24 of 24/);
    // Piped: plain lines, no cursor movements.
    expect(stderr + stdout).not.toContain('\u001b');
    const run = readRun(path);
    expect(run.observations).toHaveLength(24);
    expect(run.header).toMatchObject({
      model: {
        id: expect.stringMatching(/^127\.0\.0\.1-\d+\/test-model$/),
        baseUrl: server.baseUrl,
        parameters: { temperature: 0.2 },
      },
      scenarios: [{ key: 'leisure', file: 'leisure.scenario.yaml' }],
    });
  });

  test('points at what is wrong in the file', async () => {
    const server = await commandLine.serve();
    const { stderr } = await commandLine.call(runArgs(server, '--variants', '0'));
    expect(stderr).toMatch(/^leisure\.scenario\.yaml:11:\d+ \w+ missing-action .+$/m);
  });

  test('prints one JSON object on request', async () => {
    const server = await commandLine.serve();
    const { code, stdout } = await commandLine.call(
      runArgs(server, '--json', '--variants', 'quick', '--quiet', '--out', 'mine.jsonl'),
    );
    expect(code).toBe(0);
    const printed = JSON.parse(stdout);
    expect(printed).toMatchObject({
      run: join(commandLine.folder, 'mine.jsonl'),
      outcome: { status: 'done', done: 6, failed: 0, total: 6 },
      report: { incomplete: 1 },
    });
    expect(printed.items.map((item: { value: string }) => item.value)).toEqual(['Freedom', 'Social Power', 'Pleasure']);
    expect(readRun(join(commandLine.folder, 'mine.jsonl')).header.variants).toEqual({ task1: [0, 2], task2: [0, 2] });
  });

  test('called from another folder lands in the workspace that the file belongs to', async () => {
    const server = await commandLine.serve();
    mkdirSync(join(commandLine.folder, '.value-action-lens'));
    mkdirSync(join(commandLine.folder, 'sub'));
    writeFileSync(join(commandLine.folder, 'sub', 'a.scenario.yaml'), SCENARIO);
    const args = [
      'run',
      join(commandLine.folder, 'sub', 'a.scenario.yaml'),
      '-m',
      'test-model',
      '--base-url',
      server.baseUrl,
      '--variants',
      '0',
    ];
    expect((await commandLine.call(args, { cwd: tmpdir() })).code).toBe(0);
    expect(readRun(commandLine.onlyRun()).header.scenarios[0]?.file).toBe('sub/a.scenario.yaml');
  });

  test('sends the key it is told to, and writes it nowhere', async () => {
    const key = 'sk-local-1234567890';
    const server = await commandLine.serve({ apiKey: key });
    const { code, stdout, stderr } = await commandLine.call(
      runArgs(server, '--api-key-env', 'MY_KEY', '--variants', '0'),
      {
        env: { MY_KEY: key },
      },
    );
    expect(code).toBe(0);
    expect(stdout + stderr + readFileSync(commandLine.onlyRun(), 'utf8')).not.toContain(key);
  });

  test('passes parameters on and keeps as many requests under way as told', async () => {
    const server = await commandLine.serve({ latencyMs: 20 });
    await commandLine.call(
      runArgs(server, '-c', '3', '--temperature', '0.7', '--max-tokens', '99', '--structured-output'),
    );
    expect(server.mostAtOnce()).toBe(3);
    expect(server.requests[0]?.body).toMatchObject({
      temperature: 0.7,
      max_tokens: 99,
      response_format: { type: 'json_schema' },
    });
  });

  test('keeps the terminal safe from names in a file', async () => {
    const server = await commandLine.serve();
    const text = SCENARIO.replace('value: Freedom', 'value: "Free\\e[31mdom"\n    definition: d');
    writeFileSync(join(commandLine.folder, 'leisure.scenario.yaml'), text);
    const { stdout, stderr } = await commandLine.call(runArgs(server, '--variants', '0'));
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test.skipIf(!node20)('works on Node 20 as well', async () => {
    const server = await commandLine.serve({ behave: ({ index }) => (index === 0 ? { kind: 'fences' } : undefined) });
    const { code, stdout } = await commandLine.call(runArgs(server, '--json'), { node: node20 });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).outcome.status).toBe('done');
  });
});

describe('a model that does not answer as it should', () => {
  test('answers in prose: nothing is guessed, everything is kept', async () => {
    const server = await commandLine.serve({ behave: () => ({ kind: 'prose' }) });
    const { code, stdout } = await commandLine.call(runArgs(server));
    expect(code).toBe(0);
    expect(stdout).toMatch(/Freedom .* no usable answer/);
    expect(stdout).toContain('40 unusable answers');
    expect(readRun(commandLine.onlyRun()).observations[0]).toMatchObject({ raw: expect.stringContaining('weather') });
  });

  test('refuses', async () => {
    const server = await commandLine.serve({ behave: () => ({ kind: 'refusal' }) });
    expect((await commandLine.call(runArgs(server, '--variants', '0'))).code).toBe(0);
    const answers = readRun(commandLine.onlyRun()).observations.flatMap((o) => (o.type === 'act' ? o.answer : []));
    expect(answers).toEqual(['refused', 'refused']);
  });

  test('fails for some requests: exit code 1, and the rest is there', async () => {
    const error = { message: 'held back', code: 'content_filter' };
    const server = await commandLine.serve({
      behave: ({ index }) => (index === 9 ? { kind: 'status', status: 400, error } : undefined),
    });
    const { code, stdout, stderr } = await commandLine.call(runArgs(server));
    expect(code).toBe(1);
    expect(stdout).toContain('1 failed request');
    expect(stderr).toContain(`1 of 24 requests failed; the reasons are in ${commandLine.onlyRun()}`);
  });

  test.each([
    ['a wrong key', { apiKey: 'right' }, /asks for a key\. Name the environment variable .* with --api-key-env NAME/],
    ['an unknown model', { models: ['other'] }, /knows no model "test-model"/],
  ])('stops for %s with one message', async (_, options, message) => {
    const server = await commandLine.serve(options);
    const { code, stdout, stderr } = await commandLine.call(runArgs(server));
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/0 of 24 answers are in /);
    expect(stderr.match(new RegExp(message.source, 'g'))).toHaveLength(1);
    expect(server.requests.length).toBeLessThanOrEqual(8);
  });

  test('cannot be reached', async () => {
    const server = await startOpenAIServer();
    await server.close();
    const { code, stderr } = await commandLine.call(runArgs(server));
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot be reached\. Is the server running at http/);
  });

  test('has a file that is deleted during the run: the run goes on with what it read', async () => {
    const file = join(commandLine.folder, 'leisure.scenario.yaml');
    const server = await commandLine.serve({
      behave: ({ index }) => {
        if (index === 3) rmSync(file);
        return undefined;
      },
    });
    expect((await commandLine.call(runArgs(server))).code).toBe(0);
    expect(readRun(commandLine.onlyRun()).observations).toHaveLength(24);
  });
});

describe('an end before the end', () => {
  const slowly: OpenAIServerOptions = { behave: ({ index }) => (index < 5 ? undefined : { kind: 'hang' }) };

  test.skipIf(process.platform === 'win32')('an interrupt stops cleanly and says where the run is', async () => {
    const server = await commandLine.serve(slowly);
    const { code, stderr } = await commandLine.call(runArgs(server), {
      onStart: async (child) => {
        while (server.requests.length < 13) await new Promise((resolve) => setTimeout(resolve, 10));
        child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain(`Stopped. 5 of 24 answers are in ${commandLine.onlyRun()}`);
    expect(readRun(commandLine.onlyRun())).toMatchObject({ skipped: [], observations: { length: 5 } });
  });

  test('a kill loses nothing that was answered', async () => {
    const server = await commandLine.serve(slowly);
    await commandLine.call(runArgs(server), {
      onStart: async (child) => {
        while (server.requests.length < 13) await new Promise((resolve) => setTimeout(resolve, 10));
        child.kill('SIGKILL');
      },
    });
    expect(readRun(commandLine.onlyRun()).observations).toHaveLength(5);
  });
});

describe('what cannot be used', () => {
  const nowhere = { baseUrl: 'http://127.0.0.1:9/v1' };

  test.each<[string, () => string[], RegExp]>([
    [
      'no such file',
      () => ['run', 'none.yaml', '-m', 'x', '--base-url', nowhere.baseUrl],
      /none\.yaml cannot be read\. There is no such file/,
    ],
    ['a folder', () => ['run', '.', '-m', 'x', '--base-url', nowhere.baseUrl], /is a folder/],
    ['no model', () => ['run', 'leisure.scenario.yaml'], /--model <id>/],
    ['a bad number', () => runArgs(nowhere, '-c', '0'), /whole number from 1 to 100/],
    ['bad variants', () => runArgs(nowhere, '--variants', '9'), /numbers from 0 to 7/],
    ['a bad temperature', () => runArgs(nowhere, '--temperature', 'warm'), /from 0 to 2/],
    ['an unknown option', () => runArgs(nowhere, '--fast'), /unknown option '--fast'/],
    ['an unknown command', () => ['ruin'], /unknown command 'ruin'/],
    ['a bad URL', () => runArgs({ baseUrl: 'nonsense' }), /--base-url "nonsense": This is not a URL/],
    [
      'an endpoint without an address',
      () => ['run', 'leisure.scenario.yaml', '-m', 'ollama/x'],
      /no endpoint "ollama".*--base-url/,
    ],
    ['a model of the editor', () => ['run', 'leisure.scenario.yaml', '-m', 'vscode/copilot/x'], /only there/],
    ['no key', () => ['run', 'leisure.scenario.yaml', '-m', 'openai/x'], /OPENAI_API_KEY holds no key/],
    [
      'no built-in model',
      () => ['run', 'leisure.scenario.yaml', '-m', 'builtin/smollm2-135m'],
      /is not there\. Fetch it with: model fetch/,
    ],
    [
      'a place that cannot be written',
      () => runArgs(nowhere, '--out', 'leisure.scenario.yaml/x.jsonl'),
      /cannot be written/,
    ],
    ['a run that exists', () => runArgs(nowhere, '--out', 'leisure.scenario.yaml'), /never overwritten/],
  ])('%s: exit code 2 and what to do', async (_, args, message) => {
    const { code, stdout, stderr } = await commandLine.call(args());
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(readFileSync(join(commandLine.folder, 'leisure.scenario.yaml'), 'utf8')).toBe(SCENARIO);
  });

  test.each([
    ['an empty file', ''],
    ['a scenario without items', 'country: Nigeria\ntopic: Leisure\nitems: []\n'],
    ['bad YAML', 'country: [Nigeria\n'],
  ])('%s holds no scenario that can be run', async (_, text) => {
    writeFileSync(join(commandLine.folder, 'leisure.scenario.yaml'), text);
    const { code, stderr } = await commandLine.call(runArgs(nowhere));
    expect(code).toBe(2);
    expect(stderr).toMatch(/leisure\.scenario\.yaml holds no scenario that can be run\. Give each scenario/);
  });

  test('asking for help is no error', async () => {
    const { code, stdout } = await commandLine.call(['run', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/--base-url <url>/);
    expect(stdout).toMatch(/Exit codes: 0 done/);
    expect((await commandLine.call(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+$/m);
  });
});
