import { describe, expect, test } from 'vitest';
import { countRequests, listRequests, requestId, requestOf } from '../../src/core/runs/plan';
import type { Observation } from '../../src/core/runs/record';
import type { RunEvent } from '../../src/engine/events';
import { type Journal, JournalError } from '../../src/engine/ports';
import { executeRun, type RunOptions } from '../../src/engine/runner';
import { type ModelClient, ModelError, type ModelReply, type ModelRequest } from '../../src/models/client';
import { answerPrompt } from '../fixtures/openaiServer';
import { buildHeader, buildScenario } from '../fixtures/runs';

class MemoryJournal implements Journal {
  readonly observations: Observation[] = [];
  constructor(private readonly roomFor = Number.POSITIVE_INFINITY) {}
  async append(observation: Observation): Promise<void> {
    if (this.observations.length >= this.roomFor) throw new JournalError('The disk is full. Free some space.');
    this.observations.push(observation);
  }
  async close(): Promise<void> {}
}

type Answering = (request: ModelRequest, signal: AbortSignal, index: number) => Promise<ModelReply>;

class ScriptedClient implements ModelClient {
  readonly id = 'test/model';
  readonly notes = [];
  asked = 0;
  underWay = 0;
  mostAtOnce = 0;
  onNotice?: (message: string) => void;
  constructor(
    private readonly answering: Answering,
    readonly maxConcurrency?: number,
  ) {}
  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.underWay);
    try {
      return await this.answering(request, signal, this.asked++);
    } finally {
      this.underWay--;
    }
  }
}

const usual: Answering = async (request) => ({ text: answerPrompt({ body: { messages: [...request.messages] } }) });
const header = buildHeader(buildScenario(['Freedom', 'Social Power', '__proto__'], ['Social Power']));
const quickly = { attempts: 3, baseMs: 1, capMs: 2, rejectionCapMs: 2, longestWaitMs: 50 };

async function carryOut(client: ModelClient, change: Partial<RunOptions> = {}) {
  const journal = (change.journal as MemoryJournal | undefined) ?? new MemoryJournal();
  const events: RunEvent[] = [];
  const signal = new AbortController().signal;
  const onEvent = (event: RunEvent) => events.push(event);
  const options = { header, client, concurrency: 4, signal, retry: quickly, onEvent, ...change, journal };
  const outcome = await executeRun(options);
  return { outcome, events, observations: journal.observations };
}

