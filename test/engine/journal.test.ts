import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Observation, RunHeader } from '../../src/core/runs/record';
import { createRunFile, openRunFile, removeFailures } from '../../src/engine/journal';
import { JournalError } from '../../src/engine/ports';
import { readRun, readRunHeader } from '../../src/engine/runFiles';
import { buildHeader, buildScenario } from '../fixtures/runs';

// As it comes back from a file: without keys that are undefined.
const header: RunHeader = JSON.parse(JSON.stringify(buildHeader(buildScenario(['Freedom']))));
const at = '2026-01-31T09:30:01.000Z';

function act(variant: number, raw = '{}'): Observation {
  return { type: 'act', scenario: 'S', value: 'Freedom', variant, repeat: 0, answer: 'agree', raw, at };
}
function failure(variant: number): Observation {
  const what = { code: 'timeout', message: 'no "failure" of ours' };
  return { type: 'failure', task: 'act', scenario: 'S', value: 'Freedom', variant, repeat: 0, failure: what, at };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a run file', () => {
  test('holds the header and each observation on a line of its own, in order, however fast they come', async () => {
    const path = join(folder, 'new', 'run.jsonl');
    const journal = await createRunFile(path, header);
    const raws = Array.from({ length: 200 }, (_, n) => 'x'.repeat((n * 7919) % 5000));
    await Promise.all(raws.map((raw, n) => journal.append(act(n % 8, raw))));
    await journal.close();
    const run = readRun(path);
    expect(run.skipped).toEqual([]);
    expect(run.header).toEqual(header);
    expect(run.observations.map((o) => o.type === 'act' && o.raw)).toEqual(raws);
  });

  test('has an observation on disk as soon as append resolves', async () => {
    const path = join(folder, 'run.jsonl');
    const journal = await createRunFile(path, header);
    await journal.append(act(3));
    expect(readRun(path).observations).toEqual([act(3)]);
    await journal.close();
  });

  test('keeps line separators that JSON leaves alone inside an answer', async () => {
    const path = join(folder, 'run.jsonl');
    const journal = await createRunFile(path, header);
    const raw = 'a\u2028b\u2029c\r\nd \u{1f600} ü';
    await journal.append(act(0, raw));
    await journal.close();
    expect(readRun(path).observations).toEqual([act(0, raw)]);
  });

  test('reads characters that are cut by the reading chunks', async () => {
    const path = join(folder, 'run.jsonl');
    const journal = await createRunFile(path, header);
    const raw = 'ü'.repeat(200_001);
    await journal.append(act(0, raw));
    await journal.close();
    expect(readRun(path).observations).toEqual([act(0, raw)]);
  });

  test('is never overwritten', async () => {
    const path = join(folder, 'run.jsonl');
    writeFileSync(path, 'precious');
    await expect(createRunFile(path, header)).rejects.toThrow(/exists already.*never overwritten/);
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  test('is put back with everything in it where it is deleted during the run', async () => {
    const path = join(folder, 'runs', 'run.jsonl');
    const journal = await createRunFile(path, header);
    await journal.append(act(0));
    rmSync(join(folder, 'runs'), { recursive: true });
    await journal.append(act(1));
    await journal.close();
    expect(readRun(path)).toMatchObject({ header, observations: [act(0), act(1)], skipped: [] });
  });

  test('names the cause and the next step where it cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(createRunFile(join(folder, 'file', 'run.jsonl'), header)).rejects.toThrow(JournalError);
    await expect(createRunFile(folder, header)).rejects.toThrow(/cannot be written/);
  });

  test.runIf(existsSync('/dev/full'))('says that the disk is full, and then stays closed', async () => {
    const journal = await openRunFile('/dev/full');
    await expect(journal.append(act(0))).rejects.toThrow(/no space left.*Free some/);
    await expect(journal.append(act(1))).rejects.toThrow(/no space left/);
    await journal.close();
  });

  test('refuses what comes after it was closed', async () => {
    const journal = await createRunFile(join(folder, 'run.jsonl'), header);
    await journal.close();
    await journal.close();
    await expect(journal.append(act(0))).rejects.toThrow(JournalError);
  });
});

describe('opening a run file again', () => {
  test('cuts off a half-written last line and goes on behind it', async () => {
    const path = join(folder, 'run.jsonl');
    await (await createRunFile(path, header)).close();
    appendFileSync(path, `${JSON.stringify(act(0))}\n{"type":"act","scen`);
    const journal = await openRunFile(path);
    await journal.append(act(1));
    await journal.close();
    expect(readRun(path)).toMatchObject({ observations: [act(0), act(1)], skipped: [] });
  });

  test('leaves a whole file as it is', async () => {
    const path = join(folder, 'run.jsonl');
    await (await createRunFile(path, header)).close();
    const before = readFileSync(path, 'utf8');
    await (await openRunFile(path)).close();
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('says that there is none', async () => {
    await expect(openRunFile(join(folder, 'none.jsonl'))).rejects.toThrow(/no such file/);
  });
});

describe('taking failures out', () => {
  test('leaves every other line as it was', async () => {
    const path = join(folder, 'run.jsonl');
    const journal = await createRunFile(path, header);
    const told = act(2, 'the word "failure" and {"type":"failure"}');
    for (const observation of [act(0), failure(1), told, failure(3)]) await journal.append(observation);
    await journal.close();
    expect(await removeFailures(path)).toBe(2);
    expect(readRun(path)).toMatchObject({ header, observations: [act(0), told], skipped: [] });
    expect(existsSync(`${path}.${process.pid}.tmp`)).toBe(false);
  });

  test('says that the file is gone', async () => {
    await expect(removeFailures(join(folder, 'none.jsonl'))).rejects.toThrow(JournalError);
  });
});

describe('reading', () => {
  test('names a file that is gone, empty or something else', () => {
    expect(() => readRun(join(folder, 'none.jsonl'))).toThrow(/none\.jsonl: There is no such file/);
    const path = join(folder, 'other.jsonl');
    writeFileSync(path, '');
    expect(() => readRun(path)).toThrow(/other\.jsonl: The file is empty/);
    writeFileSync(path, '{"hello":1}\n');
    expect(() => readRunHeader(path)).toThrow(/not the header/);
  });

  test('reads a header without its observations', async () => {
    const path = join(folder, 'run.jsonl');
    await (await createRunFile(path, header)).close();
    appendFileSync(path, 'not JSON at all\n');
    expect(readRunHeader(path)).toEqual(header);
    expect(readRun(path).skipped).toEqual([{ line: 2, reason: 'cut or not JSON' }]);
  });
});
