/** The built server and a client for it, over a real stdio connection. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import {
  type ClientCapabilities,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const root = join(import.meta.dirname, '../..');

/** Bundles the server as it ships, into a folder of its own. */
export async function buildServer(): Promise<{ file: string; remove: () => Promise<void> }> {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'server-'));
  const file = join(folder, 'server.js');
  await build({
    entryPoints: [join(root, 'src/server/main.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

export class LanguageClient {
  readonly received: PublishDiagnosticsParams[] = [];
  readonly connection: ProtocolConnection;
  readonly exited: Promise<number | null>;
  initialized: InitializeResult | undefined;
  private readonly process: ChildProcess;
  private readonly texts = new Map<string, TextDocument>();
  private readonly waiting = new Set<() => void>();

  constructor(file: string) {
    this.process = spawn(process.execPath, [file, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.exited = new Promise((resolve) => this.process.once('exit', resolve));
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.received.push(params);
      for (const look of this.waiting) look();
    });
    this.connection.listen();
  }

  async start(
    capabilities: ClientCapabilities = {},
    rootUri: string | null = null,
    initializationOptions?: unknown,
  ): Promise<void> {
    this.initialized = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri,
      capabilities,
      initializationOptions,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  async open(uri: string, text: string): Promise<void> {
    this.texts.set(uri, TextDocument.create(uri, 'value-action-scenario', 1, text));
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'value-action-scenario', version: 1, text },
    });
  }

  async change(uri: string, range: Range, text: string): Promise<number> {
    const document = this.document(uri);
    const version = document.version + 1;
    this.texts.set(uri, TextDocument.update(document, [{ range, text }], version));
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
    return version;
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** The diagnostics of the text as it is now. */
  async diagnosticsOf(uri: string): Promise<PublishDiagnosticsParams> {
    const { version } = this.document(uri);
    const find = () => this.received.find((params) => params.uri === uri && params.version === version);
    await this.until(() => find() !== undefined);
    return find()!;
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  document(uri: string): TextDocument {
    return this.texts.get(uri)!;
  }

  /** The text at a range, as the client counts. */
  textAt(uri: string, range: Range): string {
    return this.document(uri).getText(range);
  }

  /** The place `by` units behind the start of the first occurrence of `text`. */
  placeOf(uri: string, text: string, by = 0): Position {
    const document = this.document(uri);
    const at = document.getText().indexOf(text);
    if (at < 0) throw new Error(`${uri} does not hold ${text}`);
    return document.positionAt(at + by);
  }

  async stop(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    return this.exited;
  }

  kill(): void {
    this.connection.dispose();
    this.process.kill();
  }
}
