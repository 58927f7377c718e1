import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listRequests, requestId, requestOf } from '../../../src/core/runs/plan';
import { cancelBatches } from '../../../src/engine/batch/cancelBatches';
import { listOpenBatches } from '../../../src/engine/batch/ledger';
import { type Journal, JournalError } from '../../../src/engine/ports';
import { DEFAULT_RETRY_POLICY } from '../../../src/engine/retry';
import { batchFileOf } from '../../../src/engine/runDirectory';
import type { BatchClient } from '../../../src/models/batchClient';
import type { CallName } from '../../fixtures/openaiBatchServer';
import { buildHeader, buildScenario } from '../../fixtures/runs';
import { carryOut, clientFor, KEY, listAnswers, listIds, newRunFile, noticesOf, serve, waitsOf } from './harness';

const header = buildHeader(buildScenario(['Freedom', '__proto__'], []));
const allIds = [...listRequests(header)].map(requestId).sort();
/** Three chunks. */
const limits = { requests: 10, bytes: 1e6 };

/** Everything that touches the world goes through it; after the given number of steps nothing ever happens again. */
class Mortal {
  steps = 0;
  private held: Journal | undefined;
  constructor(private readonly dieAt: number) {}

  /** What the system does with the files of a dead process. */
  async bury(): Promise<void> {
    await this.held?.close();
  }

  private live(): Promise<void> {
    return this.steps++ < this.dieAt ? Promise.resolve() : new Promise(() => undefined);
  }

  async act<T>(call: () => Promise<T>): Promise<T> {
    await this.live();
    const result = await call();
    await this.live();
    return result;
  }

  get isDead(): boolean {
    return this.steps > this.dieAt;
  }

  journal = (journal: Journal): Journal => {
    this.held = journal;
    return {
      append: (observation) => this.act(() => journal.append(observation)),
      close: () => journal.close(),
    };
  };

  client(client: BatchClient): BatchClient {
    const act = this.act.bind(this);
    return {
      id: client.id,
      baseUrl: client.baseUrl,
      formatRequest: client.formatRequest.bind(client),
      readAnswer: client.readAnswer.bind(client),
      findRejected: client.findRejected.bind(client),
      upload: (...args) => act(() => client.upload(...args)),
      create: (...args) => act(() => client.create(...args)),
      find: (...args) => act(() => client.find(...args)),
      retrieve: (...args) => act(() => client.retrieve(...args)),
      cancel: (...args) => act(() => client.cancel(...args)),
      async *download(fileId, signal) {
        const bytes: Uint8Array[] = [];
        await act(async () => {
          for await (const chunk of client.download(fileId, signal)) bytes.push(chunk);
        });
        yield* bytes;
      },
    };
  }
}

async function untilDead(mortal: Mortal, running: Promise<unknown>): Promise<void> {
  const dead = new Promise<void>((resolve) => {
    const look = () => (mortal.isDead ? resolve() : setImmediate(look));
    look();
  });
  await Promise.race([dead, running]);
}

