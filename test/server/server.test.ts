/** Diagnostics as they come while somebody types. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  DocumentDiagnosticRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  HoverRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver/node';
import { writeWholeStudy } from '../bench/language/texts';
import { buildServer, LanguageClient } from './client';

const uri = 'file:///workspace/a.scenario.yaml';
const ITEM = '  - value: Wealth\n    agree: {action: I save.}\n    disagree: {action: I give.}\n';
let built: Awaited<ReturnType<typeof buildServer>>;
let client: LanguageClient;

beforeAll(async () => {
  built = await buildServer();
});
afterAll(() => built.remove());
afterEach(() => client.kill());

async function start(...args: Parameters<LanguageClient['start']>): Promise<void> {
  client = new LanguageClient(built.file);
  await client.start(...args);
}

describe('a client that does not ask', () => {
  it('gets the problems of the latest version, nothing stale, and none of a closed file', async () => {
    await start();
    expect(client.initialized?.serverInfo?.name).toBe('value-action-lens');
    expect(client.initialized?.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(uri, `country: Canada\r\ntopic: Religion\r\nitems:\r\n${ITEM}  - value: Punctuality\r\n`);
    expect(await client.diagnosticsOf(uri)).toEqual({
      uri,
      version: 1,
      diagnostics: [
        {
          source: 'value-action-lens',
          code: 'unknown-definition',
          severity: 1,
          message: expect.stringContaining('"Punctuality"'),
          range: { start: { line: 6, character: 11 }, end: { line: 6, character: 22 } },
        },
      ],
    });

    const end = { line: 7, character: 0 };
    for (let at = 0; at < 99; at++) await client.change(uri, { start: end, end }, '#');
    const place = { start: { line: 6, character: 22 }, end };
    const version = await client.change(uri, place, '\n    definition: being on time\n#');
    const { diagnostics } = await client.diagnosticsOf(uri);
    expect(version).toBe(101);
    expect(diagnostics.map(({ code }) => code)).toEqual(['missing-action', 'missing-action']);
    // One for opening, one for the burst; a slow machine may fit one between.
    expect(client.received.length).toBeLessThanOrEqual(3);

    const before = client.received.length;
    await client.close(uri);
    await client.until(() => client.received.length > before);
    expect(client.received.at(-1)).toEqual({ uri, diagnostics: [] });
    expect(await client.stop()).toBe(0);
  });

  it('is told how many problems are not listed', async () => {
    await start();
    await client.open(uri, `country: Canada\ntopic: Religion\nitems:\n${'  - value: Wealth\n'.repeat(700)}`);
    const { diagnostics } = await client.diagnosticsOf(uri);
    expect(diagnostics).toHaveLength(500);
    expect(diagnostics.at(-1)).toMatchObject({ code: 'more-problems', message: expect.stringMatching(/^1600 more/) });
    expect(diagnostics.slice(0, -1).every(({ severity }) => severity === 1)).toBe(true);
  });

  it('gets answers about a place while a long file is read', async () => {
    await start();
    const { text } = writeWholeStudy();
    await client.open(uri, text);
    const position = client.placeOf(uri, '- value: Wealth', 9);
    const found = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
    expect(found?.contents).toMatchObject({ value: expect.stringContaining('material possessions') });
    expect(client.received).toEqual([]);
    await client.diagnosticsOf(uri);
  }, 30_000);
});

describe('work that nobody waits for', () => {
  it('is dropped where the text of a long file changes in a burst: one answer, about the last text', async () => {
    await start();
    const { text, line, character } = writeWholeStudy();
    await client.open(uri, text);
    await client.diagnosticsOf(uri);
    client.received.length = 0;
    const place = { line, character: character + 2 };
    let version = 0;
    for (let at = 0; at < 100; at++) version = await client.change(uri, { start: place, end: place }, 'x');
    await client.diagnosticsOf(uri);
    // A loaded machine may lay a pause between two changes.
    expect(client.received.length).toBeLessThanOrEqual(3);
    expect(client.received.at(-1)?.version).toBe(version);
    const versions = client.received.map((params) => params.version ?? 0);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }, 60_000);

  it('ends when the client cancels its request', async () => {
    await start();
    const { text } = writeWholeStudy();
    await client.open(uri, text);
    const cancelling = new CancellationTokenSource();
    const tokens = client.connection.sendRequest(
      SemanticTokensRequest.type,
      { textDocument: { uri } },
      cancelling.token,
    );
    cancelling.cancel();
    // All of the file has some 185,000 numbers; an error says that the request was cancelled.
    const found = await tokens.catch(() => null);
    expect(found?.data ?? []).toEqual([]);
    expect(client.received).toEqual([]);
    await client.diagnosticsOf(uri);
  }, 60_000);

  it('starts again where the text changes meanwhile, and answers about the new one', async () => {
    await start();
    const { text } = writeWholeStudy();
    await client.open(uri, text);
    const symbols = client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
    const place = client.placeOf(uri, 'country: ', 'country: '.length);
    await client.change(uri, { start: place, end: place }, 'New ');
    const [first] = (await symbols) as DocumentSymbol[];
    expect(first?.name).toMatch(/^New /);
    expect(await symbols).toHaveLength(132);
  }, 60_000);
});

describe('a client that asks', () => {
  it('is answered, once typing pauses, about the latest text, and nothing is pushed', async () => {
    await start({ textDocument: { diagnostic: {} } });
    expect(client.initialized?.capabilities.diagnosticProvider).toBeDefined();
    const ask = () =>
      client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } }) as Promise<{
        items: { code: string }[];
      }>;
    await client.open(uri, `country: Canada\ntopic: Religion\nitems:\n${ITEM}  - value: Punctuality\n`);
    expect((await ask()).items.map(({ code }) => code)).toEqual(['unknown-definition']);
    const early = ask();
    const place = client.placeOf(uri, 'Punctuality');
    await client.change(uri, { start: place, end: { ...place, character: place.character + 11 } }, 'Honest');
    for (const { items } of [await early, await ask()]) {
      expect(items.map(({ code }) => code)).toEqual(['missing-action', 'missing-action']);
    }
    expect(client.received).toEqual([]);
    await client.close(uri);
    expect((await ask()).items).toEqual([]);
  });
});
