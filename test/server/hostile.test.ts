/** Whatever is opened, the server answers within two seconds, or says why not, and lives. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildServer, LanguageClient } from './client';

const HEAD = 'country: Canada\ntopic: Religion\nitems:\n';
const bomb = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]`),
].join('\n');
const itemBomb = Array.from(
  { length: 12 },
  (_, at) =>
    `  - value: v${at}\n    definition: d\n    note: &n${at} [${at === 0 ? 'x, '.repeat(10) : `*n${at - 1}, `.repeat(10)}]\n`,
).join('');

const indent = (levels: number) => Array.from({ length: levels }, (_, at) => `${' '.repeat(at)}a:`).join('\n');

/** What is opened, and what has to be among the codes. */
const TEXTS: readonly [name: string, text: () => string, code: string | undefined][] = [
  ['an alias bomb', () => `${bomb}\n${HEAD}  - value: Wealth\n`, 'syntax'],
  ['an alias bomb over items', () => `${HEAD}${itemBomb}`, 'syntax'],
  ['an alias in itself', () => `${HEAD}  - &a [*a]\n`, 'syntax'],
  ['100,000 brackets', () => '['.repeat(100_000), 'syntax'],
  ['100,000 braces in an item', () => `${HEAD}  - value: ${'{a: '.repeat(100_000)}\n`, 'syntax'],
  ['100,000 levels of JSON', () => `${'{"items":['.repeat(50_000)}`, 'syntax'],
  ['900 levels of indentation', () => indent(900), 'syntax'],
  ['3,000 levels of indentation', () => indent(3_000), 'too-large'],
  ['a line of 50 MB', () => `country: ${'x'.repeat(50_000_000)}`, 'too-large'],
  ['a line of 20 MB in an item', () => `${HEAD}  - value: ${'x '.repeat(10_000_000)}`, 'too-large'],
  ['a JSON string of 20 MB', () => `{"country": "${'x'.repeat(20_000_000)}"}`, 'too-large'],
  [
    'bytes that were no UTF-8',
    () => Buffer.from([0x63, 0xff, 0xfe, 0x3a, 0x20, 0xc3, 0x28, 0x0a]).toString('utf8'),
    'unknown-key',
  ],
  ['lone surrogates and NUL', () => `\uD800${HEAD}  - value: \uDC00\u0000\n`, undefined],
  [
    'hostile keys',
    () => `__proto__: {a: 1}\nconstructor: x\n${HEAD}  - {value: __proto__, definition: d, __proto__: {}}\n`,
    'unknown-key',
  ],
  ['hostile JSON keys', () => `{"__proto__": {"country": "x"}, "hasOwnProperty": 1}`, 'unknown-key'],
];

let built: Awaited<ReturnType<typeof buildServer>>;
let client: LanguageClient;

beforeAll(async () => {
  built = await buildServer();
  client = new LanguageClient(built.file);
  await client.start();
});
afterAll(async () => {
  client.kill();
  await built.remove();
});

it.each(TEXTS)(
  '%s',
  async (name, text, code) => {
    const uri = `file:///${encodeURIComponent(name)}.scenario.yaml`;
    const content = text();
    const probe = 'file:///probe.scenario.yaml';
    await client.open(uri, content);
    await client.open(probe, `${HEAD}  - value: Wealth\n`);
    // From when the text is on its way: writing 50 MB into the pipe is this process's own time.
    const start = performance.now();
    const { diagnostics } = await client.diagnosticsOf(uri);
    expect(performance.now() - start).toBeLessThan(2000);
    if (code !== undefined) expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(diagnostics.length).toBeLessThanOrEqual(500);
    await client.diagnosticsOf(probe);
    await client.close(uri);
    await client.close(probe);
    client.received.length = 0;
  },
  20_000,
);
