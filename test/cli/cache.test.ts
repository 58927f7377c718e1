import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRun } from '../../src/engine/runFiles';
import { CommandLine, runArgs, SCENARIO } from './commandLine';

const commandLine = new CommandLine();

test('a second run asks nothing; an edited item is asked, alone; --no-cache asks everything again', async () => {
  const server = await commandLine.serve();
  const first = await commandLine.call(runArgs(server, '--json', '--price', '1,2'));
  expect(first.stderr).toMatch(
    /: 24 to ask, 0 known, about [\d,]+ tokens in and [\d,]+ out \(about 0\.0\d+\), written/,
  );
  expect(server.requests).toHaveLength(24);

  const again = await commandLine.call(runArgs(server, '--json', '--out', 'again.jsonl'));
  expect(server.requests).toHaveLength(24);
  expect(again.stderr).toContain('0 to ask, 24 known, written to');
  expect(JSON.parse(again.stdout)).toMatchObject({
    outcome: { status: 'done', done: 24, usage: { input: 0, output: 0 } },
    items: JSON.parse(first.stdout).items,
    report: JSON.parse(first.stdout).report,
  });
  expect(readRun(join(commandLine.folder, 'again.jsonl')).observations[0]).toMatchObject({ cached: true });

  const edited = SCENARIO.replace('My uncle', 'My aunt');
  writeFileSync(join(commandLine.folder, 'leisure.scenario.yaml'), edited);
  await commandLine.call(runArgs(server));
  expect(server.requests).toHaveLength(32);
  expect(JSON.stringify(server.requests.slice(24).map(({ body }) => body)).match(/My aunt/g)).toHaveLength(8);

  await commandLine.call(runArgs(server, '--no-cache'));
  expect(server.requests).toHaveLength(56);
});

test('a key is kept nowhere', async () => {
  const key = 'sk-local-1234567890';
  const server = await commandLine.serve({ apiKey: key });
  const env = { MY_KEY: key };
  await commandLine.call(runArgs(server, '--api-key-env', 'MY_KEY'), { env });
  const { home } = commandLine;
  expect(home.length).toBeGreaterThan(0);
  for (const file of home) expect(readFileSync(file, 'utf8')).not.toContain(key);
  await commandLine.call(runArgs(server, '--api-key-env', 'MY_KEY'), { env });
  expect(server.requests).toHaveLength(24);
});

test('more than the limit is refused where nobody can be asked, unless it was agreed to before', async () => {
  const server = await commandLine.serve();
  const refused = await commandLine.call(runArgs(server, '--limit', '23'));
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/24 requests to ask.*limit of 23.*--yes/) });
  expect(server.requests).toHaveLength(0);
  expect((await commandLine.call(runArgs(server, '--limit', '23', '--yes'))).code).toBe(0);
  // What is known costs nothing.
  expect((await commandLine.call(runArgs(server, '--limit', '0'))).code).toBe(0);
});
