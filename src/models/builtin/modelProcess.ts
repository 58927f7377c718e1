/** One process of the built-in model, seen from its owner. */
import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { type FromProcess, fromProcessSchema, type ToProcess } from './messages';

const KEPT_ERROR_OUTPUT = 2000;

/** Forks the process; works from Node and from an editor's extension host alike. */
export function forkModelProcess(entry: string): ModelProcess {
  const child = fork(entry, [], {
    // An editor's executable behaves as Node only when told to.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    execArgv: [],
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  return new ModelProcess(child);
}

export class ModelProcess {
  private readonly listeners = new Set<(message: FromProcess) => void>();
  private errorOutput = '';
  /** Resolves when the process is gone, with what it last complained of. */
  readonly gone: Promise<string>;
  private hasEnded = false;

  constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (chunk: Buffer) => {
      this.errorOutput = (this.errorOutput + chunk.toString()).slice(-KEPT_ERROR_OUTPUT);
    });
    child.on('message', (received) => {
      const message = fromProcessSchema.safeParse(received);
      if (message.success) for (const listener of this.listeners) listener(message.data);
    });
    this.gone = new Promise((resolve) => {
      const end = (how: string) => {
        this.hasEnded = true;
        resolve(`${how} ${this.errorOutput.trim()}`.trim());
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal ? `It ended by ${signal}.` : `It ended with code ${code}.`));
    });
    yieldToOthers(child);
  }

  get ended(): boolean {
    return this.hasEnded;
  }

  send(message: ToProcess): void {
    if (!this.hasEnded && this.child.connected) this.child.send(message, () => undefined);
  }

  /** Returns the way to stop listening. */
  listen(listener: (message: FromProcess) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

/** The model may use every core, but whoever has something else to do goes first. */
function yieldToOthers(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed everywhere, and nothing depends on it.
  }
}
