/** Runs on disk against a local Batch API, for tests. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { requestId, requestOf } from '../../../src/core/runs/plan';
import type { Observation, RunHeader } from '../../../src/core/runs/record';
import { type BatchRunOptions, executeBatchRun } from '../../../src/engine/batch/batchRun';
import type { RunEvent, RunOutcome } from '../../../src/engine/events';
import { createRunFile } from '../../../src/engine/journal';
import type { Clock, Journal } from '../../../src/engine/ports';
import { openForResume } from '../../../src/engine/resume';
import { readRun } from '../../../src/engine/runFiles';
import type { BatchClient } from '../../../src/models/batchClient';
import { OpenAICompatibleClient } from '../../../src/models/openai';
import { type BatchServer, type BatchServerOptions, startBatchServer } from '../../fixtures/openaiBatchServer';

const folders: string[] = [];
const servers: BatchServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export async function serve(options: BatchServerOptions = {}): Promise<BatchServer> {
  const server = await startBatchServer(options);
  servers.push(server);
  return server;
}

export function newRunFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'val-batch-'));
  folders.push(folder);
  return join(folder, 'run.jsonl');
}

export const KEY = 'sk-test-1234567890abcdef';

export function clientFor({ baseUrl }: Pick<BatchServer, 'baseUrl'>, apiKey?: string): OpenAICompatibleClient {
  return new OpenAICompatibleClient({ endpoint: { name: 'local', baseUrl }, model: 'test-model', apiKey });
}

/** Time passes only by sleeping, and sleeping takes none. */
export class QuickClock implements Clock {
  readonly slept: number[] = [];
  private ms = 0;
  now(): number {
    return this.ms;
  }
  date(): string {
    return '2026-01-31T10:00:00.000Z';
  }
  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.ms += ms;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export interface CarriedOut {
  readonly outcome: RunOutcome;
  readonly events: RunEvent[];
  readonly observations: readonly Observation[];
  readonly clock: QuickClock;
}

type Change = Partial<BatchRunOptions> & { readonly wrap?: (journal: Journal) => Journal };

/** Begins the run, or goes on with it where its file is there. */
export async function carryOut(path: string, header: RunHeader, client: BatchClient, change: Change = {}) {
  const resumed = existsSync(path) ? await openForResume(path) : undefined;
  const file = resumed?.journal ?? (await createRunFile(path, header));
  const { wrap, ...options } = change;
  const clock = new QuickClock();
  const events: RunEvent[] = [];
  const { answered, known } = resumed ?? {};
  const outcome = await executeBatchRun({
    header,
    runPath: path,
    client,
    journal: wrap?.(file) ?? file,
    answered,
    known,
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    clock,
    random: () => 0.5,
    ...options,
  });
  await file.close();
  return { outcome, events, observations: readRun(path).observations, clock } satisfies CarriedOut;
}

export function listIds(observations: readonly Observation[]): string[] {
  return observations.map((observation) => requestId(requestOf(observation))).sort();
}

/** What was said, by request: equal for two runs that asked the same. */
export function listAnswers(observations: readonly Observation[]): string[] {
  const describe = (observation: Observation): unknown[] => {
    if (observation.type === 'failure') return [observation.failure.code];
    const { raw, usage } = observation;
    if (observation.type === 'state') return [raw, usage, observation.answers];
    return [raw, usage, observation.answer, observation.explanation];
  };
  return observations
    .map((observation) => JSON.stringify([requestId(requestOf(observation)), ...describe(observation)]))
    .sort();
}

export const noticesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
export const waitsOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'waiting' ? [event.reason] : []));
