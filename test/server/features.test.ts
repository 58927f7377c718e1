/** Every feature over a real connection, on documents of every kind; ranges count in UTF-16 units. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CompletionItem,
  CompletionRequest,
  DocumentFormattingRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  ReferencesRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { TOKEN_TYPES } from '../../src/language/semanticTokens';
import { buildServer, LanguageClient } from './client';

const YAML = [
  '# two scenarios',
  'name: one',
  'country: Canada',
  'topic: Religion',
  'items:',
  '  - value: Wealth',
  '    agree:',
  "      action: 'I save 😀 money.'",
  '      attributions: [save 😀 money]',
  '    disagree: {action: We give it all away.}',
  '  # between the items',
  '  - value: Honest',
  '    agree: {action: I say it., attributions: [say it]}',
  '    disagree: {action: I lie.}',
  '---',
  'name: two',
  'country: Egypt',
  'topic: Politics',
  'items:',
  '  - value: Wealth',
  '    agree: &shared {action: "أنا I save 😀.", attributions: ["I save"]}',
  '    disagree: *shared',
  '',
].join('\n');
const JSON_TEXT = JSON.stringify(
  {
    country: 'India',
    topic: 'Politics',
    items: [
      {
        value: 'Wealth',
        agree: { action: 'I save 😀 it.', attributions: ['save 😀'] },
        disagree: { action: 'I give.' },
      },
    ],
  },
  null,
  2,
);
const DOCUMENTS: readonly [name: string, file: string, text: string][] = [
  ['several documents, comments, aliases, emoji, right-to-left', 'many.scenario.yaml', YAML],
  ['CRLF', 'crlf.scenario.yaml', YAML.replaceAll('\n', '\r\n')],
  ['tabs behind colons', 'tabs.scenario.yaml', YAML.replaceAll(/(value|action|country): /g, '$1:\t')],
  ['a byte order mark', 'bom.scenario.yaml', `\uFEFF${YAML}`],
  ['JSON', 'plain.scenario.json', JSON_TEXT],
  [
    'JSON with tabs and CRLF',
    'tabs.scenario.json',
    JSON_TEXT.replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / 2)).replaceAll('\n', '\r\n'),
  ],
];

let built: Awaited<ReturnType<typeof buildServer>>;
let client: LanguageClient;
let folder: string;
const uriOf = (file: string) => pathToFileURL(join(folder, file)).href;

beforeAll(async () => {
  built = await buildServer();
  folder = await mkdtemp(join(tmpdir(), 'features-'));
  await writeFile(
    join(folder, 'closed.scenario.yaml'),
    'country: Chad\ntopic: Tea\nitems:\n  - value: wealth\n    definition: mine\n',
  );
  await writeFile(
    join(folder, 'bytes.scenario.yaml'),
    Buffer.concat([
      Buffer.from([0x23, 0xff, 0xfe, 0xc3, 0x28, 0x0a]),
      Buffer.from('country: Chad\ntopic: Tea\nitems:\n  - value: Wealth\n'),
    ]),
  );
  await writeFile(join(folder, 'other.yaml'), 'country: Chad\ntopic: Tea\nitems:\n  - value: Wealth\n');
  client = new LanguageClient(built.file);
  await client.start(
    {
      textDocument: {
        completion: { completionItem: { snippetSupport: true } },
        hover: { contentFormat: ['markdown', 'plaintext'] },
      },
    },
    pathToFileURL(folder).href,
  );
  for (const [, file, text] of DOCUMENTS) await client.open(uriOf(file), text);
});

afterAll(async () => {
  expect(await client.stop()).toBe(0);
  client.kill();
  await rm(folder, { recursive: true, force: true });
  await built.remove();
});

describe.each(DOCUMENTS)('%s', (_, file, text) => {
  const textDocument = () => ({ uri: uriOf(file) });
  const wealth = () => client.placeOf(uriOf(file), 'Wealth', 2);

  it('hover tells what a value means', async () => {
    const found = await client.connection.sendRequest(HoverRequest.type, {
      textDocument: textDocument(),
      position: wealth(),
    });
    expect(found?.contents).toMatchObject({ kind: 'markdown', value: expect.stringContaining('material possessions') });
    expect(client.textAt(uriOf(file), found!.range!)).toMatch(/^"?Wealth"?$/);
  });

  it('completion offers values, and leaves out those of the scenario', async () => {
    const items = (await client.connection.sendRequest(CompletionRequest.type, {
      textDocument: textDocument(),
      position: wealth(),
    })) as CompletionItem[];
    const labels = items.map(({ label }) => label);
    expect(labels).toContain('Social Power');
    if (!file.endsWith('.json')) expect(labels).not.toContain('Honest');
    const edit = items.find(({ label }) => label === 'Social Power')?.textEdit as TextEdit;
    expect(client.textAt(uriOf(file), edit.range)).toMatch(/^"?Wealth"?$/);
  });

  it('the outline has scenarios, items and actions, one in the other', async () => {
    const symbols = (await client.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument: textDocument(),
    })) as DocumentSymbol[];
    const { scenarios } = parseScenarioFile(text);
    expect(symbols.map(({ name }) => name)).toEqual(scenarios.map(({ name }) => name));
    expect(symbols.map(({ children }) => children?.map(({ name }) => name))).toEqual(
      scenarios.map(({ items }) => items.map(({ value }) => value)),
    );
    const item = symbols[0]?.children?.[0];
    expect(client.textAt(uriOf(file), item!.selectionRange)).toMatch(/^"?Wealth"?$/);
    expect(client.textAt(uriOf(file), item!.children![0]!.range)).toMatch(/I save 😀/);
  });

  it('folding starts and ends on lines that there are', async () => {
    const ranges = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument: textDocument() });
    expect(ranges?.length).toBeGreaterThan(1);
    const lines = client.document(uriOf(file)).lineCount;
    for (const { startLine, endLine } of ranges ?? []) {
      expect(startLine).toBeLessThan(endLine);
      expect(endLine).toBeLessThan(lines);
    }
  });

  it('semantic tokens lie on the words that carry the value', async () => {
    const { data } = (await client.connection.sendRequest(SemanticTokensRequest.type, {
      textDocument: textDocument(),
    }))!;
    const words = decode(data).map(({ line, character, length, type }) => ({
      type: TOKEN_TYPES[type],
      text: client.textAt(uriOf(file), { start: { line, character }, end: { line, character: character + length } }),
    }));
    const marked = words.filter(({ type }) => type === 'attribution').map(({ text: word }) => word);
    expect(marked).toEqual(file.endsWith('.json') ? ['save 😀'] : ['save 😀 money', 'say it', 'I save']);
    const place = wealth();
    const part = await client.connection.sendRequest(SemanticTokensRangeRequest.type, {
      textDocument: textDocument(),
      range: { start: place, end: place },
    });
    expect(part!.data.length).toBeLessThanOrEqual(data.length);
    expect(part!.data.length).toBeGreaterThan(0);
  });

  it('formatting keeps what is said, and every comment', async () => {
    const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: textDocument(),
      options: { tabSize: 2, insertSpaces: true },
    });
    const formatted = TextDocument.applyEdits(client.document(uriOf(file)), edits ?? []);
    const said = (source: string) =>
      parseScenarioFile(source).scenarios.map(({ name, items }) => [
        name,
        items.map(({ value, agree, disagree }) => [value, agree?.action, disagree?.action]),
      ]);
    expect(said(formatted)).toEqual(said(text));
    expect(formatted.match(/#.*\S/g)).toEqual(text.match(/#.*\S/g));
  });
});

describe('across files', () => {
  it('references are found in all of them, open or not, by name whatever its case, beside bytes that are no text', async () => {
    const found = await client.connection.sendRequest(ReferencesRequest.type, {
      textDocument: { uri: uriOf('many.scenario.yaml') },
      position: client.placeOf(uriOf('many.scenario.yaml'), 'Wealth', 1),
      context: { includeDeclaration: true },
    });
    const files = new Set(found?.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)));
    expect([...files].sort()).toEqual(
      ['bytes.scenario.yaml', 'closed.scenario.yaml', ...DOCUMENTS.map(([, file]) => file)].sort(),
    );
    expect(found).toHaveLength(2 + 4 * 2 + 2);
    for (const { uri, range } of found ?? []) {
      if (uri.endsWith('bytes.scenario.yaml')) expect(range.start).toEqual({ line: 4, character: 11 });
      else if (!uri.endsWith('closed.scenario.yaml')) expect(client.textAt(uri, range)).toMatch(/^"?Wealth"?$/);
      else expect(range.start).toEqual({ line: 3, character: 11 });
    }
  });
});

function decode(data: readonly number[]) {
  const tokens: { line: number; character: number; length: number; type: number }[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(at, at + 4);
    line += lines;
    character = lines > 0 ? characters : character + characters;
    tokens.push({ line, character, length, type });
  }
  return tokens;
}
