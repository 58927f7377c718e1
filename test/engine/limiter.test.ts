import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/engine/events';
import { EndpointBudget, EndpointBudgets, type Lease, type RateLimits } from '../../src/engine/limiter';
import { executeRun } from '../../src/engine/runner';
import { ModelError, type ModelErrorCode } from '../../src/models/client';
import { buildHeader, buildScenario } from '../fixtures/runs';
import { type EndpointRules, SimulatedEndpoint } from './simulatedEndpoint';
import { VirtualClock } from './virtualClock';

const values = Array.from({ length: 56 }, (_, n) => `Value ${n}`);
/** 456 requests. */
const header = buildHeader(buildScenario(values));

async function run(rules: EndpointRules, limits: RateLimits = {}, concurrency = 25) {
  const clock = new VirtualClock();
  const endpoint = new SimulatedEndpoint(clock, rules);
  const events: RunEvent[] = [];
  const budget = new EndpointBudget(clock);
  budget.limit(limits);
  const random = pseudoRandom(7);
  const outcome = await clock.until(
    executeRun({
      header,
      client: endpoint.client(),
      journal: { append: async () => undefined, close: async () => undefined },
      concurrency,
      signal: new AbortController().signal,
      budget,
      clock,
      random,
      onEvent: (event) => events.push(event),
    }),
  );
  expect(outcome).toMatchObject({ status: 'done', done: 456, failed: 0 });
  return { seconds: clock.now() / 1000, endpoint, events };
}

function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe('limits that are set', () => {
  test('3000 requests a minute at an endpoint of 50 a second: in 1.15 × of the least time, almost none rejected', async () => {
    for (const window of ['sliding', 'fixed'] as const) {
      const { seconds, endpoint } = await run(
        { latencyMs: 50, perSecond: 50, window, retryAfterMs: 1000 },
        { requestsPerMinute: 3000 },
      );
      expect(seconds).toBeLessThan(1.15 * 9.12);
      expect(endpoint.rejected).toBeLessThanOrEqual(2);
    }
  });

  test('tokens a minute are kept on average, corrected by what the endpoint counted', async () => {
    const { seconds } = await run({ latencyMs: 50 }, { tokensPerMinute: 600_000 });
    // 456 requests of 1000 tokens each as counted, whatever was estimated: 45.6 s.
    expect(seconds).toBeGreaterThan(44);
    expect(seconds).toBeLessThan(1.1 * 45.6);
  });

  test('the stricter one counts', async () => {
    const { seconds } = await run({ latencyMs: 50 }, { tokensPerMinute: 6_000_000, requestsPerMinute: 1200 });
    expect(seconds).toBeGreaterThan(22);
    expect(seconds).toBeLessThan(24);
  });
});

describe('a limit that nobody told', () => {
  test.each<[string, EndpointRules, number]>([
    ['50 a second, sliding', { latencyMs: 50, perSecond: 50, retryAfterMs: 1000 }, 9.12],
    ['50 a second, fixed', { latencyMs: 50, perSecond: 50, window: 'fixed', retryAfterMs: 1000 }, 9.12],
    ['50 a second, without Retry-After', { latencyMs: 50, perSecond: 50 }, 9.12],
    ['50 a second, at once', { latencyMs: 1, perSecond: 50, retryAfterMs: 500 }, 9.12],
    ['10 a second', { latencyMs: 300, perSecond: 10, retryAfterMs: 1000 }, 45.6],
    ['100 a second, told to the millisecond', { latencyMs: 1, bucket: { perSecond: 100, burst: 5 } }, 4.56],
    ['50 a second, told in seconds', { latencyMs: 50, bucket: { perSecond: 50, burst: 10, tellsSeconds: true } }, 9.12],
    ['50 a second, told to the millisecond', { latencyMs: 50, bucket: { perSecond: 50, burst: 10 } }, 9.12],
    ['20 a second, told to the millisecond', { latencyMs: 400, bucket: { perSecond: 20, burst: 40 } }, 20.8],
    ['4 at once', { latencyMs: 200, atOnce: 4 }, 22.8],
    ['4 at once, with Retry-After', { latencyMs: 200, atOnce: 4, retryAfterMs: 1000 }, 22.8],
  ])('%s: found within 2 × of the least time', async (_, rules, least) => {
    const { seconds, endpoint } = await run(rules);
    expect(seconds).toBeLessThan(2 * least);
    // A limit is learned from rejections; most of them fall in the first second.
    expect(endpoint.rejected).toBeLessThan(0.55 * 456);
  });

  test('one long wait makes nobody crawl', async () => {
    // All of the first ones are turned away for a minute, then everything is well.
    const { seconds, events } = await run({ latencyMs: 50, rejects: (index) => (index < 25 ? 60_000 : undefined) });
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThan(64);
    expect(events.filter(({ type }) => type === 'waiting').length).toBeGreaterThan(0);
  });

  test('a stray rejection now and then costs little', async () => {
    const { seconds } = await run({ latencyMs: 50, rejects: (index) => (index % 10 === 3 ? 100 : undefined) });
    // Undisturbed it takes 0.95 s.
    expect(seconds).toBeLessThan(4);
  });

  test.each([1, 2, 3, 4, 5, 6])('a bad day (seed %i) is no reason to crawl', async (seed) => {
    const random = pseudoRandom(seed * 7919);
    const error = (code: ModelErrorCode) => new ModelError(code, 'retry', code);
    const { seconds } = await run({
      latencyMs: 50,
      fails: () => {
        const luck = random();
        if (luck < 0.1) return { afterMs: 50, error: error('rate-limited') };
        if (luck < 0.25) return { afterMs: 50, error: error('server-error') };
        return luck < 0.27 ? { afterMs: 2000, error: error('timeout') } : undefined;
      },
    });
    // A request that goes wrong six times in a row waits some 15 s by itself.
    expect(seconds).toBeLessThan(25);
  });

  test('nothing holds back an endpoint that rejects nothing', async () => {
    const { seconds, endpoint } = await run({ latencyMs: 50 });
    expect(seconds).toBeLessThan(0.96);
    expect(endpoint.mostAtOnce).toBe(25);
  });
});

