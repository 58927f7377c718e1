import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ModelError } from '../../src/models/client';
import { OpenAICompatibleClient, type OpenAICompatibleOptions } from '../../src/models/openai';
import {
  type Behaviour,
  type OpenAIServer,
  type OpenAIServerOptions,
  startOpenAIServer,
} from '../fixtures/openaiServer';
import { buildRequest } from '../fixtures/runs';

const signal = new AbortController().signal;
const KEY = 'sk-test-1234567890abcdef';
const prompt = 'Which?\n\nOption 1: I help.\nOption 2: I leave.\n\nAnswer in JSON.';
const servers: OpenAIServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function connect(options: OpenAIServerOptions = {}, change: Partial<OpenAICompatibleOptions> = {}) {
  const server = await startOpenAIServer(options);
  servers.push(server);
  const endpoint = { name: 'local', baseUrl: server.baseUrl };
  const client = new OpenAICompatibleClient({ endpoint, model: 'test-model', ...change });
  const notices: string[] = [];
  client.onNotice = (message) => notices.push(message);
  return { server, client, notices };
}

async function failWith(behaviour: Behaviour, change: Partial<OpenAICompatibleOptions> = {}): Promise<ModelError> {
  const { client } = await connect({ behave: () => behaviour }, change);
  return client.complete(buildRequest(prompt), signal).then(
    () => expect.fail('It should not have answered.'),
    (error: ModelError) => error,
  );
}