describe('a killed batch run', () => {
  test('goes on from any step, sends no batch twice and loses no answer', async () => {
    const few = { task1: [0, 2], task2: [0, 2] };
    const short = { ...header, variants: few };
    const inPairs = { requests: 2, bytes: 1e6 };
    const uninterrupted = await serve();
    const counted = new Mortal(Number.POSITIVE_INFINITY);
    const whole = await carryOut(newRunFile(), short, counted.client(clientFor(uninterrupted).forBatches()), {
      limits: inPairs,
      wrap: counted.journal,
    });
    expect(whole.outcome).toMatchObject({ status: 'done', done: 6 });
    expect(uninterrupted.store.batches.size).toBe(3);
    // 3 × upload, create, retrieve and download, and 6 answers to write, each with a step before and behind it.
    expect(counted.steps).toBe(2 * (3 * 4 + 6));

    for (let dieAt = 0; dieAt < counted.steps; dieAt++) {
      const server = await serve();
      const path = newRunFile();
      const mortal = new Mortal(dieAt);
      const client = mortal.client(clientFor(server).forBatches());
      await untilDead(mortal, carryOut(path, short, client, { limits: inPairs, wrap: mortal.journal }));
      expect(mortal.isDead).toBe(true);
      await mortal.bury();

      const { outcome, observations } = await carryOut(path, short, clientFor(server).forBatches(), {
        limits: inPairs,
      });
      expect(outcome, `killed at step ${dieAt}`).toEqual(whole.outcome);
      expect(listAnswers(observations)).toEqual(listAnswers(whole.observations));
      expect(server.store.batches.size, `killed at step ${dieAt}`).toBe(3);
      expect(existsSync(batchFileOf(path))).toBe(false);
      await server.close();
    }
  }, 60_000);

  test('finds its batches at a server that was started again', async () => {
    const first = await serve({ looks: Number.POSITIVE_INFINITY });
    const path = newRunFile();
    const controller = new AbortController();
    await carryOut(path, header, clientFor(first).forBatches(), {
      signal: controller.signal,
      onEvent: (event) => event.type === 'waiting' && controller.abort(),
    });
    await first.close();
    const second = await serve({ store: first.store, port: first.port });
    const { outcome } = await carryOut(path, header, clientFor(second).forBatches());
    expect(outcome).toMatchObject({ status: 'done', done: 24 });
    expect(second.calls).toEqual(['retrieve', 'download']);
  });

  test('asks nothing again that was answered without a batch meanwhile', async () => {
    const server = await serve();
    const path = newRunFile();
    const client = clientFor(server).forBatches();
    const mortal = new Mortal(2);
    await untilDead(mortal, carryOut(path, header, mortal.client(client), { wrap: mortal.journal }));
    await mortal.bury();
    // Uploaded, no batch yet.
    expect(await listOpenBatches(path)).toEqual([]);
    const elsewhere = newRunFile();
    await carryOut(elsewhere, header, client);
    writeFileSync(path, readFileSync(elsewhere, 'utf8').split('\n').slice(0, 6).join('\n').concat('\n'));
    const { outcome, observations } = await carryOut(path, header, client);
    expect(outcome).toMatchObject({ status: 'done', done: 24 });
    expect(server.sent()).toHaveLength(24 + 19);
    expect(listIds(observations)).toEqual(allIds);
  });
});

describe('what lies on both sides of an open batch', () => {
  test('is sent in files of its own, and does not end the wait for that batch', async () => {
    const elsewhere = newRunFile();
    await carryOut(elsewhere, header, clientFor(await serve()).forBatches());
    const [first = '', ...answers] = readFileSync(elsewhere, 'utf8').trim().split('\n');
    const byId = new Map(answers.map((line) => [requestId(requestOf(JSON.parse(line))), line]));
    const keep = (path: string, without: readonly number[]) => {
      const kept = [...listRequests(header)].flatMap((key, number) =>
        without.includes(number) ? [] : (byId.get(requestId(key)) ?? []),
      );
      writeFileSync(path, [first, ...kept, ''].join('\n'));
    };
    const server = await serve({ looks: (batchNumber) => (batchNumber === 0 ? 4 : 1) });
    const client = clientFor(server).forBatches();
    const path = newRunFile();
    const open = [10, 11, 12, 13];
    keep(path, open);
    const controller = new AbortController();
    await carryOut(path, header, client, {
      signal: controller.signal,
      onEvent: (event) => event.type === 'waiting' && controller.abort(),
    });
    keep(path, [5, ...open, 20]);
    const { outcome, observations } = await carryOut(path, header, client);
    expect(outcome).toMatchObject({ status: 'done', done: 24, failed: 0 });
    expect(listIds(observations)).toEqual(allIds);
    expect(server.sent().map(({ custom_id }) => Number(custom_id.split('-')[1]))).toEqual([...open, 5, 20]);
    expect(server.store.batches.size).toBe(3);
  });
});

