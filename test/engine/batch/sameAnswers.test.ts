import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countRequests } from '../../../src/core/runs/plan';
import type { Observation, RunHeader } from '../../../src/core/runs/record';
import { executeRun } from '../../../src/engine/runner';
import type { CallName, LineBehaviour } from '../../fixtures/openaiBatchServer';
import { buildHeader, buildScenario } from '../../fixtures/runs';
import { carryOut, clientFor, listAnswers, listIds, newRunFile, serve } from './harness';

const name = fc.oneof(
  fc.constantFrom('__proto__', 'Freedom', '"quoted"', 'a\u2028b', '価値', '<b>', 'two\nlines'),
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constant('long '.repeat(400)),
);

const trouble: fc.Arbitrary<LineBehaviour | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom<LineBehaviour>({ kind: 'missing' }, { kind: 'garbage' }) },
  { weight: 1, arbitrary: fc.constant<LineBehaviour>({ kind: 'status', status: 500, error: { message: 'No.' } }) },
);

const course = fc.record({
  values: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
  repeats: fc.integer({ min: 1, max: 2 }),
  requests: fc.integer({ min: 1, max: 40 }),
  bytes: fc.integer({ min: 20_000, max: 60_000 }),
  looks: fc.integer({ min: 0, max: 3 }),
  lines: fc.array(trouble, { minLength: 5, maxLength: 17 }),
  ends: fc.array(fc.constantFrom(undefined, 'expired', 'failed', 'cancelled'), { minLength: 3, maxLength: 5 }),
  broken: fc.constantFrom<CallName | undefined>(undefined, 'upload', 'create', 'retrieve', 'download'),
  how: fc.constantFrom('reset', 'lost', 'cut'),
  cancelAt: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
});

async function runOrdinarily(header: RunHeader, baseUrl: string): Promise<Observation[]> {
  const observations: Observation[] = [];
  const journal = { append: async (o: Observation) => void observations.push(o), close: async () => {} };
  const { signal } = new AbortController();
  // Batches do not ask again for what cannot be read.
  const client = clientFor({ baseUrl });
  const outcome = await executeRun({ header, client, journal, concurrency: 8, reasks: 0, signal });
  expect(outcome.status).toBe('done');
  return observations;
}

test('whatever goes wrong, resuming ends with what an ordinary run at the same server hears, each once', async () => {
  await fc.assert(
    fc.asyncProperty(course, async (given) => {
      const header = buildHeader(buildScenario(given.values), { repeats: given.repeats });
      let seen = 0;
      const server = await serve({
        looks: given.looks,
        // Trouble ends some day.
        line: (_line, batch) => (batch < 8 ? given.lines[seen++ % given.lines.length] : undefined),
        end: (batch) => (batch < 8 ? given.ends[batch % given.ends.length] : undefined),
        call: ({ name, index }) => (name === given.broken && index % 3 === 0 && index < 9 ? given.how : undefined),
      });
      const path = newRunFile();
      const client = clientFor(server).forBatches();
      const limits = { requests: given.requests, bytes: given.bytes };
      const cancelAt = [...given.cancelAt];
      for (let round = 0; ; round++) {
        expect(round).toBeLessThan(40);
        const controller = new AbortController();
        let left = cancelAt.shift() ?? Number.POSITIVE_INFINITY;
        const { outcome, observations } = await carryOut(path, header, client, {
          limits,
          signal: controller.signal,
          onEvent: () => --left === 0 && controller.abort(),
        });
        // No request has two lines, at no time.
        expect(new Set(listIds(observations)).size).toBe(observations.length);
        expect(outcome.done).toBe(observations.length);
        expect(outcome.failed).toBe(observations.filter(({ type }) => type === 'failure').length);
        expect(['done', 'done-with-failures', 'canceled']).toContain(outcome.status);
        if (outcome.status !== 'done') continue;
        expect(observations).toHaveLength(countRequests(header));
        const total = observations.length;
        expect(outcome.usage).toEqual({ input: total * 100, output: total * 20 });
        expect(listAnswers(observations)).toEqual(listAnswers(await runOrdinarily(header, server.baseUrl)));
        break;
      }
      await server.close();
    }),
    { numRuns: 12, seed: 4 },
  );
}, 120_000);
