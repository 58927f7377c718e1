/** Quick fixes over a real connection, as a client applies them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CodeAction, CodeActionRequest, type Position } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { buildServer, LanguageClient } from './client';

const WRITE_HERE = 'test.writeHere';
const HEAD = 'country: Germany\ntopic: Religion\nitems:\n';
const WHOLE = '  - value: Honest\n    agree: {action: I say it.}\n    disagree: {action: I lie.}\n';

let built: Awaited<ReturnType<typeof buildServer>>;
let client: LanguageClient;
let folder: string;
const uriOf = (file: string) => pathToFileURL(join(folder, file)).href;

beforeAll(async () => {
  built = await buildServer();
  folder = await mkdtemp(join(tmpdir(), 'fixes-'));
  await writeFile(
    join(folder, 'elsewhere.scenario.yaml'),
    `${HEAD}  - value: Punctuality\n    definition: "being on time: always"\n`,
  );
  client = new LanguageClient(built.file);
  await client.start({}, pathToFileURL(folder).href, { writeHere: WRITE_HERE });
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  client.kill();
  await rm(folder, { recursive: true, force: true });
  await built.remove();
});

async function ask(uri: string, at: string, only?: string[]): Promise<CodeAction[]> {
  const { diagnostics } = await client.diagnosticsOf(uri);
  const place = client.placeOf(uri, at, 1);
  return (await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: place, end: place },
    context: { diagnostics, ...(only && { only }) },
  })) as CodeAction[];
}

const apply = (uri: string, { edit }: CodeAction) =>
  TextDocument.applyEdits(client.document(uri), edit?.changes?.[uri] ?? []);

it('correct one place, or all safe ones at once', async () => {
  const uri = uriOf('broken.scenario.yaml');
  const broken = `country: germany\ntopic: Religion\nitems:\n  - value: Weelth\n    agree:\n      action: 😀 I save.\n`;
  await client.open(uri, broken);
  const actions = await ask(uri, 'Weelth');
  expect(actions.every(({ kind }) => kind === 'quickfix')).toBe(true);
  const preferred = actions.find(({ isPreferred }) => isPreferred);
  expect(preferred?.diagnostics?.map(({ code }) => code)).toEqual(['unknown-value']);
  expect(apply(uri, preferred!)).toBe(broken.replace('Weelth', 'Wealth'));

  const all = await ask(uri, 'Weelth', ['source.fixAll']);
  expect(all.map(({ kind }) => kind)).toEqual(['source.fixAll']);
  expect(apply(uri, all[0]!)).toContain('value: Wealth');
  expect(await ask(uri, 'Weelth', ['refactor'])).toEqual([]);
});

it('take a definition from another file of the workspace', async () => {
  const uri = uriOf('own.scenario.yaml');
  await client.open(uri, `${HEAD}  - value: Punctuality\n`);
  const [fix] = await ask(uri, 'Punctuality');
  expect(fix?.title).toBe('Add the definition that another item has');
  expect(apply(uri, fix!)).toBe(`${HEAD}  - value: Punctuality\n    definition: 'being on time: always'\n`);
});

it.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('add a missing block, and tell the client where to write: %s', async (name, lineBreak) => {
  const uri = uriOf(`missing ${name}.scenario.yaml`);
  const text = `${HEAD}  - value: Wealth\n    agree:\n      action: 😀 I save.\n${WHOLE}`.replaceAll('\n', lineBreak);
  await client.open(uri, text);
  const [fix] = await ask(uri, 'Wealth');
  expect(fix?.title).toBe('Add the disagree action');
  const fixed = TextDocument.create(uri, '', 1, apply(uri, fix!));
  const [where, place] = fix!.command!.arguments as [string, Position];
  expect([fix?.command?.command, where]).toEqual([WRITE_HERE, uri]);
  const line = fixed.getText({
    start: { line: place.line, character: 0 },
    end: { line: place.line + 1, character: 0 },
  });
  expect(line).toBe(`      action: ${lineBreak}`);
  expect(place.character).toBe('      action: '.length);
});

it('say nothing of a place to a client that has no command for it', async () => {
  const plain = new LanguageClient(built.file);
  try {
    await plain.start();
    const uri = uriOf('plain.scenario.yaml');
    await plain.open(uri, `${HEAD}  - value: Wealth\n`);
    const { diagnostics } = await plain.diagnosticsOf(uri);
    const place = plain.placeOf(uri, 'Wealth');
    const actions = (await plain.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: place, end: place },
      context: { diagnostics },
    })) as CodeAction[];
    expect(actions.map(({ title, command }) => [title, command])).toEqual([
      ['Add the agree action', undefined],
      ['Add the disagree action', undefined],
    ]);
  } finally {
    plain.kill();
  }
});
