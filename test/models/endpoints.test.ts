import { describe, expect, test } from 'vitest';
import { endpointSchema, explainBaseUrl } from '../../src/models/endpoints';
import { parseModelId } from '../../src/models/modelIds';
import { RecordedClient } from '../../src/models/recorded';
import { hideKeys } from '../../src/models/redact';
import { buildRequest } from '../fixtures/runs';

describe('a model id', () => {
  test.each([
    ['openai/gpt-4o-mini', { kind: 'endpoint', endpoint: 'openai', model: 'gpt-4o-mini' }],
    ['vllm/meta-llama/Llama-3.3-70B', { kind: 'endpoint', endpoint: 'vllm', model: 'meta-llama/Llama-3.3-70B' }],
    ['vscode/copilot/gpt-4o', { kind: 'vscode', vendor: 'copilot', id: 'gpt-4o' }],
    ['builtin/smollm2-135m', { kind: 'builtin', name: 'smollm2-135m' }],
    ['gpt-4o', undefined],
    ['vscode/copilot', undefined],
    ['/x', undefined],
    ['openai/', undefined],
    ['my endpoint/x', undefined],
    ['', undefined],
  ])('%s', (id, expected) => expect(parseModelId(id)).toEqual(expected));
});

describe('an endpoint setting', () => {
  test('takes models by name or with parameters', () => {
    const models = ['llama3.2', { id: 'qwen', temperature: 0, structuredOutput: true }];
    expect(endpointSchema.parse({ name: 'ollama', baseUrl: 'http://localhost:11434/v1', models })).toEqual({
      name: 'ollama',
      baseUrl: 'http://localhost:11434/v1',
      models: [{ id: 'llama3.2' }, { id: 'qwen', temperature: 0, structuredOutput: true }],
    });
    expect(endpointSchema.parse({ name: 'a', baseUrl: 'http://h' }).models).toEqual([]);
  });

  test.each([
    { name: 'builtin', baseUrl: 'http://h/v1' },
    { name: 'a/b', baseUrl: 'http://h/v1' },
    { name: 'a', baseUrl: 'localhost:11434' },
    { name: 'a', baseUrl: 'http://h/v1', models: [{ id: 'm', temperature: 3 }] },
    { name: 'a', baseUrl: 'http://h/v1', key: 'x' },
  ])('rejects %j', (setting) => expect(endpointSchema.safeParse(setting).success).toBe(false));

  test('says what is wrong with a base URL', () => {
    expect(explainBaseUrl('nonsense')).toMatch(/not a URL/);
    expect(explainBaseUrl('file:///etc')).toMatch(/Only http/);
    expect(explainBaseUrl('http://me:pw@h/v1')).toMatch(/out of the URL/);
    expect(explainBaseUrl('https://h/v1')).toBeUndefined();
  });
});

describe('keys', () => {
  test('are taken out of messages, the known one and what looks like one', () => {
    const text = 'key local-secret, sk-proj-abcdefghijkl, sk-ab***********yz, Bearer abcdefghi; the task is done';
    expect(hideKeys(text, 'local-secret')).toBe('key [key], [key], [key], [key]; the task is done');
  });

  test('ordinary words stay', () => {
    const text = 'risk-aversion, key-value pairs, api: a disk-based store, hf_models';
    expect(hideKeys(text)).toContain('risk-aversion');
    expect(hideKeys('a task-specific model')).toBe('a task-specific model');
  });
});

describe('a recorded model', () => {
  const signal = new AbortController().signal;

  test('replays by prompt', async () => {
    const client = new RecordedClient('imported/x', new Map([['a', 'said a']]));
    expect(await client.complete(buildRequest('a'), signal)).toEqual({ text: 'said a' });
    await expect(client.complete(buildRequest('b'), signal)).rejects.toMatchObject({ kind: 'fail' });
  });

  test('replays in order', async () => {
    const client = new RecordedClient('imported/x', ['one', 'two']);
    expect((await client.complete(buildRequest('x'), signal)).text).toBe('one');
    expect((await client.complete(buildRequest('x'), signal)).text).toBe('two');
    await expect(client.complete(buildRequest('x'), signal)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