describe('a run', () => {
  test('asks every request once and journals every answer', async () => {
    const client = new ScriptedClient(usual);
    const { outcome, observations } = await carryOut(client);
    // Task 1 asks about all three values, Task 2 not about the one that lacks an action.
    expect(outcome).toMatchObject({ status: 'done', done: 24, failed: 0, total: 24 });
    expect(client.asked).toBe(24);
    const ids = observations.map((o) => requestId(requestOf(o))).sort();
    expect(ids).toEqual([...listRequests(header)].map(requestId).sort());
    const stated = observations.find((o) => o.type === 'state');
    expect(stated?.type === 'state' && stated.answers.map(([value]) => value)).toEqual([
      'Freedom',
      'Social Power',
      '__proto__',
    ]);
    expect(observations.every((o) => o.type !== 'failure' && o.raw !== '' && !Number.isNaN(Date.parse(o.at)))).toBe(
      true,
    );
  });

  test('tells its progress, and each observation once it is kept', async () => {
    const { events } = await carryOut(new ScriptedClient(usual));
    const progress = events.filter((event) => event.type === 'progress');
    expect(progress.map(({ done }) => done)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
    expect(progress.at(-1)).toMatchObject({ total: 24, failed: 0, remainingMs: 0 });
    expect(progress[0]?.remainingMs).toBeGreaterThanOrEqual(0);
    expect(events.filter((event) => event.type === 'observation')).toHaveLength(24);
  });

  test('counts answers that cannot be used without losing their text', async () => {
    const prose: Answering = async () => ({ text: 'I would rather not say anything about that.' });
    const { outcome, events, observations } = await carryOut(new ScriptedClient(prose));
    expect(outcome.status).toBe('done');
    // 8 state prompts × 3 values + 16 act prompts.
    expect(events.filter((event) => event.type === 'progress').at(-1)).toMatchObject({ unusable: 40 });
    expect(observations.every((o) => o.type !== 'failure' && o.raw.startsWith('I would rather'))).toBe(true);
  });

  test('with nothing to ask is done at once', async () => {
    const nothing = buildHeader(buildScenario([]), { scenarios: [] });
    const client = new ScriptedClient(usual);
    expect((await carryOut(client, { header: nothing })).outcome).toMatchObject({
      status: 'done',
      done: 0,
      failed: 0,
      total: 0,
    });
    expect(client.asked).toBe(0);
  });

  test('asks only what has no answer yet', async () => {
    const answered = new Set([...listRequests(header)].slice(0, 20).map(requestId));
    const client = new ScriptedClient(usual);
    const { outcome, events } = await carryOut(client, { answered });
    expect(client.asked).toBe(4);
    expect(outcome).toMatchObject({ status: 'done', done: 24, total: 24 });
    expect(events.find((event) => event.type === 'progress')).toMatchObject({ done: 21 });
  });

  test('keeps as many requests under way as it is told, and never more than the model takes', async () => {
    const slow: Answering = async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return usual(...args);
    };
    const wide = new ScriptedClient(slow);
    await carryOut(wide, { concurrency: 5 });
    expect(wide.mostAtOnce).toBe(5);
    const narrow = new ScriptedClient(slow, 2);
    await carryOut(narrow, { concurrency: 5 });
    expect(narrow.mostAtOnce).toBe(2);
  });

  test('passes on what the client changed on the way', async () => {
    const client = new ScriptedClient(async (request, signal, index) => {
      if (index === 0) client.onNotice?.('left out');
      return usual(request, signal, index);
    });
    expect((await carryOut(client)).events).toContainEqual({ type: 'notice', message: 'left out' });
    expect(client.onNotice).toBeUndefined();
  });
});

describe('an error', () => {
  test('that may pass is asked again and leaves no trace', async () => {
    const client = new ScriptedClient(async (request, signal, index) => {
      if (index % 3 === 0) throw new ModelError('server-error', 'retry', 'status 500', 1);
      return usual(request, signal, index);
    });
    const { outcome, observations, events } = await carryOut(client, { retry: { ...quickly, attempts: 20 } });
    expect(outcome).toMatchObject({ status: 'done', done: 24, failed: 0, total: 24 });
    expect(new Set(observations.map((o) => requestId(requestOf(o)))).size).toBe(24);
    expect(events).toContainEqual({ type: 'waiting', ms: expect.any(Number), reason: 'status 500' });
  });

  test('that lasts becomes a counted failure of that request alone', async () => {
    const client = new ScriptedClient(async (request, signal, index) => {
      if (/Option 1: I do more for __proto__/.test(request.messages[0]?.content ?? '')) {
        throw new ModelError('server-error', 'retry', 'status 500');
      }
      return usual(request, signal, index);
    });
    const { outcome, observations } = await carryOut(client);
    expect(outcome).toMatchObject({ status: 'done-with-failures', done: 24, failed: 4, total: 24 });
    const failures = observations.filter((o) => o.type === 'failure');
    expect(failures).toHaveLength(4);
    expect(failures[0]).toMatchObject({
      task: 'act',
      value: '__proto__',
      failure: { code: 'server-error', message: 'status 500' },
    });
  });

  test('in the client itself is a failure, not a crash', async () => {
    const client = new ScriptedClient(async () => {
      throw new TypeError('x is not a function');
    });
    const { outcome, observations } = await carryOut(client);
    expect(outcome).toMatchObject({ status: 'done-with-failures', failed: 24 });
    expect(observations[0]).toMatchObject({ failure: { code: 'unexpected', message: 'x is not a function' } });
  });

  test('that asking again cannot mend stops the run at once, with one message', async () => {
    const client = new ScriptedClient(async (request, signal, index) => {
      if (index < 3) return usual(request, signal, index);
      await new Promise((resolve) => setTimeout(resolve, 1));
      throw new ModelError('unauthorized', 'stop', `Wrong key. Set another (${index}).`);
    });
    const { outcome, observations } = await carryOut(client);
    expect(outcome).toMatchObject({ status: 'stopped', done: 3, failed: 0, total: 24 });
    expect(outcome.reason).toMatch(/^Wrong key/);
    expect(observations).toHaveLength(3);
    expect(client.asked).toBeLessThanOrEqual(7);
  });

  test('of reaching the endpoint stops the run soon where it never answered', async () => {
    const client = new ScriptedClient(async () => {
      throw new ModelError('unreachable', 'retry', 'Is the server running?');
    });
    const { outcome, observations } = await carryOut(client);
    expect(outcome).toMatchObject({ status: 'stopped', done: 0, reason: 'Is the server running?' });
    expect(observations).toEqual([]);
    expect(client.asked).toBeLessThanOrEqual(8);
  });

  test('of the journal stops the run and keeps what is written', async () => {
    const { outcome, observations } = await carryOut(new ScriptedClient(usual), { journal: new MemoryJournal(5) });
    expect(outcome).toMatchObject({ status: 'stopped', done: 5, reason: 'The disk is full. Free some space.' });
    expect(observations).toHaveLength(5);
  });
});

