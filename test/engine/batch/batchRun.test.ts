import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listRequests, requestId } from '../../../src/core/runs/plan';
import type { AnswerCache, KnownAnswer } from '../../../src/engine/answerCache';
import { batchFileOf } from '../../../src/engine/runDirectory';
import { executeRun } from '../../../src/engine/runner';
import { buildHeader, buildScenario } from '../../fixtures/runs';
import { carryOut, clientFor, KEY, listIds, newRunFile, noticesOf, serve, waitsOf } from './harness';

// Task 1 asks about all three values, Task 2 not about the one that lacks an action: 24 requests.
const header = buildHeader(buildScenario(['Freedom', 'Social Power', '__proto__'], ['Social Power']));
const allIds = [...listRequests(header)].map(requestId).sort();

describe('a batch run', () => {
  test('sends one file, waits for it, and journals every answer once', async () => {
    const server = await serve({ looks: 4 });
    const path = newRunFile();
    const { outcome, observations, events, clock } = await carryOut(path, header, clientFor(server).forBatches());
    expect(outcome).toEqual({ status: 'done', done: 24, failed: 0, total: 24, usage: { input: 2400, output: 480 } });
    expect(listIds(observations)).toEqual(allIds);
    expect(server.calls).toEqual(['upload', 'create', 'retrieve', 'retrieve', 'retrieve', 'retrieve', 'download']);
    expect(observations.every((o) => o.type !== 'failure' && o.raw !== '' && o.usage?.input === 100)).toBe(true);
    expect(clock.slept).toEqual([1000, 1500, 2250, 3375]);
    expect(waitsOf(events)).toEqual([
      'Batch batch_1 is validating, 0 of 24 answered',
      'Batch batch_1 is in progress, 6 of 24 answered',
      'Batch batch_1 is in progress, 12 of 24 answered',
      'Batch batch_1 is in progress, 18 of 24 answered',
    ]);
    const progress = events.filter((event) => event.type === 'progress');
    expect(progress.map(({ done }) => done)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
    expect(progress.at(-1)).toMatchObject({ failed: 0, unusable: 0, usage: { input: 2400, output: 480 } });
    // Nothing is left beside the run.
    expect(readdirSync(dirname(path))).toEqual(['run.jsonl']);
  });

  test('sends what an ordinary run would send, under short ids', async () => {
    const server = await serve();
    const parameters = { temperature: 0.7, maxTokens: 50, extra: { top_p: 0.9 } };
    const long = buildHeader(buildScenario(['x'.repeat(5000)]), { model: { ...header.model, parameters } });
    await carryOut(newRunFile(), long, clientFor(server).forBatches());
    const [line] = server.sent();
    expect(line).toMatchObject({ method: 'POST', url: '/v1/chat/completions' });
    expect(line?.body).toMatchObject({ model: 'test-model', temperature: 0.7, max_tokens: 50, top_p: 0.9 });
    const ids = server.sent().map(({ custom_id }) => custom_id);
    expect(ids.every((id) => /^[0-9a-f]{8}-\d+$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(16);
  });

  test('keeps to the limits of a file, by requests and by bytes', async () => {
    const byCount = await serve();
    const limits = { requests: 10, bytes: 1e6 };
    await carryOut(newRunFile(), header, clientFor(byCount).forBatches(), { limits });
    expect([...byCount.store.files.values()].slice(0, 3).map((text) => text.split('\n').length - 1)).toEqual([
      10, 10, 4,
    ]);

    const byBytes = await serve();
    const bytes = 3000;
    const { outcome } = await carryOut(newRunFile(), header, clientFor(byBytes).forBatches(), {
      limits: { requests: 50_000, bytes },
    });
    expect(outcome.status).toBe('done');
    const inputs = [...byBytes.store.files].flatMap(([id, text]) => (id.startsWith('file-input') ? [text] : []));
    expect(inputs.length).toBeGreaterThan(3);
    for (const [at, text] of inputs.entries()) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
      // The first line of the next file did not fit any more.
      const next = inputs[at + 1]?.split('\n')[0];
      if (next !== undefined) expect(Buffer.byteLength(text) + Buffer.byteLength(next) + 1).toBeGreaterThan(bytes);
    }
    expect(byBytes.sent()).toHaveLength(24);
  });

  test('fails a request that no file can hold, and sends the others', async () => {
    const server = await serve();
    const scenario = buildScenario(['Freedom', 'Pleasure'.repeat(500)]);
    const limits = { requests: 100, bytes: 2500 };
    const { outcome, observations } = await carryOut(
      newRunFile(),
      buildHeader(scenario),
      clientFor(server).forBatches(),
      {
        limits,
      },
    );
    // Task 1 shows both values, so it is too long as well.
    expect(outcome).toMatchObject({ status: 'done-with-failures', done: 24, failed: 16 });
    const failed = observations.filter((o) => o.type === 'failure');
    expect(failed[0]?.failure.message).toMatch(/has \d+ bytes, more than the 2500 of a batch/);
    expect(server.sent()).toHaveLength(8);
  });

  test('asks only what has no answer, and nothing where all is answered', async () => {
    const server = await serve();
    const path = newRunFile();
    const client = clientFor(server).forBatches();
    await carryOut(path, header, client);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${lines.slice(0, 21).join('\n')}\n`);
    const { outcome, observations } = await carryOut(path, header, client);
    expect(outcome).toMatchObject({ status: 'done', done: 24, usage: { input: 2400 } });
    expect(server.sent()).toHaveLength(24 + 4);
    expect(listIds(observations)).toEqual(allIds);
    const calls = server.calls.length;
    expect((await carryOut(path, header, client)).outcome).toMatchObject({ status: 'done', done: 24 });
    expect(server.calls).toHaveLength(calls);
  });

  test('shares its answers with ordinary runs, both ways, and remembers each once', async () => {
    const server = await serve();
    const known = new Map<string, KnownAnswer>();
    let remembered = 0;
    const cache: AnswerCache = {
      find: async ({ key }) => known.get(key),
      remember: ({ key }, answer) => {
        remembered++;
        known.set(key, answer);
      },
      close: async () => {},
    };
    const client = clientFor(server);
    const batches = client.forBatches();
    const download = batches.download.bind(batches);
    // An endpoint that says everything twice.
    batches.download = async function* (fileId, signal) {
      yield* download(fileId, signal);
      yield* download(fileId, signal);
    };
    const first = await carryOut(newRunFile(), header, batches, { cache });
    expect(listIds(first.observations)).toEqual(allIds);
    expect(remembered).toBe(24);

    const journal = { append: async () => {}, close: async () => {} };
    const { signal } = new AbortController();
    const ordinary = await executeRun({ header, client, journal, cache, concurrency: 2, signal });
    expect(ordinary).toMatchObject({ status: 'done', done: 24, usage: { input: 0, output: 0 } });

    for (const key of [...known.keys()].slice(0, 4)) known.delete(key);
    const second = await carryOut(newRunFile(), header, batches, { cache });
    expect(second.outcome).toMatchObject({ status: 'done', done: 24, usage: { input: 400, output: 80 } });
    expect(second.observations.filter((o) => o.type !== 'failure' && o.cached)).toHaveLength(20);
    expect(server.sent()).toHaveLength(24 + 4);
    expect(server.calls).not.toContain('chat');
  });

  test('writes no key anywhere', async () => {
    const server = await serve({ apiKey: KEY, looks: Number.POSITIVE_INFINITY });
    const path = newRunFile();
    const controller = new AbortController();
    const { outcome, events } = await carryOut(path, header, clientFor(server, KEY).forBatches(), {
      signal: controller.signal,
      onEvent: (event) => event.type === 'waiting' && controller.abort(),
    });
    expect(outcome.status).toBe('canceled');
    const files = readdirSync(dirname(path)).map((name) => readFileSync(`${dirname(path)}/${name}`, 'utf8'));
    expect(files).toHaveLength(2);
    expect([...files, JSON.stringify(events), JSON.stringify(outcome)].join()).not.toContain('1234567890');
  });
});

describe('requests that a batch did not answer', () => {
  test('end as failures that can be asked again', async () => {
    const server = await serve({
      line: ({ custom_id }, batchNumber) => {
        const number = Number(custom_id.split('-')[1]);
        if (batchNumber > 0) return undefined;
        if (number === 1) return { kind: 'missing' };
        if (number === 2) return { kind: 'garbage' };
        if (number === 3) return { kind: 'web-page' };
        if (number === 4) return { kind: 'error', code: 'batch_expired', message: 'Out of time.' };
        if (number === 5) return { kind: 'status', status: 429, error: { message: `Slow down, ${KEY}.` } };
        if (number === 6) return { kind: 'status', status: 400, error: { message: 'A strange prompt.' } };
        if (number === 7) return { kind: 'status', status: 500, error: {} };
        return undefined;
      },
    });
    const path = newRunFile();
    const client = clientFor(server, KEY).forBatches();
    const first = await carryOut(path, header, client);
    expect(first.outcome).toMatchObject({ status: 'done-with-failures', done: 24, failed: 7 });
    const failures = first.observations.flatMap((o) => (o.type === 'failure' ? [o] : []));
    expect(failures.map((o) => `${o.variant} ${o.failure.code}: ${o.failure.message}`).sort()).toEqual([
      '1 missing-answer: Batch batch_1 ended without an answer to this.',
      '2 missing-answer: Batch batch_1 ended without an answer to this.',
      '3 bad-response: The batch holds a web page instead of an answer.',
      '4 batch-expired: The batch did not answer this request: Out of time.',
      '5 rate-limited: The request failed (status 429): Slow down, [key].',
      '6 bad-request: The request failed (status 400): A strange prompt.',
      '7 server-error: The request failed (status 500): no reason given',
    ]);
    const second = await carryOut(path, header, client);
    expect(second.outcome).toMatchObject({ status: 'done', done: 24, failed: 0 });
    expect(server.sent()).toHaveLength(24 + 7);
    expect(listIds(second.observations)).toEqual(allIds);
    expect(existsSync(batchFileOf(path))).toBe(false);
  });

  test.each([
    ['failed', 24, /Batch batch_1 failed\. The endpoint said: Enqueued token limit reached\./],
    ['expired', 4, /Batch batch_1 expired before all was answered\./],
    ['cancelled', 4, /Batch batch_1 was cancelled before all was answered\./],
  ] as const)('because it %s say so, once and each', async (end, failed, message) => {
    const server = await serve({
      end: (number) => (number === 0 ? end : undefined),
      line: ({ custom_id }, number) => (number === 0 && /-2[0-3]$/.test(custom_id) ? { kind: 'missing' } : undefined),
    });
    const path = newRunFile();
    const client = clientFor(server).forBatches();
    const { outcome, observations, events } = await carryOut(path, header, client);
    expect(outcome).toMatchObject({ status: 'done-with-failures', done: 24, failed });
    for (const o of observations) if (o.type === 'failure') expect(o.failure.message).toMatch(message);
    expect(noticesOf(events).filter((notice) => message.test(notice))).toHaveLength(1);
    expect((await carryOut(path, header, client)).outcome.status).toBe('done');
    expect(server.sent()).toHaveLength(24 + failed);
  });

  test('where all failed there is only an error file', async () => {
    const server = await serve({ line: () => ({ kind: 'status', status: 500, error: { message: 'No.' } }) });
    const { outcome } = await carryOut(newRunFile(), header, clientFor(server).forBatches());
    expect(outcome).toMatchObject({ status: 'done-with-failures', failed: 24 });
    expect(server.calls.filter((call) => call === 'download')).toHaveLength(1);
  });

  test('for a parameter that the endpoint rejects are sent again without it', async () => {
    const server = await serve({ rejects: ['temperature', 'max_tokens'] });
    const model = { ...header.model, parameters: { temperature: 0.2, maxTokens: 40 } };
    const path = newRunFile();
    const { outcome, events, observations } = await carryOut(
      path,
      { ...header, model },
      clientFor(server).forBatches(),
    );
    expect(outcome).toMatchObject({ status: 'done', done: 24, failed: 0 });
    expect(listIds(observations)).toEqual(allIds);
    // One batch for each lesson, and the one that is answered.
    expect(server.sent()).toHaveLength(3 * 24);
    expect(server.sent().at(-1)?.body).toMatchObject({ max_completion_tokens: 40 });
    expect(noticesOf(events).filter((notice) => notice.includes('does not take'))).toHaveLength(2);
  });

  test('of somebody else are not taken', async () => {
    const server = await serve();
    const path = newRunFile();
    const foreign = await carryOut(newRunFile(), { ...header, id: 'another-run' }, clientFor(server).forBatches());
    expect(foreign.outcome.status).toBe('done');
    // An endpoint that mixes its files up.
    for (const [id, text] of server.store.files) if (id.includes('output')) server.store.files.set('mixed', text);
    const client = clientFor(server).forBatches();
    const download = client.download.bind(client);
    client.download = (_id, signal) => download('mixed', signal);
    const { outcome } = await carryOut(path, header, client);
    expect(outcome).toMatchObject({ status: 'done-with-failures', failed: 24 });
  });
});