test('an endpoint that wants nothing asked for longer than anybody waits stops the run, to be resumed', async () => {
  const clock = new VirtualClock();
  const endpoint = new SimulatedEndpoint(clock, { latencyMs: 50, rejects: () => 86_400_000 });
  const options = { header, client: endpoint.client(), concurrency: 4, clock, signal: new AbortController().signal };
  const journal = { append: async () => undefined, close: async () => undefined };
  const outcome = await clock.until(executeRun({ ...options, journal }));
  expect(outcome).toMatchObject({ status: 'stopped', done: 0, reason: 'Slow down.' });
  expect(endpoint.requests).toBeLessThanOrEqual(4);
});

describe('the budget of an endpoint', () => {
  const signal = new AbortController().signal;
  const ask = (budget: EndpointBudget, owner: object) => budget.acquire({ owner, tokens: () => 1, signal });

  test('is one for all who ask it', () => {
    const budgets = new EndpointBudgets(new VirtualClock());
    expect(budgets.of('http://a/v1', { requestsPerMinute: 60 })).toBe(budgets.of('http://a/v1'));
    expect(budgets.of('http://b/v1')).not.toBe(budgets.of('http://a/v1'));
  });

  test('is shared: two models together keep its limit', async () => {
    const clock = new VirtualClock();
    const endpoint = new SimulatedEndpoint(clock, { latencyMs: 50 });
    const budget = new EndpointBudgets(clock).of('http://a/v1', { requestsPerMinute: 6000 });
    const journal = { append: async () => undefined, close: async () => undefined };
    const each = { header, journal, concurrency: 25, clock, budget, signal };
    const runs = ['a', 'b'].map((id) => executeRun({ ...each, client: endpoint.client(id) }));
    await clock.until(Promise.all(runs));
    expect(clock.now()).toBeGreaterThan(9000);
    expect(clock.now()).toBeLessThan(9700);
  });

  test('gives a free place to whoever has the fewest under way', async () => {
    const clock = new VirtualClock();
    const budget = new EndpointBudget(clock);
    const slow = {};
    const first = await Promise.all(Array.from({ length: 4 }, () => ask(budget, slow)));
    // The endpoint takes two at once.
    first[0]?.rejected();
    first[1]?.rejected();
    const granted: string[] = [];
    void ask(budget, slow).then(() => granted.push('slow'));
    void ask(budget, {}).then(() => granted.push('other'));
    await Promise.resolve();
    expect(granted).toEqual([]);
    first[2]?.answered();
    await new Promise((resolve) => setImmediate(resolve));
    expect(granted).toEqual(['other']);
  });

  test('forgets whoever gives up waiting', async () => {
    const clock = new VirtualClock();
    const budget = new EndpointBudget(clock);
    budget.limit({ requestsPerMinute: 1 });
    await ask(budget, {});
    const abort = new AbortController();
    const waiting = budget.acquire({ owner: {}, tokens: () => 1, signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'canceled' });
    await expect(budget.acquire({ owner: {}, tokens: () => 1, signal: abort.signal })).rejects.toBeInstanceOf(
      ModelError,
    );
    expect(clock.now()).toBe(0);
  });

  test('whatever happens: everybody gets a turn, and a set rate is never exceeded', async () => {
    const outcomes = fc.constantFrom<'answered' | 'rejected' | 'waits' | 'failed'>(
      'answered',
      'rejected',
      'waits',
      'failed',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ outcome: outcomes, ms: fc.integer({ min: 0, max: 3000 }) }), {
          minLength: 1,
          maxLength: 80,
        }),
        fc.integer({ min: 60, max: 6000 }),
        fc.integer({ min: 1, max: 30 }),
        async (attempts, requestsPerMinute, workers) => {
          const clock = new VirtualClock();
          const budget = new EndpointBudget(clock);
          budget.limit({ requestsPerMinute });
          const starts: number[] = [];
          const pending = attempts.values();
          const settle = (lease: Lease, outcome: string) => {
            if (outcome === 'answered') lease.answered(5);
            else if (outcome === 'failed') lease.failed();
            else lease.rejected(outcome === 'waits' ? 700 : undefined);
          };
          const work = async () => {
            for (const { outcome, ms } of pending) {
              const lease = await ask(budget, {});
              starts.push(clock.now());
              await clock.sleep(ms);
              settle(lease, outcome);
            }
          };
          await clock.until(Promise.all(Array.from({ length: workers }, work)));
          expect(starts).toHaveLength(attempts.length);
          const interval = 60_000 / requestsPerMinute;
          for (const [n, start] of starts.entries()) {
            // In any stretch of time no more start than the rate allows, but for what a late timer catches up.
            const from = starts[0] ?? 0;
            expect(n * interval).toBeLessThanOrEqual(start - from + 1e-6);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
