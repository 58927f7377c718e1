import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BatchAnswer } from '../../src/models/batchClient';
import { ModelError } from '../../src/models/client';
import { OpenAICompatibleClient } from '../../src/models/openai';
import { type BatchServer, type BatchServerOptions, startBatchServer } from '../fixtures/openaiBatchServer';
import { buildRequest } from '../fixtures/runs';

const KEY = 'sk-test-1234567890abcdef';
const { signal } = new AbortController();
const none: ReadonlySet<string> = new Set();
const servers: { close(): Promise<unknown> }[] = [];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-upload-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function clientAt(baseUrl: string, apiKey?: string) {
  return new OpenAICompatibleClient({ endpoint: { name: 'local', baseUrl }, model: 'test-model', apiKey }).forBatches();
}

async function connect(options: BatchServerOptions = {}, apiKey?: string) {
  const server: BatchServer = await startBatchServer(options);
  servers.push(server);
  return { server, client: clientAt(server.baseUrl, apiKey) };
}

function writeRequests(client: ReturnType<typeof clientAt>, ids: readonly string[]): string {
  const path = join(folder, `${ids[0]}.requests`);
  const lines = ids.map((id) => client.formatRequest(id, buildRequest('Which?'), none));
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

async function failureOf(promise: Promise<unknown>): Promise<ModelError> {
  return promise.then(
    () => expect.fail('It should have failed.'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ModelError);
      return error as ModelError;
    },
  );
}