describe('an endpoint that is in trouble', () => {
  test.each(['upload', 'create', 'retrieve', 'download'] as CallName[])(
    'is asked again where %s breaks, and nothing is sent twice',
    async (name) => {
      for (const behaviour of ['reset', 'lost', 'cut', { status: 503 }, { status: 429 }] as const) {
        const server = await serve({ call: (call) => (call.name === name && call.index < 2 ? behaviour : undefined) });
        const { outcome, observations, events } = await carryOut(newRunFile(), header, clientFor(server).forBatches());
        expect(outcome, JSON.stringify(behaviour)).toMatchObject({ status: 'done', done: 24 });
        expect(listIds(observations)).toEqual(allIds);
        expect(server.store.batches.size, JSON.stringify(behaviour)).toBe(1);
        expect(waitsOf(events).length).toBeGreaterThan(1);
      }
    },
  );

  test('keeps what a cut download brought, and reads a short one again', async () => {
    for (const behaviour of ['cut', 'short'] as const) {
      const server = await serve({
        call: ({ name, index }) => (name === 'download' && index < 3 ? behaviour : undefined),
      });
      const controller = new AbortController();
      const path = newRunFile();
      const { outcome } = await carryOut(path, header, clientFor(server).forBatches(), {
        signal: controller.signal,
        retry: { ...DEFAULT_RETRY_POLICY, attempts: 2, baseMs: 1, capMs: 1, longestWaitMs: 1 },
      });
      expect(outcome).toMatchObject({ status: 'stopped', failed: 0 });
      expect(outcome.done).toBeGreaterThan(5);
      expect(outcome.reason).toMatch(/Batch batch_1 goes on at .*Resume the run as a batch/);
      const resumed = await carryOut(path, header, clientFor(server).forBatches());
      expect(resumed.outcome).toMatchObject({ status: 'done', done: 24 });
      expect(listIds(resumed.observations)).toEqual(allIds);
      expect(server.store.batches.size).toBe(1);
    }
  });

  test('stops the run with one message where it offers no Batch API', async () => {
    for (const name of ['upload', 'create'] as const) {
      const server = await serve({ call: (call) => (call.name === name ? { status: 404 } : undefined) });
      const { outcome } = await carryOut(newRunFile(), header, clientFor(server).forBatches());
      expect(outcome).toMatchObject({ status: 'stopped', done: 0, failed: 0 });
      expect(outcome.reason).toMatch(/local \(http.*\) offers no Batch API \(status 404 at .*\)\. Run without --batch/);
    }
  });

  test('stops it where the key is wrong, and says how to go on with what is out', async () => {
    const server = await serve({ apiKey: KEY, looks: 5 });
    const path = newRunFile();
    const wrong = await carryOut(path, header, clientFor(server, 'sk-wrong-abcdefgh').forBatches());
    expect(wrong.outcome).toMatchObject({ status: 'stopped', done: 0 });
    expect(wrong.outcome.reason).toMatch(/does not accept the key.*\[key\]/);
    const controller = new AbortController();
    await carryOut(path, header, clientFor(server, KEY).forBatches(), {
      signal: controller.signal,
      onEvent: (event) => event.type === 'waiting' && controller.abort(),
    });
    const later = await carryOut(path, header, clientFor(server, 'sk-wrong-abcdefgh').forBatches());
    expect(later.outcome.reason).toMatch(/does not accept the key.*Batch batch_1 goes on at .*Resume/);
    expect((await carryOut(path, header, clientFor(server, KEY).forBatches())).outcome.status).toBe('done');
    expect(server.store.batches.size).toBe(1);
  });

  test('that is not there stops it soon', async () => {
    const server = await serve();
    await server.close();
    const { outcome, clock } = await carryOut(newRunFile(), header, clientFor(server).forBatches());
    expect(outcome).toMatchObject({ status: 'stopped', done: 0 });
    expect(outcome.reason).toMatch(/cannot be reached/);
    expect(clock.slept).toHaveLength(1);
  });

  test('that has forgotten the batch is named, with the way out', async () => {
    const server = await serve({ looks: 5 });
    const path = newRunFile();
    const controller = new AbortController();
    await carryOut(path, header, clientFor(server).forBatches(), {
      signal: controller.signal,
      onEvent: (event) => event.type === 'waiting' && controller.abort(),
    });
    server.store.batches.clear();
    const { outcome } = await carryOut(path, header, clientFor(server).forBatches());
    expect(outcome.reason).toMatch(/knows no batch batch_1\. Use the key .* delete .*run\.batch\.json and resume/);
  });

  test('that has lost the answers makes them failures', async () => {
    const server = await serve({ call: ({ name }) => (name === 'download' ? { status: 404 } : undefined) });
    const { outcome, observations, events } = await carryOut(newRunFile(), header, clientFor(server).forBatches());
    expect(outcome).toMatchObject({ status: 'done-with-failures', failed: 24 });
    expect(observations[0]).toMatchObject({ failure: { code: 'batch-lost' } });
    expect(noticesOf(events).at(-1)).toMatch(/Answers of batch batch_1 are lost.*no longer at local/);
  });
});

