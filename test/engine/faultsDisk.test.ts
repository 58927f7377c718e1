/** Disks that fill up, writes that are cut, and several writers at once: what was answered is kept, and nothing is wrong. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Exchange } from '../../src/core/runs/exchange';
import { listRequests, requestId, requestOf, snapshotSelection } from '../../src/core/runs/plan';
import type { Observation } from '../../src/core/runs/record';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { FileAnswerCache } from '../../src/engine/answerCache';
import { readRun } from '../../src/engine/runFiles';
import { executeRun } from '../../src/engine/runner';
import { OpenAICompatibleClient } from '../../src/models/openai';
import { CommandLine } from '../cli/commandLine';
import { answerPrompt, type OpenAIServer } from '../fixtures/openaiServer';
import { buildHeader, buildScenario } from '../fixtures/runs';
import { TinyDisk, whyNoTinyDisk, writeLimitedNode } from '../fixtures/tinyDisk';

const commandLine = new CommandLine();
const noTinyDisk = whyNoTinyDisk();
if (noTinyDisk) console.warn(`Tests with a full disk are skipped: ${noTinyDisk}.`);

const ITEMS = 10;
const TOTAL = 8 + 8 * ITEMS;
const LIMIT_BYTES = 16_384;

const disks: TinyDisk[] = [];
// Runs before the command line's own hook, which could not remove a folder with a disk in it.
afterEach(() => {
  for (const disk of disks.splice(0)) disk.remove();
});

describe('a disk that takes no more', () => {
  test.skipIf(process.platform === 'win32')(
    'cuts a line short: the run stops, keeps the rest, and goes on',
    async () => {
      const server = await serve();
      const node = writeLimitedNode(commandLine.folder, LIMIT_BYTES);
      const stopped = await commandLine.call(newRun(server, 'run.jsonl'), { node });
      expect(stopped.code).toBe(1);
      expect(stopped.stderr).toMatch(/run\.jsonl cannot be written\. .*too large.*What was written so far is kept/);
      expect(stopped.stderr).toMatch(/run --resume/);
      const path = join(commandLine.folder, 'run.jsonl');
      // The system took a part of a line.
      expect(statSync(path).size).toBe(LIMIT_BYTES);
      const { observations, skipped } = readRun(path);
      expect(observations.length).toBeGreaterThan(10);
      expect(skipped).toHaveLength(1);
      const asked = server.requests.length;
      await resume('run.jsonl');
      expectWhole('run.jsonl');
      expect(server.requests.length - asked).toBeLessThanOrEqual(TOTAL - observations.length);
    },
  );

  test.skipIf(noTinyDisk)('is full: the run says so, keeps what it has, and goes on where there is room', async () => {
    const server = await serve();
    const disk = mount('full', 16);
    const stopped = await commandLine.call(newRun(server, 'full/run.jsonl'));
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toMatch(
      /full\/run\.jsonl cannot be written\. There is no space left on the disk\. Free some/,
    );
    const { observations } = readRun(join(commandLine.folder, 'full/run.jsonl'));
    expect(observations.length).toBeGreaterThan(10);
    expect(observations.length).toBeLessThan(TOTAL);
    disk.grow(1000);
    await resume('full/run.jsonl');
    expectWhole('full/run.jsonl');
  });

  test.skipIf(noTinyDisk)('is full from the start: no run, no file, one message', async () => {
    const server = await serve();
    mount('full', 4);
    writeFileSync(join(commandLine.folder, 'full/filler'), 'x'.repeat(4096));
    const refused = await commandLine.call(newRun(server, 'full/run.jsonl'));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/There is no space left on the disk/);
    expect(readdirSync(join(commandLine.folder, 'full'))).toEqual(['filler']);
    expect(server.requests).toHaveLength(0);
  });

  test.skipIf(noTinyDisk)('holds the known answers: the run goes on, and what is cut is asked again', async () => {
    const server = await serve();
    const disk = mount('home', 12);
    const first = await commandLine.call(newRun(server, 'first.jsonl'));
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr.match(/Answers cannot be kept/g)).toHaveLength(1);
    expectWhole('first.jsonl');
    disk.grow(1000);
    const before = server.requests.length;
    expect((await commandLine.call(newRun(server, 'second.jsonl'))).code).toBe(0);
    expectWhole('second.jsonl');
    const asked = server.requests.length - before;
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(TOTAL);
    expect((await commandLine.call(newRun(server, 'third.jsonl'))).code).toBe(0);
    expectWhole('third.jsonl');
    expect(server.requests.length - before).toBe(asked);
  });
});

describe('several writers of one cache', () => {
  test('two command lines and an editor: each has its whole run, and the next one asks nothing', async () => {
    const server = await serve();
    const ended = await Promise.all([
      commandLine.call(newRun(server, 'one.jsonl')),
      commandLine.call(newRun(server, 'two.jsonl')),
      runInEditor(server),
    ]);
    expect(ended.map((one) => ('code' in one ? one.code : one.status))).toEqual([0, 0, 'done']);
    for (const run of ['one.jsonl', 'two.jsonl']) expectWhole(run);
    const asked = server.requests.length;
    expect(asked).toBeLessThanOrEqual(3 * TOTAL);
    const again = await commandLine.call(newRun(server, 'again.jsonl'));
    expect(again.code).toBe(0);
    expectWhole('again.jsonl');
    expect(server.requests.length).toBe(asked);
  });

  test('that also make room all the time: an answer may go, and never comes out wrong', async () => {
    const folder = join(commandLine.folder, 'home', 'answers');
    const open = () => new FileAnswerCache(folder, { maxBytes: 20_000 });
    const place = (n: number) => ({ shelf: hex(n % 7), key: hex(n) });
    const textOf = (n: number) => `answer ${n} ${'x'.repeat((n * 7919) % 400)}`;
    let found = 0;
    const write = async (writer: number) => {
      for (let round = 0; round < 12; round++) {
        const cache = open();
        for (let n = 0; n < 40; n++)
          cache.remember(place((writer * 13 + round * 40 + n) % 200), {
            text: textOf((writer * 13 + round * 40 + n) % 200),
          });
        await cache.close();
        const reader = open();
        for (let n = 0; n < 200; n++) {
          const known = await reader.find(place(n));
          if (known) found++;
          expect([undefined, textOf(n)]).toContain(known?.text);
        }
        await reader.close();
      }
    };
    await Promise.all([0, 1, 2].map(write));
    expect(found).toBeGreaterThan(500);
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(bytes).toBeLessThan(3 * 20_000);
  });
});

const hex = (n: number) => n.toString(16).padStart(32, '0');

/** Unmounted when the test is over. */
function mount(name: string, kilobytes: number): TinyDisk {
  const disk = new TinyDisk(join(commandLine.folder, name), kilobytes);
  disks.push(disk);
  return disk;
}

