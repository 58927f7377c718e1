import { expect, test } from 'vitest';
import { listRequests, requestId } from '../../src/core/runs/plan';
import type { AnswerCache, KnownAnswer } from '../../src/engine/answerCache';
import type { AnswerPlace } from '../../src/engine/answerPlace';
import { estimateCost, estimateRun } from '../../src/engine/preflight';
import { executeRun } from '../../src/engine/runner';
import type { ModelClient } from '../../src/models/client';
import { answerPrompt } from '../fixtures/openaiServer';
import { buildHeader, buildScenario } from '../fixtures/runs';

class MemoryCache implements AnswerCache {
  private readonly answers = new Map<string, KnownAnswer>();
  find = async ({ shelf, key }: AnswerPlace) => this.answers.get(shelf + key);
  remember = ({ shelf, key }: AnswerPlace, answer: KnownAnswer) => void this.answers.set(shelf + key, answer);
  close = async () => undefined;
}

const values = Array.from({ length: 56 }, (_, n) => `Value ${n}`);
const header = buildHeader(buildScenario(values));
const journal = { append: async () => undefined, close: async () => undefined };

function model(): ModelClient & { asked: string[] } {
  const asked: string[] = [];
  return {
    id: 'test/model',
    notes: [],
    asked,
    async complete({ messages }) {
      asked.push(messages.at(-1)?.content ?? '');
      return { text: answerPrompt({ body: { messages: [...messages] } }), usage: { input: 10, output: 3 } };
    },
  };
}

async function run(cache: AnswerCache, run = header) {
  const client = model();
  const estimate = await estimateRun({ header: run, client, cache });
  const signal = new AbortController().signal;
  const outcome = await executeRun({ header: run, client, cache, journal, concurrency: 8, signal });
  expect(estimate).toMatchObject({ ask: client.asked.length, known: 456 - client.asked.length });
  return { client, estimate, outcome };
}

test('a second run asks nothing and spends nothing', async () => {
  const cache = new MemoryCache();
  const first = await run(cache);
  expect(first.client.asked).toHaveLength(456);
  expect(first.outcome.usage).toEqual({ input: 4560, output: 1368 });
  const second = await run(cache);
  expect(second.client.asked).toHaveLength(0);
  expect(second.estimate).toEqual({ ask: 0, known: 456, inputTokens: 0, outputTokens: 0 });
  expect(second.outcome).toMatchObject({ status: 'done', done: 456, usage: { input: 0, output: 0 } });
});

test('one action edited in a file of 56 items: exactly its 8 requests go out', async () => {
  const cache = new MemoryCache();
  await run(cache);
  const edited = buildScenario(values);
  Object.assign(edited.items[17]?.disagree ?? {}, { action: 'I sleep until noon.' });
  const { client } = await run(cache, buildHeader(edited));
  expect(client.asked).toHaveLength(8);
  expect(client.asked.every((prompt) => prompt.includes('I sleep until noon.'))).toBe(true);
});

test('another definition: its 8 requests, and Task 1 of the scenario where it is shown', async () => {
  const cache = new MemoryCache();
  await run(cache);
  const edited = buildScenario(values);
  Object.assign(edited.items[17] ?? {}, { definition: 'something else' });
  const { client } = await run(cache, buildHeader(edited));
  // The portraits stay, so that of Task 1 the four survey wordings change; so do those of Task 2 that name it.
  expect(client.asked.every((prompt) => prompt.includes('something else'))).toBe(true);
  expect(client.asked.filter((prompt) => !prompt.includes('Option 1: I'))).toHaveLength(4);
});

test('what the run file holds already is known', async () => {
  const answered = new Set([...listRequests(header)].slice(0, 100).map(requestId));
  expect(await estimateRun({ header, client: model(), answered })).toMatchObject({ ask: 356, known: 100 });
});

test('tokens are estimated from what is sent and expected, and cost from tokens', async () => {
  const { inputTokens, outputTokens } = await estimateRun({ header, client: model() });
  // 8 prompts with 56 lines of some 10 tokens, and 448 of some 80.
  expect(inputTokens).toBeGreaterThan(448 * 50);
  expect(inputTokens).toBeLessThan(448 * 150);
  expect(outputTokens).toBeGreaterThan(8 * 56 * 6);
  expect(outputTokens).toBeLessThan(8 * 56 * 15 + 448 * 70);
  expect(estimateCost({ inputTokens: 2_000_000, outputTokens: 500_000 }, { input: 0.15, output: 0.6 })).toBeCloseTo(
    0.6,
  );
});