describe('a request', () => {
  test('is sent as it is meant and its answer comes back with its tokens', async () => {
    const { client, server } = await connect({ apiKey: KEY }, { apiKey: `${KEY}\n` });
    const reply = await client.complete(
      buildRequest(prompt, { maxTokens: 50, extra: { top_p: 0.9, model: 'other' } }),
      signal,
    );
    expect(reply).toEqual({ text: '{"action":"Option 1"}', usage: { input: 100, output: 20 } });
    expect(client.id).toBe('local/test-model');
    expect(server.requests[0]?.body).toEqual({
      model: 'test-model',
      messages: [{ role: 'user', content: prompt }],
      temperature: 0.2,
      max_tokens: 50,
      top_p: 0.9,
    });
  });

  test('asks for a schema only where it is told to', async () => {
    const { client, server } = await connect();
    await client.complete(buildRequest(prompt, { structuredOutput: true }), signal);
    expect(server.requests[0]?.body.response_format).toEqual({
      type: 'json_schema',
      json_schema: {
        name: 'acted',
        strict: true,
        schema: {
          type: 'object',
          properties: { explanation: { type: 'string' }, action: { type: 'string', enum: ['Option 1', 'Option 2'] } },
          required: ['explanation', 'action'],
          additionalProperties: false,
        },
      },
    });
  });

  test('carries nothing from the environment to an endpoint without a key', async () => {
    for (const name of ['OPENAI_API_KEY', 'OPENAI_ADMIN_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID'])
      vi.stubEnv(name, `secret-${name}`);
    const { client, server } = await connect();
    await client.complete(buildRequest(prompt), signal);
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
    expect(JSON.stringify(server.requests[0]?.headers)).not.toContain('secret-');
  });

  test('leaves out what the endpoint rejects, says so once, and remembers', async () => {
    const { client, server, notices } = await connect({ rejects: ['temperature', 'max_tokens', 'response_format'] });
    const request = buildRequest(prompt, { maxTokens: 50, structuredOutput: true, extra: { seed: 1 } });
    await Promise.all([client.complete(request, signal), client.complete(request, signal)]);
    await client.complete(request, signal);
    expect(Object.keys(server.requests.at(-1)?.body ?? {}).sort()).toEqual([
      'max_completion_tokens',
      'messages',
      'model',
      'seed',
    ]);
    expect(notices.sort()).toEqual([
      'local/test-model does not take "max_tokens": "max_completion_tokens" is sent instead.',
      'local/test-model does not take the parameter "response_format": it is left out.',
      'local/test-model does not take the parameter "temperature": it is left out.',
    ]);
  });

  test('finds a rejected parameter by what the message says where it is not named apart', async () => {
    const { client, server } = await connect({
      behave: ({ body }) =>
        'temperature' in body
          ? { kind: 'status', status: 400, error: { message: 'temperature may not be changed here' } }
          : undefined,
    });
    await client.complete(buildRequest(prompt), signal);
    expect(server.requests.map(({ body }) => 'temperature' in body)).toEqual([true, false]);
  });

  test('keeps a refusal as the reply', async () => {
    const { client } = await connect({ behave: () => ({ kind: 'refusal' }) });
    expect((await client.complete(buildRequest(prompt), signal)).text).toBe("I'm sorry, but I can't help with that.");
  });

  test('that a filter held back is an empty reply, not an error', async () => {
    const { client } = await connect({ behave: () => ({ kind: 'filtered' }) });
    expect((await client.complete(buildRequest(prompt), signal)).text).toBe('');
  });

  test('can be given up', async () => {
    const { client } = await connect({ behave: () => ({ kind: 'hang' }) });
    const controller = new AbortController();
    const asking = client.complete(buildRequest(prompt), controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(asking).rejects.toMatchObject({ code: 'canceled', kind: 'fail' });
  });
});

describe('an error names the endpoint and the next step', () => {
  test('a wrong key, without telling it', async () => {
    const { client } = await connect({ apiKey: KEY }, { apiKey: 'sk-wrong-abcdef123456' });
    const error: ModelError = await client.complete(buildRequest(prompt), signal).catch((e) => e);
    expect(error).toMatchObject({ code: 'unauthorized', kind: 'stop' });
    expect(error.message).toMatch(
      /^local \(http.*does not accept the key\. Set the key with .*It said: Incorrect API key provided: \[key\]/,
    );
    expect(error.message).not.toContain('sk-wrong');
  });

  test('a missing key', async () => {
    const { client } = await connect({ apiKey: KEY }, { keyAdvice: 'Export THE_KEY' });
    await expect(client.complete(buildRequest(prompt), signal)).rejects.toThrow(/asks for a key\. Export THE_KEY\./);
  });

  test('an unknown model', async () => {
    const { client } = await connect({ models: ['other'] });
    await expect(client.complete(buildRequest(prompt), signal)).rejects.toMatchObject({
      code: 'unknown-model',
      kind: 'stop',
      message: expect.stringMatching(/knows no model "test-model"\. Choose one that it lists .*\/models/),
    });
  });

  test('a server that is not running', async () => {
    const server = await startOpenAIServer();
    await server.close();
    const client = new OpenAICompatibleClient({ endpoint: { name: 'ollama', baseUrl: server.baseUrl }, model: 'm' });
    await expect(client.complete(buildRequest(prompt), signal)).rejects.toMatchObject({
      code: 'unreachable',
      kind: 'retry',
      message: `ollama cannot be reached. Is the server running at ${server.baseUrl}?`,
    });
  });

  test('a rate limit, with the wait that was asked for', async () => {
    expect(await failWith({ kind: 'status', status: 429, headers: { 'retry-after': '7' } })).toMatchObject({
      code: 'rate-limited',
      kind: 'retry',
      retryAfterMs: 7000,
    });
    const exact = await failWith({
      kind: 'status',
      status: 429,
      headers: { 'retry-after-ms': '250', 'retry-after': '1' },
    });
    expect(exact.retryAfterMs).toBe(250);
    const date = new Date(Date.now() + 60_000).toUTCString();
    const dated = await failWith({ kind: 'status', status: 503, headers: { 'retry-after': date } });
    expect(dated.retryAfterMs).toBeGreaterThan(50_000);
    expect((await failWith({ kind: 'status', status: 429 })).retryAfterMs).toBeUndefined();
  });

  test.each<[string, Behaviour, Partial<ModelError>]>([
    ['status 500', { kind: 'status', status: 500 }, { code: 'server-error', kind: 'retry' }],
    ['status 403', { kind: 'status', status: 403 }, { code: 'forbidden', kind: 'stop' }],
    ['status 400', { kind: 'status', status: 400, error: { message: 'bad' } }, { code: 'bad-request', kind: 'stop' }],
    [
      'a used-up quota',
      { kind: 'status', status: 429, error: { message: 'no money', code: 'insufficient_quota' } },
      { code: 'rate-limited', kind: 'stop' },
    ],
    [
      'one prompt that is too long',
      { kind: 'status', status: 400, error: { message: 'max_tokens …', code: 'context_length_exceeded' } },
      { code: 'bad-request', kind: 'fail' },
    ],
    ['a reset', { kind: 'reset' }, { code: 'server-error', kind: 'retry' }],
    ['a web page', { kind: 'html' }, { code: 'bad-response', kind: 'retry' }],
    ['an empty body', { kind: 'empty' }, { code: 'bad-response', kind: 'retry' }],
    ['a cut body', { kind: 'cut' }, { code: 'bad-response', kind: 'retry' }],
    ['other JSON', { kind: 'not-a-completion' }, { code: 'bad-response', kind: 'retry' }],
  ])('%s', async (_, behaviour, expected) => {
    const error = await failWith(behaviour);
    expect(error).toMatchObject({ name: 'ModelError', ...expected });
    expect(error.message).toMatch(/local/);
    expect(error.message).not.toMatch(/TypeError|undefined|<!doctype/);
  });

  test('a connection that gives no answer in time', async () => {
    const error = await failWith({ kind: 'hang' }, { timeoutMs: 30 });
    expect(error).toMatchObject({ code: 'timeout', kind: 'retry' });
  });
});

describe('a redirect', () => {
  test('to another host is not followed: the key stays', async () => {
    const seen: unknown[] = [];
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers);
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const to = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/v1/chat/completions`;
    const error = await failWith({ kind: 'redirect', to }, { apiKey: KEY });
    expect(error).toMatchObject({
      kind: 'stop',
      message: expect.stringMatching(/points to http:\/\/127.*set the base URL/),
    });
    expect(seen).toEqual([]);
    await new Promise((resolve) => elsewhere.close(resolve));
  });

  test('within the host is followed, with the key', async () => {
    const { client, server } = await connect(
      {
        apiKey: KEY,
        behave: ({ path }) => (path.startsWith('/v1/') ? { kind: 'redirect', to: '/v2/chat/completions' } : undefined),
      },
      { apiKey: KEY },
    );
    expect((await client.complete(buildRequest(prompt), signal)).text).toContain('Option 1');
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v2/chat/completions']);
  });

  test('in circles ends', async () => {
    expect(await failWith({ kind: 'redirect', to: '/v1/chat/completions' })).toMatchObject({ kind: 'stop' });
  });
});

describe('the endpoint itself', () => {
  test('lists its models', async () => {
    const { client } = await connect({ models: ['zeta', 'alpha'] });
    expect(await client.listModels()).toEqual(['alpha', 'zeta']);
    expect(await client.testConnection()).toEqual({ models: ['alpha', 'zeta'] });
  });

  test('is fine without a list of models', async () => {
    const { client } = await connect();
    const server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const other = new OpenAICompatibleClient({ endpoint: { name: 'x', baseUrl }, model: 'm' });
    expect(await other.testConnection()).toEqual({});
    expect(client.baseUrl).toMatch(/\/v1$/);
    await new Promise((resolve) => server.close(resolve));
  });

  test('says that the key is wrong', async () => {
    const { client } = await connect({ apiKey: KEY }, { apiKey: 'sk-wrong-abcdef123456' });
    await expect(client.testConnection()).rejects.toMatchObject({ code: 'unauthorized' });
  });
});