const VALUES = Array.from({ length: ITEMS }, (_, at) => `Value ${String.fromCharCode(65 + at)}`);

function serve(): Promise<OpenAIServer> {
  const items = VALUES.map(
    (value) => `  - value: ${value}
    definition: what ${value} is about
    agree: {action: "I go for ${value}."}
    disagree: {action: "I leave ${value} to others."}`,
  );
  const text = ['name: work', 'country: Nigeria', 'topic: Work Orientation', 'items:', ...items, ''].join('\n');
  writeFileSync(join(commandLine.folder, 'work.scenario.yaml'), text);
  let turn = 0;
  return commandLine.serve({ latencyMs: () => 1 + (turn++ % 6) });
}

function newRun({ baseUrl }: OpenAIServer, out: string): string[] {
  return ['run', 'work.scenario.yaml', '--model', 'test-model', '--base-url', baseUrl, '--out', out, '-q'];
}

async function resume(run: string): Promise<void> {
  const { code, stdout, stderr } = await commandLine.call(['run', '--resume', run, '--json', '-q']);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout).outcome).toMatchObject({ status: 'done', done: TOTAL, failed: 0, total: TOTAL });
}

/** The same engine as a command line, with the same cache, in this process. */
async function runInEditor({ baseUrl }: OpenAIServer) {
  const text = readFileSync(join(commandLine.folder, 'work.scenario.yaml'), 'utf8');
  const selection = parseScenarioFile(text).scenarios.map((scenario) => ({ file: 'work.scenario.yaml', scenario }));
  const header = buildHeader(buildScenario([]), { scenarios: snapshotSelection(selection) });
  const cache = new FileAnswerCache(join(commandLine.folder, 'home', 'answers'));
  const observations: Observation[] = [];
  const journal = { append: async (one: Observation) => void observations.push(one), close: async () => {} };
  const client = new OpenAICompatibleClient({ endpoint: { name: 'mine', baseUrl }, model: 'test-model' });
  const { signal } = new AbortController();
  const outcome = await executeRun({ header, client, journal, cache, signal, concurrency: 8 });
  await cache.close();
  return outcome;
}

/** Each request once, and each answer the one that its prompt always gets. */
function expectWhole(run: string): void {
  const { header, observations, skipped } = readRun(join(commandLine.folder, run));
  expect(skipped).toEqual([]);
  const ids = observations.map((one) => requestId(requestOf(one)));
  expect(ids.sort()).toEqual([...listRequests(header)].map(requestId).sort());
  const exchange = new Exchange(header);
  for (const one of observations) {
    const raw = one.type === 'failure' ? one.failure.message : one.raw;
    expect(raw).toBe(answerPrompt({ body: { messages: [...exchange.render(requestOf(one)).messages] } }));
  }
}
