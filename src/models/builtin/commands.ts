/** Runs the tools that fetch things: npm, Python. */
import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const KEPT_OUTPUT = 4000;

/** The tool is not there, or it failed; the message ends with what it said last. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly isMissing: boolean,
  ) {
    super(message);
  }
}

/** @throws {CommandError} */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    // npm is a script on Windows, which only a shell starts; the arguments are ours, and quoted.
    const shell = process.platform === 'win32';
    const child = spawn(command, shell ? args.map((arg) => `"${arg}"`) : args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      signal: options.signal,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => reject(new CommandError(`${command}: ${error.message}`, isMissing(error))));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new CommandError(`${command} ended with code ${code}. ${output.trim()}`, false));
    });
  });
}

function isMissing(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ENOENT';
}
