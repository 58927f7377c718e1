import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JournalError } from '../../src/engine/ports';
import { findRunDirectory, newRunPath, runDirectoryOf } from '../../src/engine/runDirectory';

const startedAt = '2026-01-31T09:30:00.000Z';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-runs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the folder of runs', () => {
  test('is the nearest one upwards, else the start', () => {
    const deep = join(folder, 'a', 'b', 'c');
    mkdirSync(deep, { recursive: true });
    expect(findRunDirectory(deep)).toBe(deep);
    mkdirSync(join(folder, '.value-action-lens'));
    expect(findRunDirectory(deep)).toBe(folder);
    mkdirSync(join(folder, 'a', '.value-action-lens'));
    expect(findRunDirectory(deep)).toBe(join(folder, 'a'));
  });

  test('ignores itself in version control when it is made, and leaves that choice alone afterwards', () => {
    newRunPath(folder, startedAt, 'x/y');
    const ignore = join(folder, '.value-action-lens', '.gitignore');
    expect(readFileSync(ignore, 'utf8')).toBe('*\n');
    writeFileSync(ignore, 'runs/old*\n');
    newRunPath(folder, startedAt, 'x/y');
    expect(readFileSync(ignore, 'utf8')).toBe('runs/old*\n');
  });

  test('says so where it cannot be made', () => {
    writeFileSync(join(folder, '.value-action-lens'), 'a file');
    expect(() => newRunPath(folder, startedAt, 'x/y')).toThrow(JournalError);
  });
});

describe('a new run', () => {
  test('has a readable name that sorts by time and is used once', () => {
    const names = Array.from({ length: 20 }, () => basename(newRunPath(folder, startedAt, 'ollama/llama3.2:1b')));
    expect(names[0]).toMatch(/^2026-01-31T09-30-00-ollama-llama3\.2-1b-[0-9a-f]{4}\.jsonl$/);
    expect(new Set(names).size).toBeGreaterThan(15);
  });

  test('stays in its folder whatever the model is called', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('../../etc/x', '..', '/', 'C:\\x', '.hidden', '')), (id) => {
        const path = newRunPath(folder, startedAt, id);
        expect(dirname(path)).toBe(runDirectoryOf(folder));
        expect(basename(path)).toMatch(/^2026-[\w.-]+\.jsonl$/);
        expect(basename(path)).not.toContain('..');
      }),
    );
  });
});