describe('a canceled batch run', () => {
  async function cancelWhileWaiting(looks: number) {
    const server = await serve({ looks });
    const path = newRunFile();
    const controller = new AbortController();
    const { outcome } = await carryOut(path, header, clientFor(server).forBatches(), {
      limits,
      signal: controller.signal,
      onEvent: (event) => event.type === 'waiting' && controller.abort(),
    });
    return { server, path, outcome };
  }

  test('leaves its batches at work, and says so', async () => {
    const { server, path, outcome } = await cancelWhileWaiting(2);
    expect(outcome).toEqual({
      status: 'canceled',
      done: 0,
      failed: 0,
      total: 24,
      usage: { input: 0, output: 0 },
      reason: `Batches batch_1, batch_2, batch_3 go on at ${server.baseUrl}. Resume the run as a batch to fetch the answers.`,
    });
    expect(server.calls).not.toContain('cancel');
    expect(await listOpenBatches(path)).toEqual(['batch_1', 'batch_2', 'batch_3']);
    expect((await carryOut(path, header, clientFor(server).forBatches())).outcome.status).toBe('done');
    expect(server.store.batches.size).toBe(3);
  });

  test('ends at once even while the endpoint keeps silent', async () => {
    const server = await serve({ call: ({ name }) => (name === 'retrieve' ? 'hang' : undefined) });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const began = performance.now();
    const { outcome } = await carryOut(newRunFile(), header, clientFor(server).forBatches(), {
      signal: controller.signal,
    });
    expect(outcome.status).toBe('canceled');
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test('can be given up at the endpoint, and what was answered is still fetched', async () => {
    const { server, path } = await cancelWhileWaiting(Number.POSITIVE_INFINITY);
    const client = clientFor(server).forBatches();
    const { signal } = new AbortController();
    expect(await cancelBatches(path, header, client, signal)).toEqual(['batch_1', 'batch_2', 'batch_3']);
    expect(await cancelBatches(path, header, client, signal)).toEqual([]);
    expect((await carryOut(path, header, client)).outcome).toMatchObject({ status: 'done', done: 24 });
  });
});

describe('the file with the batch ids', () => {
  test('is not trusted blindly', async () => {
    const server = await serve({ looks: 9 });
    const path = newRunFile();
    const controller = new AbortController();
    const change = { signal: controller.signal, onEvent: () => controller.abort() };
    await carryOut(path, header, clientFor(server).forBatches(), change);
    const text = readFileSync(batchFileOf(path), 'utf8');

    const elsewhere = await serve();
    const moved = await carryOut(path, header, clientFor(elsewhere).forBatches());
    expect(moved.outcome.reason).toMatch(/for local\/test-model at http.*Resume with that model and base URL/);
    const other = await carryOut(path, { ...header, id: 'other' }, clientFor(server).forBatches());
    expect(other.outcome.reason).toMatch(/belongs to another run/);
    for (const damaged of ['', '{"schema":', text.replace('"first": 0', '"first": -1')]) {
      writeFileSync(batchFileOf(path), damaged);
      const { outcome } = await carryOut(path, header, clientFor(server).forBatches());
      expect(outcome).toMatchObject({ status: 'stopped', done: 0 });
      expect(outcome.reason).toMatch(/run\.batch\.json is damaged.*Delete it and resume/);
    }
    expect(elsewhere.calls).toEqual([]);
    expect(server.store.batches.size).toBe(1);
  });

  test('stops the run before anything is paid for where it cannot be written', async () => {
    const server = await serve();
    const path = newRunFile();
    await carryOut(path, header, clientFor(server).forBatches(), { signal: AbortSignal.abort() });
    const { outcome } = await carryOut(path, header, clientFor(server).forBatches(), { runPath: '/proc/run.jsonl' });
    expect(outcome).toMatchObject({ status: 'stopped', done: 0 });
    expect(outcome.reason).toMatch(/run\.batch\.json cannot be written/);
    expect(server.calls).toEqual([]);
  });

  test('stays where the journal takes no more, and the rest is fetched later', async () => {
    const server = await serve();
    const path = newRunFile();
    let room = 5;
    const wrap = (journal: Journal): Journal => ({
      append: (observation) =>
        room-- > 0 ? journal.append(observation) : Promise.reject(new JournalError('The disk is full. Free some.')),
      close: () => journal.close(),
    });
    const { outcome } = await carryOut(path, header, clientFor(server).forBatches(), { wrap });
    expect(outcome).toMatchObject({ status: 'stopped', done: 5 });
    expect(outcome.reason).toMatch(/The disk is full\. Free some\. Batch batch_1 goes on/);
    const { outcome: later, observations } = await carryOut(path, header, clientFor(server).forBatches());
    expect(later).toMatchObject({ status: 'done', done: 24 });
    expect(listIds(observations)).toEqual(allIds);
    expect(server.store.batches.size).toBe(1);
  });
});