describe('time', () => {
  const hangs: Answering = () => new Promise(() => undefined);

  test('limits a request that hangs, even where the client ignores its signal', async () => {
    const { outcome, observations } = await carryOut(new ScriptedClient(hangs), {
      timeoutMs: 5,
      concurrency: 24,
      retry: { ...quickly, attempts: 2 },
    });
    expect(outcome).toMatchObject({ status: 'done-with-failures', failed: 24 });
    expect(observations[0]).toMatchObject({ failure: { code: 'timeout' } });
  });

  test('cancelling takes effect within 200 ms, even where the client ignores its signal', async () => {
    const controller = new AbortController();
    const client = new ScriptedClient((request, signal, index) =>
      index < 6 ? usual(request, signal, index) : hangs(request, signal, index),
    );
    const running = carryOut(client, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const canceledAt = performance.now();
    controller.abort();
    const { outcome, observations } = await running;
    expect(performance.now() - canceledAt).toBeLessThan(200);
    expect(outcome).toMatchObject({ status: 'canceled', done: 6, failed: 0, total: 24 });
    expect(observations).toHaveLength(6);
  });

  test('cancelling does not wait for a pause to end', async () => {
    const controller = new AbortController();
    const client = new ScriptedClient(async () => {
      throw new ModelError('rate-limited', 'retry', 'busy', 60_000);
    });
    const running = carryOut(client, { signal: controller.signal, retry: { ...quickly, longestWaitMs: 120_000 } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    expect((await running).outcome).toMatchObject({ status: 'canceled', done: 0 });
  });

  test('a run that was cancelled before it began asks nothing', async () => {
    const client = new ScriptedClient(usual);
    expect((await carryOut(client, { signal: AbortSignal.abort() })).outcome.status).toBe('canceled');
    expect(client.asked).toBe(0);
  });
});

test('the plan of a large study is drawn lazily', async () => {
  const values = Array.from({ length: 56 }, (_, n) => `Value ${n}`);
  const scenarios = Array.from({ length: 132 }, (_, n) => ({
    ...header.scenarios[0]!,
    key: `S${n}`,
    items: buildHeader(buildScenario(values)).scenarios[0]!.items,
  }));
  const large = buildHeader(buildScenario([]), { scenarios });
  expect(countRequests(large)).toBe(60_192);
  const controller = new AbortController();
  const client = new ScriptedClient(async (request, signal, index) => {
    if (index === 100) controller.abort();
    return usual(request, signal, index);
  });
  const { outcome } = await carryOut(client, { header: large, signal: controller.signal });
  expect(outcome).toMatchObject({ status: 'canceled', total: 60_192 });
  expect(client.asked).toBeLessThan(110);
});
