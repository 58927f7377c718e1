/** The built server over a real stdio connection, on the oldest Node it has to run on where that is the machine's. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const root = join(import.meta.dirname, '../..');
const uri = 'file:///workspace/a.scenario.yaml';
const ITEM = '  - value: Wealth\n    agree: {action: I save.}\n    disagree: {action: I give.}\n';
let folder: string;
let server: ChildProcess;
let connection: ProtocolConnection;
const received: PublishDiagnosticsParams[] = [];
let arrived: () => void = () => {};

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => (arrived = resolve));
}

beforeAll(async () => {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'server-'));
  const outfile = join(folder, 'server.js');
  await build({
    entryPoints: [join(root, 'src/server/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  server = spawn(process.execPath, [outfile, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  connection = createProtocolConnection(
    new StreamMessageReader(server.stdout!),
    new StreamMessageWriter(server.stdin!),
  );
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    received.push(params);
    arrived();
  });
  connection.listen();
  const { serverInfo } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  expect(serverInfo?.name).toBe('value-action-lens');
  await connection.sendNotification(InitializedNotification.type, {});
});

afterAll(async () => {
  connection?.dispose();
  server?.kill();
  await rm(folder, { recursive: true, force: true });
});

it('publishes the problems of the latest version, drops stale work, clears, and goes when asked', async () => {
  const text = `country: Canada\r\ntopic: Religion\r\nitems:\r\n${ITEM}  - value: Punctuality\r\n`;
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'value-action-scenario', version: 1, text },
  });
  await until(() => received.length > 0);
  expect(received[0]).toMatchObject({ uri, version: 1 });
  expect(received[0]?.diagnostics).toEqual([
    {
      source: 'value-action-lens',
      code: 'unknown-definition',
      severity: 1,
      message: expect.stringContaining('"Punctuality"'),
      range: { start: { line: 6, character: 11 }, end: { line: 6, character: 22 } },
    },
  ]);

  // A burst of typing: what is published in the end is the last version, and not each one between.
  const end = { line: 7, character: 0 };
  for (let version = 2; version <= 20; version++) {
    const typed = version < 20 ? '#' : '\n    definition: being on time\n';
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: version < 20 ? end : { line: 6, character: 22 }, end }, text: typed }],
    });
  }
  await until(() => received.at(-1)?.version === 20);
  expect(received.length).toBeLessThan(6);
  expect(received.at(-1)?.diagnostics.map(({ code }) => code)).toEqual(['missing-action', 'missing-action']);

  const before = received.length;
  await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  await until(() => received.length > before);
  expect(received.at(-1)).toEqual({ uri, diagnostics: [] });

  const exited = new Promise<number | null>((resolve) => server.once('exit', resolve));
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  expect(await exited).toBe(0);
});
