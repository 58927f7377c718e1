/** The engine and its client against an endpoint that fails: nothing lost, nothing asked twice, everything named. */
import { afterEach, describe, expect, test } from 'vitest';
import { countRequests, listRequests, requestId, requestOf } from '../../src/core/runs/plan';
import type { Observation } from '../../src/core/runs/record';
import { executeRun, type RunOptions } from '../../src/engine/runner';
import { OpenAICompatibleClient } from '../../src/models/openai';
import {
  type Behaviour,
  type OpenAIServer,
  type OpenAIServerOptions,
  promptKey,
  startOpenAIServer,
} from '../fixtures/openaiServer';
import { buildHeader, buildScenario } from '../fixtures/runs';
import { failByChance, limitRate } from '../fixtures/serverFaults';

const servers: OpenAIServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const VALUES = Array.from({ length: 56 }, (_, at) => `Value ${at + 1}`);
/** The usual policy with shorter pauses. */
const quickly = { attempts: 10, baseMs: 2, capMs: 20, rejectionCapMs: 20, longestWaitMs: 5000 };

async function carryOut(serving: OpenAIServerOptions, change: Partial<RunOptions> = {}, values = VALUES) {
  const server = await startOpenAIServer(serving);
  servers.push(server);
  const header = buildHeader(buildScenario(values));
  const observations: Observation[] = [];
  const journal = {
    append: async (observation: Observation) => {
      observations.push(observation);
    },
    close: async () => {},
  };
  const client = new OpenAICompatibleClient({ endpoint: { name: 'bad', baseUrl: server.baseUrl }, model: 'm' });
  const { signal } = new AbortController();
  const options = { header, client, journal, signal, concurrency: 25, retry: quickly, timeoutMs: 1000, ...change };
  const outcome = await executeRun(options);
  return { server, header, observations, outcome, total: countRequests(header) };
}

describe('an endpoint that fails now and then', () => {
  test.each([1, 2])(
    'answers all 456 in the end, and none twice (seed %i)',
    async (seed) => {
      const { server, header, observations, outcome, total } = await carryOut({ behave: failByChance(seed) });
      expect(total).toBe(456);
      expect(outcome).toMatchObject({ status: 'done', done: 456, failed: 0 });
      expect(outcome.usage).toEqual({ input: 45_600, output: 9120 });
      expect(observations.map((one) => requestId(requestOf(one))).sort()).toEqual(
        [...listRequests(header)].map(requestId).sort(),
      );
      expect(server.answered.size).toBe(456);
      expect([...server.answered.values()].filter((times) => times !== 1)).toEqual([]);
      // The faults were there: about 46 of each status, and 32 that were reset or hung.
      for (const status of [429, 500, 0]) expect(server.statuses.get(status)).toBeGreaterThan(15);
    },
    60_000,
  );

  test.each(['retry-after-ms', 'none'] as const)(
    'a limit that it tells by %s loses nothing',
    async (tells) => {
      const { server, outcome } = await carryOut(
        { behave: limitRate({ perSecond: 100, burst: 5, tells }) },
        {},
        VALUES.slice(0, 14),
      );
      expect(outcome).toMatchObject({ status: 'done', done: 120, failed: 0 });
      expect(server.statuses.get(429)).toBeGreaterThan(0);
      expect([...server.answered.values()].filter((times) => times !== 1)).toEqual([]);
    },
    30_000,
  );
});

const UNREADABLE: [Behaviour['kind'] & ('html' | 'empty' | 'cut' | 'cut-stream' | 'not-a-completion'), RegExp][] = [
  ['html', /sent a web page/],
  ['empty', /sent an empty answer/],
  ['cut', /sent an answer that is cut or not JSON/],
  ['cut-stream', /sent an answer that is cut|The connection to .* broke/],
  ['not-a-completion', /sent JSON that is no chat completion/],
];

describe.each(UNREADABLE)('status 200 with what is no answer: %s', (kind, message) => {
  test('once, is asked again', async () => {
    const seen = new Set<string>();
    const behave: OpenAIServerOptions['behave'] = (request) => {
      const isFirst = !seen.has(promptKey(request));
      seen.add(promptKey(request));
      return isFirst ? { kind } : undefined;
    };
    const { server, outcome, observations } = await carryOut({ behave }, {}, ['Freedom']);
    expect(outcome).toMatchObject({ status: 'done', done: 16, failed: 0 });
    expect(observations).toHaveLength(16);
    expect(server.requests).toHaveLength(32);
  });

  test('always, is a failure that is counted and says what came', async () => {
    const retry = { ...quickly, attempts: 2 };
    const { outcome, observations } = await carryOut({ behave: () => ({ kind }) }, { retry }, ['Freedom']);
    expect(outcome).toMatchObject({ status: 'done-with-failures', done: 16, failed: 16 });
    for (const one of observations) {
      const failure = one.type === 'failure' ? one.failure : undefined;
      expect(failure?.code).toMatch(/^(bad-response|server-error)$/);
      expect(failure?.message).toMatch(message);
      expect(failure?.message).not.toMatch(/TypeError|terminated|Unexpected|undefined/);
    }
  });
});
