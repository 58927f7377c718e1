import { describe, expect, test } from 'vitest';
import { couldNotBeRead } from '../../src/core/answers/unread';
import { remindOfFormat } from '../../src/core/prompts/reminder';
import { renderTask1, task1AnswerFormat } from '../../src/core/prompts/task1';
import { renderTask2, task2AnswerFormat } from '../../src/core/prompts/task2';
import type { Observation, StatedAnswer } from '../../src/core/runs/record';
import type { AnswerCache, KnownAnswer } from '../../src/engine/answerCache';
import { executeRun, type RunOptions } from '../../src/engine/runner';
import { type ModelClient, ModelError, type ModelReply } from '../../src/models/client';
import { answerPrompt } from '../fixtures/openaiServer';
import { buildHeader, buildScenario } from '../fixtures/runs';

const REMINDER = 'Write nothing but one JSON object';
const variants = { task1: [0], task2: [1] };
/** One prompt of each task. */
const header = buildHeader(buildScenario(['Freedom']), { variants });
const usage = { input: 10, output: 3 };

async function run(reply: (prompt: string, index: number) => string | ModelError, change: Partial<RunOptions> = {}) {
  const prompts: string[] = [];
  const client: ModelClient = {
    id: 'test/model',
    notes: [],
    async complete({ messages }): Promise<ModelReply> {
      const prompt = messages.at(-1)?.content ?? '';
      const text = reply(prompt, prompts.push(prompt) - 1);
      if (text instanceof Error) throw text;
      return { text, usage };
    },
  };
  const observations: Observation[] = [];
  const journal = {
    append: async (observation: Observation) => void observations.push(observation),
    close: async () => undefined,
  };
  const signal = new AbortController().signal;
  const outcome = await executeRun({ header, client, journal, concurrency: 1, signal, ...change });
  const [state, act] = observations;
  return { outcome, prompts, state, act };
}

const properly = (prompt: string) => answerPrompt({ body: { messages: [{ role: 'user', content: prompt }] } });
const prose = 'Both have their merits.';

describe('an answer that cannot be read', () => {
  test('is asked for again, once, with a reminder at the end of the same prompt', async () => {
    const { prompts, state, act, outcome } = await run((prompt) =>
      prompt.includes(REMINDER) ? properly(prompt) : prose,
    );
    expect(prompts).toHaveLength(4);
    expect(prompts[1]).toBe(`${prompts[0]}\n\n${prompts[1]?.slice((prompts[0]?.length ?? 0) + 2)}`);
    expect(state).toMatchObject({ answers: [['Freedom', 4]], unread: [prose], usage: { input: 20, output: 6 } });
    expect(act).toMatchObject({ answer: 'agree', unread: [prose], usage: { input: 20, output: 6 } });
    expect(outcome).toMatchObject({ done: 2, usage: { input: 40, output: 12 } });
  });

  test('again is recorded as it is, with both texts', async () => {
    const { prompts, act, state } = await run((_, index) => `${prose} ${index}`);
    expect(prompts).toHaveLength(4);
    expect(state).toMatchObject({ answers: [['Freedom', 'unparsed']], raw: `${prose} 1`, unread: [`${prose} 0`] });
    expect(act).toMatchObject({ answer: 'unparsed', raw: `${prose} 3`, unread: [`${prose} 2`] });
  });

  test('may end in a refusal', async () => {
    const { act } = await run((prompt) => (prompt.includes(REMINDER) ? "I'm sorry, but I can't choose." : prose));
    expect(act).toMatchObject({ answer: 'refused', unread: [prose] });
  });

  test('is asked for as often as told', async () => {
    expect((await run(() => prose, { reasks: 0 })).prompts).toHaveLength(2);
    const patient = await run((_, index) => `${prose} ${index}`, { reasks: 3 });
    expect(patient.prompts).toHaveLength(8);
    expect(patient.act).toMatchObject({ usage: { input: 40, output: 12 }, unread: { length: 3 } });
  });

  test('is kept where asking again fails, unless that stops the model', async () => {
    const failing = await run((prompt) =>
      prompt.includes(REMINDER) ? new ModelError('bad-request', 'fail', 'too long') : prose,
    );
    expect(failing.outcome).toMatchObject({ status: 'done', failed: 0 });
    expect(failing.act).toMatchObject({ answer: 'unparsed', raw: prose, usage });
    const stopping = await run((prompt) =>
      prompt.includes(REMINDER) ? new ModelError('unauthorized', 'stop', 'no key') : prose,
    );
    expect(stopping.outcome).toMatchObject({ status: 'stopped', done: 0 });
  });

  test('a second run knows both answers', async () => {
    const answers = new Map<string, KnownAnswer>();
    const cache: AnswerCache = {
      find: async ({ key }) => answers.get(key),
      remember: ({ key }, answer) => void answers.set(key, answer),
      close: async () => undefined,
    };
    const first = await run((_, index) => `${prose} ${index}`, { cache, reasks: 2 });
    const second = await run(() => 'never asked', { cache, reasks: 2 });
    expect(second.prompts).toEqual([]);
    const { at: _at, ms: _ms, ...kept } = first.act as Extract<Observation, { type: 'act' }>;
    expect(second.act).toMatchObject({ ...kept, cached: true });
    expect(second.outcome.usage).toEqual({ input: 0, output: 0 });
  });
});

test('a refusal is not argued with', async () => {
  const { prompts, act } = await run(() => "I'm sorry, but I can't choose between these.");
  expect(prompts).toHaveLength(2);
  expect(act).toMatchObject({ answer: 'refused' });
  expect(act).not.toHaveProperty('unread');
});

test.each<[StatedAnswer[], boolean]>([
  [['unparsed', 'unparsed'], true],
  [['unparsed', 'missing'], true],
  // One usable value is enough to leave the answer as it is.
  [['unparsed', 2], false],
  [['missing', 2], false],
  [['refused', 'refused'], false],
  [['missing', 'missing'], false],
  [[], false],
])('a stated answer of %j is asked for again: %s', (answers, expected) => {
  const state = { type: 'state', scenario: 'S', variant: 0, repeat: 0, raw: '', at: '' } as const;
  expect(couldNotBeRead({ ...state, answers: answers.map((answer) => ['V', answer]) })).toBe(expected);
});

test('the reminder names the format that was asked for, in the last user message', () => {
  const scenario = { ...header.scenarios[0]!, system: 'Be brief.' };
  const item = scenario.items[0]!;
  const stated = remindOfFormat(renderTask1(scenario, 0), task1AnswerFormat(scenario));
  expect(stated.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(stated[0]?.content).toBe('Be brief.');
  expect(stated[1]?.content).toMatch(/name of every value is a key/);
  const plain = remindOfFormat(renderTask2(scenario, item, 0), task2AnswerFormat(0)).at(-1)?.content;
  expect(plain).toMatch(/"action" holds "Option 1" or "Option 2"\.$/);
  expect(plain).not.toContain('"explanation"');
  expect(remindOfFormat(renderTask2(scenario, item, 1), task2AnswerFormat(1)).at(-1)?.content).toMatch(
    /"explanation" holds your reasons/,
  );
});
