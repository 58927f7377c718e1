import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listRequests, requestId, requestOf } from '../../src/core/runs/plan';
import type { RunHeader } from '../../src/core/runs/record';
import { formatRunLine, RunFileError } from '../../src/core/runs/runFile';
import { addToTally, EMPTY_TALLY } from '../../src/core/runs/tally';
import { createRunFile } from '../../src/engine/journal';
import { openForResume } from '../../src/engine/resume';
import { readRun } from '../../src/engine/runFiles';
import { executeRun } from '../../src/engine/runner';
import { type ModelClient, ModelError } from '../../src/models/client';
import { answerPrompt } from '../fixtures/openaiServer';
import { buildHeader, buildScenario } from '../fixtures/runs';

// As it comes back from a file: without keys that are undefined.
const header: RunHeader = JSON.parse(JSON.stringify(buildHeader(buildScenario(['Freedom', '__proto__']))));
const total = 24;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-resume-'));
  path = join(folder, 'run.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function answering(fails: (index: number) => boolean): ModelClient & { asked: number } {
  return {
    id: 'test/model',
    notes: [],
    asked: 0,
    async complete({ messages }) {
      if (fails(this.asked++)) throw new ModelError('server-error', 'fail', 'status 500');
      return { text: answerPrompt({ body: { messages: [...messages] } }), usage: { input: 10, output: 3 } };
    },
  };
}

const signal = new AbortController().signal;

async function begin(fails: (index: number) => boolean = () => false) {
  const journal = await createRunFile(path, header);
  await executeRun({ header, client: answering(fails), journal, concurrency: 1, signal });
  await journal.close();
}

async function resume() {
  const { answered, known, journal, ...rest } = await openForResume(path);
  const client = answering(() => false);
  const outcome = await executeRun({ header: rest.header, client, journal, answered, known, concurrency: 3, signal });
  await journal.close();
  return { outcome, asked: client.asked, ...rest };
}

/** Keeps the header and so many lines, and a piece of the next one. */
function cutFile(lines: number, piece: number): void {
  const all = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${all.slice(0, 1 + lines).join('\n')}\n${all[1 + lines]?.slice(0, piece)}`);
}

describe('a run taken up again', () => {
  test.each([
    [0, 0],
    [5, 0],
    [7, 40],
    [23, 1e6],
  ])('after %i answers and %i characters of the next asks exactly what is missing', async (lines, piece) => {
    await begin();
    const whole = readRun(path);
    cutFile(lines, piece);
    const { outcome, asked } = await resume();
    expect(asked).toBe(total - lines);
    expect(outcome).toEqual({
      status: 'done',
      done: total,
      failed: 0,
      total,
      usage: { input: 10 * total, output: 3 * total },
    });
    const run = readRun(path);
    expect(run.skipped).toEqual([]);
    const answersOf = ({ observations }: typeof run) =>
      observations.map((o) => [requestId(requestOf(o)), o.type !== 'failure' && o.raw]).sort();
    expect(answersOf(run)).toEqual(answersOf(whole));
    expect(answersOf(run).map(([id]) => id)).toEqual([...listRequests(header)].map(requestId).sort());
  });

  test('asks again what failed, and keeps one line for each request', async () => {
    await begin((index) => index % 4 === 0);
    expect(readRun(path).observations.filter(({ type }) => type === 'failure')).toHaveLength(6);
    const { outcome, asked, failures } = await resume();
    expect({ asked, failures, status: outcome.status, failed: outcome.failed }).toEqual({
      asked: 6,
      failures: 6,
      status: 'done',
      failed: 0,
    });
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(1 + total);
  });

  test('copies no half-written line when it takes failures out', async () => {
    await begin((index) => index === 2);
    appendFileSync(path, '{"type":"act","scen');
    const { asked } = await resume();
    expect(asked).toBe(1);
    expect(readRun(path)).toMatchObject({ skipped: [], observations: { length: total } });
  });

  test('that is whole asks nothing', async () => {
    await begin();
    const before = readFileSync(path, 'utf8');
    expect(await resume()).toMatchObject({ asked: 0, outcome: { status: 'done', done: total } });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('says where the file is gone or no run', async () => {
    await expect(openForResume(path)).rejects.toThrow(/no such file/i);
    writeFileSync(path, 'country: India\n');
    await expect(openForResume(path)).rejects.toThrow(RunFileError);
    expect(readFileSync(path, 'utf8')).toBe('country: India\n');
  });

  test('counts what is unusable, and tokens that were spent', async () => {
    const at = '2026-01-31T09:30:01.000Z';
    const act = { type: 'act', scenario: 'S', value: 'Freedom', repeat: 0, raw: '', at } as const;
    const observations = [
      { ...act, variant: 0, answer: 'agree', usage: { input: 7, output: 2 } },
      { ...act, variant: 1, answer: 'refused', usage: { input: 7, output: 2 }, cached: true },
      {
        type: 'state',
        scenario: 'S',
        variant: 0,
        repeat: 0,
        answers: [
          ['Freedom', 1],
          ['__proto__', 'missing'],
        ],
        raw: '',
        at,
      },
    ] as const;
    writeFileSync(path, [header, ...observations].map((line) => formatRunLine(line as never)).join(''));
    const { known, journal } = await openForResume(path);
    await journal.close();
    expect(known).toEqual({ answered: 3, failed: 0, unusable: 2, usage: { input: 7, output: 2 } });
    const failure = { type: 'failure', task: 'state', scenario: 'S', variant: 0, repeat: 0, at } as const;
    expect(addToTally(EMPTY_TALLY, failure, 0)).toEqual({
      ...EMPTY_TALLY,
      failed: 1,
    });
  });
});
