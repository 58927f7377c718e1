/** Killed without warning at any moment, a run goes on where it was: nothing lost, next to nothing asked twice. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/metrics/bootstrap';
import { listRequests, requestId, requestOf } from '../../src/core/runs/plan';
import type { Observation } from '../../src/core/runs/record';
import { readRun } from '../../src/engine/runFiles';
import { CommandLine } from '../cli/commandLine';
import type { OpenAIServer } from '../fixtures/openaiServer';

const commandLine = new CommandLine();

const ITEMS = 10;
const TOTAL = 8 + 8 * ITEMS;
const CONCURRENCY = 6;
const RUN = 'killed.jsonl';
const RESUME = ['run', '--resume', RUN, '-c', String(CONCURRENCY), '-q'];
const random = createRandom(20_260_131);
/** When 20 runs are killed: at a number of requests, and up to 8 ms later, into whatever is being written then. */
const MOMENTS = Array.from({ length: 20 }, (_, run) => ({
  run: run + 1,
  requests: 1 + Math.floor(random() * (TOTAL - 1)),
  laterMs: Math.floor(random() * 9),
}));

let uninterrupted: string[] | undefined;

/** The answers of a run that nobody disturbed, sorted; run once. */
async function listExpectedAnswers(server: OpenAIServer): Promise<string[]> {
  if (!uninterrupted) {
    const { code, stderr } = await commandLine.call(newRun(server, 'whole.jsonl'), {
      env: { VALUE_ACTION_LENS_HOME: join(commandLine.folder, 'elsewhere') },
    });
    expect(code, stderr).toBe(0);
    uninterrupted = readRun(join(commandLine.folder, 'whole.jsonl')).observations.map(answerOf).sort();
    expect(new Set(uninterrupted).size).toBe(TOTAL);
  }
  return uninterrupted;
}

describe('a run that is killed', () => {
  test.each(MOMENTS)('$laterMs ms after request $requests goes on to the same end', async ({ requests, laterMs }) => {
    const expected = await listExpectedAnswers(await serve());
    const server = await serve();
    await startAndKill(server, newRun(server, RUN), requests, laterMs);
    const outcome = await resume();
    const { cached } = expectWholeRun(expected, outcome);
    // In flight when the run was killed: all that may be asked again.
    expect(server.requests.length + cached).toBeGreaterThanOrEqual(TOTAL);
    expect(server.requests.length).toBeLessThanOrEqual(TOTAL + CONCURRENCY);
    expect(cached).toBeLessThanOrEqual(CONCURRENCY);
  });

  test('five times, and each time while it goes on, is still the same run', async () => {
    const expected = await listExpectedAnswers(await serve());
    const server = await serve();
    await startAndKill(server, newRun(server, RUN), 10, 3);
    const kills = [15, 18, 12, 9];
    for (const [at, more] of kills.entries()) {
      await startAndKill(server, RESUME, server.requests.length + more, at);
    }
    expectWholeRun(expected, await resume());
    expect(server.requests.length).toBeLessThanOrEqual(TOTAL + CONCURRENCY * (1 + kills.length));
  });
});

/** Answers take 2 to 8 ms, so that they do not come in step. */
function serve(): Promise<OpenAIServer> {
  writeFileSync(join(commandLine.folder, 'work.scenario.yaml'), writeScenario());
  return commandLine.serve({ latencyMs: () => 2 + Math.floor(random() * 7) });
}

function writeScenario(): string {
  const items = Array.from({ length: ITEMS }, (_, at) => {
    const value = `Value ${String.fromCharCode(65 + at)}`;
    return `  - value: ${value}
    definition: what ${value} is about
    agree: {action: "${at % 3 === 0 ? 'Zealously ' : ''}I go for ${value}."}
    disagree: {action: "I leave ${value} to others."}`;
  });
  return ['name: work', 'country: Nigeria', 'topic: Work Orientation', 'items:', ...items, ''].join('\n');
}

function newRun({ baseUrl }: OpenAIServer, out: string): string[] {
  const whom = ['--model', 'test-model', '--base-url', baseUrl, '-c', String(CONCURRENCY)];
  return ['run', 'work.scenario.yaml', ...whom, '--out', out, '-q'];
}

async function startAndKill(server: OpenAIServer, args: string[], requests: number, laterMs: number): Promise<void> {
  const { code, stderr } = await commandLine.call(args, {
    onStart: async (child) => {
      while (server.requests.length < requests) await pause(0);
      await pause(laterMs);
      child.kill('SIGKILL');
    },
  });
  // Shortly before its end the run may be faster than the kill.
  const mayBeDone = requests > TOTAL - 2 * CONCURRENCY;
  expect(mayBeDone ? [null, 0] : [null], stderr).toContain(code);
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? new Promise((resolve) => setImmediate(resolve)) : new Promise((resolve) => setTimeout(resolve, ms));
}

async function resume(): Promise<unknown> {
  const { code, stdout, stderr } = await commandLine.call([...RESUME, '--json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout).outcome;
}

/**
 * The file holds each request once, with the answers of an uninterrupted run, and the outcome counts them right.
 * `cached`: answers that the cache had and the run file had not yet when it was killed; they cost nothing again.
 */
function expectWholeRun(expected: readonly string[], outcome: unknown): { cached: number } {
  const path = join(commandLine.folder, RUN);
  const { header, observations, skipped } = readRun(path);
  expect(skipped).toEqual([]);
  expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);
  const ids = observations.map((one) => requestId(requestOf(one)));
  expect(ids.sort()).toEqual([...listRequests(header)].map(requestId).sort());
  expect(observations.map(answerOf).sort()).toEqual(expected);
  const cached = observations.filter((one) => one.type !== 'failure' && one.cached).length;
  const usage = { input: 100 * (TOTAL - cached), output: 20 * (TOTAL - cached) };
  expect(outcome).toEqual({ status: 'done', done: TOTAL, failed: 0, total: TOTAL, usage });
  return { cached };
}

function answerOf(one: Observation): string {
  if (one.type === 'failure') return `failed: ${one.failure.message}`;
  const answer = one.type === 'act' ? [one.value, one.answer] : one.answers;
  return JSON.stringify([one.type, one.variant, one.raw, one.usage, answer]);
}