/** A server that answers everything with one text, and tells what it got. */
async function serveText(text: string, type = 'application/json', status = 200) {
  const received: IncomingMessage[] = [];
  const server = createServer((incoming, response) => {
    received.push(incoming);
    incoming.resume().once('end', () => response.writeHead(status, { 'content-type': type }).end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push({ close: () => new Promise((resolve) => server.close(resolve)) });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, received };
}

describe('a batch', () => {
  test('goes from a file on disk to answers', async () => {
    const { client, server } = await connect({ apiKey: KEY, looks: 2 }, `${KEY}\n`);
    const fileId = await client.upload(writeRequests(client, ['a-0', 'a-1']), signal);
    expect(server.store.files.get(fileId)?.split('\n')).toHaveLength(3);
    const created = await client.create(fileId, signal);
    expect(created).toMatchObject({ id: 'batch_1', status: 'validating', isOver: false, problem: '' });
    expect(await client.retrieve(created.id, signal)).toMatchObject({
      isOver: false,
      counts: { total: 2, completed: 1, failed: 0 },
    });
    const over = await client.retrieve(created.id, signal);
    expect(over).toMatchObject({ status: 'completed', isOver: true, counts: { total: 2, completed: 2, failed: 0 } });
    // The endpoint writes "" where there is no error file.
    expect(over.errorFileId).toBeUndefined();
    const text = await readAll(client.download(over.outputFileId ?? '', signal));
    const answers = text.trim().split('\n').map(client.readAnswer.bind(client));
    expect(answers).toEqual([
      { customId: 'a-1', reply: { text: '{}', usage: { input: 100, output: 20 } } },
      { customId: 'a-0', reply: { text: '{}', usage: { input: 100, output: 20 } } },
    ]);
  });

  test('is found by its file, on whatever page of the list', async () => {
    const { client } = await connect();
    const fileIds: string[] = [];
    for (const id of ['b', 'c', 'd', 'e', 'f']) {
      const fileId = await client.upload(writeRequests(client, [id]), signal);
      fileIds.push(fileId);
      await client.create(fileId, signal);
    }
    expect(await client.find(fileIds[0] ?? '', signal)).toMatchObject({ id: 'batch_1' });
    expect(await client.find(fileIds[4] ?? '', signal)).toMatchObject({ id: 'batch_5' });
    expect(await client.find('file-nobody-knows', signal)).toBeUndefined();
    const { client: without } = await connect({ call: ({ name }) => (name === 'list' ? { status: 405 } : undefined) });
    expect(await without.find('file', signal)).toBeUndefined();
  });

  test('is uploaded with its length and nothing from the environment', async () => {
    for (const name of ['OPENAI_API_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID']) vi.stubEnv(name, `secret-${name}`);
    const { baseUrl, received } = await serveText('{"id":"file-1"}');
    const client = clientAt(baseUrl);
    expect(await client.upload(writeRequests(client, ['g']), signal)).toBe('file-1');
    expect(Number(received[0]?.headers['content-length'])).toBeGreaterThan(100);
    expect(received[0]?.headers.authorization).toBeUndefined();
    expect(JSON.stringify(received[0]?.headers)).not.toContain('secret');
  });

  test('that holds an id made to lead elsewhere stays where it is', async () => {
    const { baseUrl, received } = await serveText('{"id":"x","status":"in_progress"}');
    await clientAt(baseUrl).retrieve('../files/secret?x=#', signal);
    expect(received[0]?.url).toMatch(/^\/v1\/batches\/[^/?#]+$/);
  });
});

describe('what goes wrong', () => {
  test('with the key is said without it', async () => {
    const { client } = await connect({ apiKey: KEY }, 'sk-wrong-0987654321');
    const error = await failureOf(client.upload(writeRequests(client, ['h']), signal));
    expect(error).toMatchObject({ code: 'unauthorized', kind: 'stop' });
    expect(error.message).toMatch(/does not accept the key\. Set the key.*\[key\]/);
    expect(error.message).not.toContain('0987654321');
  });

  test('where there is no Batch API names the next step', async () => {
    const { client } = await connect({ call: () => ({ status: 404 }) });
    const path = writeRequests(client, ['i']);
    for (const ask of [() => client.upload(path, signal), () => client.create('file', signal)]) {
      const error = await failureOf(ask());
      expect(error).toMatchObject({ code: 'unavailable', kind: 'stop' });
      expect(error.message).toMatch(/offers no Batch API \(status 404 at \/.*\)\. Run without --batch/);
    }
    const gone = await failureOf(client.retrieve('batch_9', signal));
    expect(gone).toMatchObject({ code: 'unavailable', kind: 'stop' });
    expect(gone.message).toMatch(/knows no batch batch_9\. Use the key and base URL that it was sent with/);
    const lost = await failureOf(readAll(client.download('file-9', signal)));
    expect(lost).toMatchObject({ code: 'unavailable', kind: 'fail' });
  });

  test.each([
    ['<!doctype html><p>Hello', 'text/html'],
    ['{"hello":"world"}', 'application/json'],
    ['', 'application/json'],
    ['[]', 'application/json'],
    ['{"id":"","status":"completed"}', 'application/json'],
    ['{"id":7,"status":"completed"}', 'application/json'],
  ])('where %j comes instead of a batch is worth another try', async (text, type) => {
    const client = clientAt((await serveText(text, type)).baseUrl);
    const path = writeRequests(client, ['j']);
    const asks = [
      () => client.create('f', signal),
      () => client.retrieve('b', signal),
      () => client.cancel('b', signal),
    ];
    for (const ask of asks) expect(await failureOf(ask())).toMatchObject({ code: 'bad-response', kind: 'retry' });
    if (!text.includes('status')) {
      expect(await failureOf(client.upload(path, signal))).toMatchObject({ code: 'bad-response', kind: 'retry' });
    }
  });

  test('with a whole batch is quoted, short and without keys', async () => {
    const errors = {
      data: Array.from({ length: 9 }, (_, n) => ({ message: `Bad ${KEY} ${'x'.repeat(999)}`, line: n })),
    };
    const client = clientAt((await serveText(JSON.stringify({ id: 'b', status: 'FAILED', errors }))).baseUrl, KEY);
    const { isOver, problem } = await client.retrieve('b', signal);
    expect(isOver).toBe(true);
    expect(problem).toMatch(/^Bad \[key\] x+… \(line 0\); Bad/);
    expect(problem.length).toBeLessThan(1000);
  });

  test('in transit is worth another try', async () => {
    const { client } = await connect({
      call: ({ index }) => (['reset', 'cut', 'lost'] as const)[index],
    });
    for (let n = 0; n < 3; n++) expect(await failureOf(client.retrieve('b', signal))).toMatchObject({ kind: 'retry' });
  });

  test('with its file stops the upload', async () => {
    const { client, server } = await connect();
    const error = await failureOf(client.upload(join(folder, 'not-there'), signal));
    expect(error).toMatchObject({ kind: 'stop' });
    expect(error.message).toContain('not-there');
    expect(server.calls).toEqual([]);
  });
});

describe('a line of answers', () => {
  const read = (line: unknown) =>
    clientAt('http://localhost/v1', KEY).readAnswer(typeof line === 'string' ? line : JSON.stringify(line));
  const completion = (message: object) => ({ choices: [{ message }] });

  test.each<[string, object, Partial<Record<'reply' | 'failure' | 'complaint', unknown>>]>([
    [
      'an answer',
      { response: { status_code: 200, body: completion({ content: 'Yes.' }) } },
      { reply: { text: 'Yes.' } },
    ],
    ['one without a status', { response: { body: completion({ content: 'Yes.' }) } }, { reply: { text: 'Yes.' } }],
    ['a refusal', { response: { body: completion({ content: null, refusal: 'No.' }) } }, { reply: { text: 'No.' } }],
    [
      'a rejected parameter',
      { response: { status_code: 400, body: { error: { message: 'No top_p.', param: 'top_p' } } } },
      { complaint: { message: 'No top_p.', param: 'top_p' } },
    ],
    [
      'a prompt that is too long',
      {
        response: {
          status_code: 400,
          body: { error: { message: 'max_tokens and so on', code: 'context_length_exceeded' } },
        },
      },
      { failure: { code: 'bad-request', message: 'The request failed (status 400): max_tokens and so on' } },
    ],
    [
      'a key in an error',
      { response: null, error: { code: 'batch_cancelled', message: `Your ${KEY}\nis gone` } },
      {
        failure: {
          code: 'batch-cancelled',
          message: 'The batch did not answer this request: Your [key] is gone',
        },
      },
    ],
    [
      'an error that is only a text',
      { response: null, error: 'oh no' },
      { failure: { code: 'batch-failed', message: 'The batch did not answer this request: no reason given' } },
    ],
    ['nothing', {}, { failure: { code: 'batch-failed', message: expect.stringContaining('no reason given') } }],
  ])('may be %s', (_what, rest, expected) => {
    const answer = read({ custom_id: 'x-1', ...rest });
    expect(answer).toMatchObject({ customId: 'x-1', ...expected } as BatchAnswer);
    expect(answer && 'complaint' in answer).toBe('complaint' in expected);
  });

  test.each(['', 'null', '[]', '7', '{"custom_id":', '{"custom_id":3}', '{"response":{}}', '<html>'])(
    'is none where it is %j',
    (line) => expect(read(line)).toBeUndefined(),
  );

  test('leads to the parameter that was rejected, among those that were sent', () => {
    const client = clientAt('http://localhost/v1');
    const request = buildRequest('Which?', { temperature: 0.2, maxTokens: 9 });
    const find = (param: string, leftOut: string[] = []) =>
      client.findRejected({ message: 'No.', param }, request, new Set(leftOut));
    expect(find('temperature')).toBe('temperature');
    expect(find('temperature', ['temperature'])).toBeUndefined();
    expect(find('max_completion_tokens', ['max_tokens'])).toBe('max_completion_tokens');
    expect(find('messages')).toBeUndefined();
    const { body } = JSON.parse(client.formatRequest('x', request, new Set(['temperature', 'max_tokens'])));
    expect(Object.keys(body).sort()).toEqual(['max_completion_tokens', 'messages', 'model']);
  });
});
