import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCommonFolder, nameJudgementFile } from '../../../src/extension/review/judgementFile';
import { JudgementLog } from '../../../src/extension/review/judgementLog';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'value-action-lens-review-'));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

const makeLog = (name = 'ana.ratings.jsonl') =>
  new JudgementLog<{ readonly n: number }>(join(folder, name), (entry) => `${JSON.stringify(entry)}\n`);
const read = (name = 'ana.ratings.jsonl') => readFileSync(join(folder, name), 'utf8');

describe('a log of judgements', () => {
  it('has each judgement in the file as soon as it says so', async () => {
    const log = makeLog();
    expect(await log.add({ n: 1 })).toEqual({ unsaved: 0 });
    expect(read()).toBe('{"n":1}\n');
    await log.add({ n: 2 });
    expect(read()).toBe('{"n":1}\n{"n":2}\n');
  });

  it('keeps the order of judgements that come faster than the disk takes them', async () => {
    const log = makeLog();
    await Promise.all(Array.from({ length: 50 }, (_, n) => log.add({ n })));
    expect(read()).toBe(Array.from({ length: 50 }, (_, n) => `{"n":${n}}\n`).join(''));
  });

  it('does not let a line that was left open swallow the next', async () => {
    writeFileSync(join(folder, 'ana.ratings.jsonl'), '{"n":1}\n{"n":');
    await makeLog().add({ n: 2 });
    expect(read()).toBe('{"n":1}\n{"n":\n{"n":2}\n');
  });

  it('adds to a file that somebody else changed, and makes one that was deleted again', async () => {
    const log = makeLog();
    await log.add({ n: 1 });
    writeFileSync(join(folder, 'ana.ratings.jsonl'), '{"n":0}\n{"n":1}\n');
    await log.add({ n: 2 });
    expect(read()).toBe('{"n":0}\n{"n":1}\n{"n":2}\n');
    rmSync(join(folder, 'ana.ratings.jsonl'));
    await log.add({ n: 3 });
    expect(read()).toBe('{"n":3}\n');
  });

  it('keeps what cannot be written, says why, and writes all of it later', async () => {
    const path = join(folder, 'ana.ratings.jsonl');
    mkdirSync(path);
    const log = makeLog();
    expect(await log.add({ n: 1 })).toEqual({ unsaved: 1, reason: expect.stringContaining('EISDIR') });
    expect(await log.add({ n: 2 })).toMatchObject({ unsaved: 2 });
    expect(log.unsaved).toBe(2);
    rmSync(path, { recursive: true });
    expect(await log.save()).toEqual({ unsaved: 0 });
    expect(read()).toBe('{"n":1}\n{"n":2}\n');
  });
});

describe('a link in place of the file', () => {
  it('is not written through', async () => {
    const elsewhere = join(folder, 'elsewhere.txt');
    writeFileSync(elsewhere, 'mine\n');
    symlinkSync(elsewhere, join(folder, 'ana.ratings.jsonl'));
    const { unsaved, reason } = await makeLog().add({ n: 1 });
    expect([unsaved, reason]).toEqual([1, expect.stringContaining('ana.ratings.jsonl is a link to somewhere else')]);
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine\n');
  });
});

describe('the name of a reviewer’s file', () => {
  it.each([
    ['Ana', 'Ana.ratings.jsonl'],
    ['Ana María Ñ.', 'Ana-María-Ñ.ratings.jsonl'],
    ['  李 小龙 ', '李-小龙.ratings.jsonl'],
    ['../../etc/passwd', 'etc-passwd.ratings.jsonl'],
    ['C:\\evil\\..\\x', 'C-evil-..-x.ratings.jsonl'],
    ['..', 'reviewer.ratings.jsonl'],
    ['', 'reviewer.ratings.jsonl'],
    ['\0\u202e<script>', 'script.ratings.jsonl'],
    ['con', 'reviewer-con.ratings.jsonl'],
    ['NUL', 'reviewer-NUL.ratings.jsonl'],
    ['x'.repeat(500), `${'x'.repeat(60)}.ratings.jsonl`],
  ])('%j is %s', (reviewer, name) => {
    expect(nameJudgementFile(reviewer, '.ratings.jsonl')).toBe(name);
  });

  it('differs for what it holds', () => {
    expect(nameJudgementFile('Ana', '.risks.jsonl')).toBe('Ana.risks.jsonl');
  });
});

describe('the folder of a review', () => {
  it.each([
    [['/w/a/x.yaml'], '/w/a'],
    [['/w/a/x.yaml', '/w/a/y.yaml'], '/w/a'],
    [['/w/a/x.yaml', '/w/ab/y.yaml'], '/w'],
    [['/w/a/b/x.yaml', '/w/a/y.yaml'], '/w/a'],
    [[], undefined],
  ])('of %j is %s', (files, common) => {
    expect(findCommonFolder(files)).toBe(common);
  });
});
