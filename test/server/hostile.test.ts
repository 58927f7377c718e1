/** Whatever is opened, the server answers within two seconds, or says why not, and lives. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  CodeActionRequest,
  CompletionRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  ReferencesRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver/node';
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
    for (const ask of askEverything(uri, content.length)) {
      const asked = performance.now();
      // A refusal in words is an answer.
      await ask.catch((error: unknown) => expect(String(error)).toMatch(/Split it/));
      expect(performance.now() - asked).toBeLessThan(2000);
    }
    await client.diagnosticsOf(probe);
    await client.close(uri);
    await client.close(probe);
    client.received.length = 0;
  },
  20_000,
);

/** One request of each kind, about the middle of the text where it is about a place; each is sent when it is its turn. */
function* askEverything(uri: string, length: number): Generator<Promise<unknown>> {
  const textDocument = { uri };
  // Long lines are what is hostile about a long text; an offset behind a line's end counts as its end.
  const position = { line: length > 1_000_000 ? 0 : 3, character: Math.floor(length / 2) };
  const range = { start: position, end: position };
  const { connection } = client;
  yield connection.sendRequest(HoverRequest.type, { textDocument, position });
  yield connection.sendRequest(CompletionRequest.type, { textDocument, position });
  yield connection.sendRequest(ReferencesRequest.type, {
    textDocument,
    position,
    context: { includeDeclaration: true },
  });
  yield connection.sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics: [] } });
  yield connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
  yield connection.sendRequest(FoldingRangeRequest.type, { textDocument });
  yield connection.sendRequest(SemanticTokensRequest.type, { textDocument });
  yield connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument,
    options: { tabSize: 2, insertSpaces: true },
  });
}
