/** A language server over stdio, as an editor would use it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export class MeasuredServer {
  private readonly process: ChildProcess;
  private readonly connection: ProtocolConnection;
  private hear: ((params: PublishDiagnosticsParams) => void) | undefined;
  private version = 0;

  /** @param settings answers to the server's questions for its configuration, by section */
  constructor(command: string, args: readonly string[], settings: Readonly<Record<string, unknown>> = {}) {
    this.process = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => this.hear?.(params));
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => settings[section ?? ''] ?? {}),
    );
    this.connection.onRequest(RegistrationRequest.type, () => undefined);
    this.connection.onUnhandledNotification(() => undefined);
    this.connection.listen();
  }

  async start(): Promise<void> {
    await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
        textDocument: { publishDiagnostics: { versionSupport: true } },
      },
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    // A server that asks for its settings has them by then.
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }

  /** Milliseconds until the first diagnostics, and how many there are. */
  async open(uri: string, text: string): Promise<{ ms: number; problems: number }> {
    this.version = 1;
    const start = performance.now();
    const answer = this.nextDiagnostics(uri);
    const textDocument = { uri, languageId: uri.endsWith('.yaml') ? 'yaml' : 'json', version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    const { diagnostics } = await answer;
    return { ms: performance.now() - start, problems: diagnostics.length };
  }

  /** Milliseconds from the change to the diagnostics of the changed text. */
  async type(uri: string, position: Position, text: string): Promise<number> {
    const start = performance.now();
    const answer = this.nextDiagnostics(uri);
    await this.send(uri, position, text);
    await answer;
    return performance.now() - start;
  }

  /** A change whose diagnostics nobody waits for. */
  async send(uri: string, position: Position, text: string): Promise<void> {
    this.version++;
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: this.version },
      contentChanges: [{ range: { start: position, end: position }, text }],
    });
  }

  async hover(uri: string, position: Position): Promise<number> {
    const start = performance.now();
    await this.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
    return performance.now() - start;
  }

  async complete(uri: string, position: Position): Promise<number> {
    const start = performance.now();
    await this.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
    return performance.now() - start;
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** The most memory that the process had, in megabytes; NaN where the system does not say. */
  peakMemory(): number {
    try {
      const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
    } catch {
      return Number.NaN;
    }
  }

  stop(): void {
    this.connection.dispose();
    this.process.kill();
  }

  nextDiagnostics(uri: string): Promise<PublishDiagnosticsParams> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No diagnostics of ${uri} within three minutes.`)), 180_000);
      this.hear = (params) => {
        const isStale = params.version !== undefined && params.version !== this.version;
        if (params.uri !== uri || isStale) return;
        clearTimeout(timer);
        this.hear = undefined;
        resolve(params);
      };
    });
  }
}
