/** The command line as a process of its own, built once for a test file, in a folder of its own for each test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type OpenAIServer, type OpenAIServerOptions, startOpenAIServer } from '../fixtures/openaiServer';

/** Two complete items and one that lacks an action: 8 + 2 × 8 requests. */
export const SCENARIO = `name: leisure
country: Nigeria
topic: Leisure
items:
  - value: Freedom
    agree: {action: I choose what I do on Sunday.}
    disagree: {action: My uncle chooses what I do on Sunday.}
  - value: Social Power
    agree: {action: Zealously I decide for the whole team.}
    disagree: {action: Everybody in the team decides.}
  - value: Pleasure
    agree: {action: I dance all night.}
`;

export interface Settings {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly node?: string;
  readonly onStart?: (child: ChildProcess) => void;
}

export class CommandLine {
  private dist = '';
  private work = '';
  private readonly servers: OpenAIServer[] = [];
  private readonly children: ChildProcess[] = [];

  /** Registers the hooks that build, prepare and clean up. */
  constructor() {
    beforeAll(() => {
      this.dist = mkdtempSync(join(tmpdir(), 'val-cli-'));
      buildSync({
        entryPoints: [join(import.meta.dirname, '../../src/cli/main.ts')],
        bundle: true,
        platform: 'node',
        target: 'node20',
        format: 'cjs',
        outfile: join(this.dist, 'cli.js'),
        logLevel: 'error',
      });
    });
    afterAll(() => rmSync(this.dist, { recursive: true, force: true }));
    beforeEach(() => {
      this.work = mkdtempSync(join(tmpdir(), 'val-work-'));
      writeFileSync(join(this.work, 'leisure.scenario.yaml'), SCENARIO);
    });
    afterEach(async () => {
      for (const child of this.children.splice(0)) child.kill('SIGKILL');
      await Promise.all(this.servers.splice(0).map((server) => server.close()));
      rmSync(this.work, { recursive: true, force: true });
    });
  }

  /** Where commands are given; holds `leisure.scenario.yaml`. */
  get folder(): string {
    return this.work;
  }

  /** Every file that is kept outside of the workspace. */
  get home(): string[] {
    const entries = readdirSync(join(this.work, 'home'), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }

  async serve(options: OpenAIServerOptions = {}): Promise<OpenAIServer> {
    const server = await startOpenAIServer(options);
    this.servers.push(server);
    return server;
  }

  call(args: readonly string[], { cwd = this.work, env = {}, node = process.execPath, onStart }: Settings = {}) {
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      const child = spawn(node, [join(this.dist, 'cli.js'), ...args], {
        cwd,
        env: { PATH: process.env.PATH, HOME: this.work, VALUE_ACTION_LENS_HOME: join(this.work, 'home'), ...env },
      });
      this.children.push(child);
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      child.once('close', (code) => resolve({ code, stdout, stderr }));
      onStart?.(child);
    });
  }

  /** The one run file of a workspace folder. */
  onlyRun(root = this.work): string {
    const [run, ...others] = this.runs(root);
    expect(others).toEqual([]);
    return run ?? '';
  }

  runs(root = this.work): string[] {
    const runs = join(root, '.value-action-lens', 'runs');
    return readdirSync(runs)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(runs, name));
  }
}

export function runArgs(server: Pick<OpenAIServer, 'baseUrl'>, ...more: string[]): string[] {
  return ['run', 'leisure.scenario.yaml', '--model', 'test-model', '--base-url', server.baseUrl, ...more];
}
