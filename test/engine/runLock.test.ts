import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunFile } from '../../src/engine/journal';
import { JournalError } from '../../src/engine/ports';
import { openForResume } from '../../src/engine/resume';
import { lockRun } from '../../src/engine/runLock';
import { buildHeader, buildScenario } from '../fixtures/runs';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-lock-'));
  path = join(folder, 'run.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const writtenBy = (pid: number, host = hostname()) => writeFileSync(`${path}.lock`, JSON.stringify({ pid, host }));
/** Lives as long as the tests do. */
const livingPid = process.ppid;

async function newRun() {
  await (await createRunFile(path, buildHeader(buildScenario(['Freedom'])))).close();
}

test('a run is locked while it is written, and free afterwards', async () => {
  const journal = await createRunFile(path, buildHeader(buildScenario(['Freedom'])));
  expect(existsSync(`${path}.lock`)).toBe(true);
  await journal.close();
  expect(existsSync(`${path}.lock`)).toBe(false);
  const { journal: again } = await openForResume(path);
  expect(existsSync(`${path}.lock`)).toBe(true);
  await again.close();
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test('what another process writes is not gone on with', async () => {
  await newRun();
  writtenBy(livingPid);
  await expect(openForResume(path)).rejects.toThrow(JournalError);
  await expect(openForResume(path)).rejects.toThrow(new RegExp(`being written by process ${livingPid} on .*delete`));
  expect(existsSync(`${path}.lock`)).toBe(true);
});

test('whether a process of another machine lives cannot be told', async () => {
  await newRun();
  writtenBy(2 ** 22 + 1, 'elsewhere');
  await expect(openForResume(path)).rejects.toThrow(/on elsewhere/);
});

test.each<[string, () => void]>([
  ['a killed process', () => writtenBy(2 ** 22 + 1)],
  ['a process killed while it wrote the lock', () => writeFileSync(`${path}.lock`, '{"pid":')],
  ['this process, which knows what it does', () => writtenBy(process.pid)],
])('what was left behind by %s is taken over', async (_, leave) => {
  await newRun();
  leave();
  const { journal } = await openForResume(path);
  await journal.close();
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test('a run that cannot be taken up is left without a lock', async () => {
  writeFileSync(path, 'country: India\n');
  await expect(openForResume(path)).rejects.toThrow(/not the header/);
  expect(existsSync(`${path}.lock`)).toBe(false);
  await expect(lockRun(join(folder, 'none', 'run.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' });
});
