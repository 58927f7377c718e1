import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/core/runs/record';
import { formatRunLine } from '../../src/core/runs/runFile';
import { findModelOfRun, hasModelToAsk } from '../../src/extension/models/modelOfRun';
import { countMissing, hasFailures, isIncomplete } from '../../src/extension/runs/runState';
import { RunsUnderWay } from '../../src/extension/runs/runsUnderWay';
import { StoredRun } from '../../src/extension/runs/storedRun';
import { findWhatIsLeft } from '../../src/extension/runs/whatIsLeft';
import { endpointSchema } from '../../src/models/endpoints';
import { acted, failed, makeHeader, makeItem, makeScenario, stated } from './results';

const scenario = makeScenario([makeItem('Wealth'), makeItem('Freedom')]);
/** 2 + 2 × 2 requests, of which two are answered and one failed. */
const header = makeHeader(scenario);
const some: Observation[] = [stated({ Wealth: 1, Freedom: 2 }), acted('Wealth', 'agree'), failed('Freedom')];

describe('findWhatIsLeft', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'value-action-lens-'));
    path = join(folder, 'run.jsonl');
    writeFileSync(path, [header, ...some].map(formatRunLine).join(''));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('asks whatever has no answer, failures included', () => {
    expect(findWhatIsLeft(path, 'missing')).toMatchObject({ toAsk: 4, leftAlone: 0, settled: { size: 2 } });
  });

  it('asks the failures alone, and leaves what nobody asked for another time', () => {
    expect(findWhatIsLeft(path, 'failed')).toMatchObject({ toAsk: 1, leftAlone: 3, settled: { size: 5 } });
  });

  it('does not ask again what was answered after it had failed', () => {
    writeFileSync(path, formatRunLine(acted('Freedom', 'agree')), { flag: 'a' });
    expect(findWhatIsLeft(path, 'failed').toAsk).toBe(0);
  });
});

describe('what a run on disk lacks', () => {
  const read = (model: { id: string; baseUrl?: string }, observations: readonly Observation[]) => {
    const run = new StoredRun('/runs/1.jsonl', '/work', { ...header, model: { ...header.model, ...model } });
    run.read(observations);
    return run;
  };

  it('is counted without its failures', () => {
    const run = read({ id: 'lab/parrot', baseUrl: 'http://lab' }, some);
    expect([countMissing(run), isIncomplete(run), hasFailures(run)]).toEqual([3, true, true]);
  });

  it('cannot be asked where nobody is behind the answers', () => {
    const run = read({ id: 'via/gpt-4o-mini' }, some);
    expect([isIncomplete(run), hasFailures(run)]).toEqual([false, false]);
    expect(hasModelToAsk({ id: 'vscode/copilot/gpt' })).toBe(true);
  });

  it('is unknown before the run was read', () => {
    const run = new StoredRun('/runs/1.jsonl', '/work', header);
    expect([countMissing(run), isIncomplete(run), hasFailures(run)]).toEqual([0, false, false]);
  });
});

describe('the model of an earlier run', () => {
  const endpoints = [
    endpointSchema.parse({ name: 'lab', baseUrl: 'http://lab:1/v1', models: ['parrot'] }),
    endpointSchema.parse({ name: 'other', baseUrl: 'http://other/v1/', models: [{ id: 'org/owl', temperature: 1 }] }),
  ];
  const find = (id: string, baseUrl?: string) => findModelOfRun(endpoints, { id, baseUrl });

  it('is found by address and name, whatever the endpoint is called and whether the address ends in a slash', () => {
    expect(find('lab/parrot', 'http://lab:1/v1')).toMatchObject({ kind: 'found', endpoint: { name: 'lab' } });
    expect(find('host-8000/org/owl', 'http://other/v1')).toMatchObject({ kind: 'found', model: { id: 'org/owl' } });
  });

  it('is not asked at an address that only the run knows', () => {
    expect(find('lab/parrot', 'http://evil/v1')).toMatchObject({ kind: 'moved', endpoint: { name: 'lab' } });
    expect(find('nobody/parrot', 'http://evil/v1')).toEqual({ kind: 'no-endpoint', baseUrl: 'http://evil/v1' });
    expect(find('lab/parrot')).toEqual({ kind: 'no-address' });
  });

  it('must still be among the chosen ones', () => {
    expect(find('lab/owl', 'http://lab:1/v1')).toMatchObject({ kind: 'not-chosen', name: 'owl' });
  });
});

describe('RunsUnderWay', () => {
  function inMemory(stored: Record<string, unknown> = {}) {
    return {
      get: <T>(key: string) => stored[key] as T | undefined,
      update: async (key: string, value: unknown) => {
        stored[key] = structuredClone(value);
      },
    };
  }

  it('tells the next window what did not end in this one', async () => {
    const memento = inMemory();
    const window = new RunsUnderWay(memento);
    const endFirst = window.begin('/runs/1.jsonl');
    window.begin('/runs/2.jsonl');
    await endFirst();
    expect(new RunsUnderWay(memento).cutOff).toEqual(['/runs/2.jsonl']);
    expect(new RunsUnderWay(memento).cutOff).toEqual([]);
  });

  it('takes a run that its window ends for cut off', async () => {
    const memento = inMemory();
    const window = new RunsUnderWay(memento);
    const end = window.begin('/runs/1.jsonl');
    window.dispose();
    await end();
    expect(new RunsUnderWay(memento).cutOff).toEqual(['/runs/1.jsonl']);
  });

  it('knows of none where what was kept cannot be read', () => {
    expect(new RunsUnderWay(inMemory({ runsUnderWay: { a: 1 } })).cutOff).toEqual([]);
  });
});
