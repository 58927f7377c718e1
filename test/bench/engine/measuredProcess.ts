/** Runs a program to its end and says what it took. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

export interface Measured {
  readonly wallMs: number;
  /** Of the largest of its processes. */
  readonly peakBytes: number;
  /** Of all its processes. */
  readonly cpuMs: number;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface MeasureOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are as wanted; 0 alone where absent. */
  readonly codes?: readonly number[];
  /** Called every half second with the bytes the program holds; Linux only. */
  readonly onMemory?: (bytes: number) => void;
}

const LOOK_EVERY_MS = 500;

/** Runs `node ARGS…` with the node that runs us. @throws {Error} where the program fails, with its last words. */
export async function measure(args: readonly string[], options: MeasureOptions): Promise<Measured> {
  const { cwd, env = {}, codes = [0], onMemory } = options;
  const peakFile = join(cwd, `peak-${process.pid}.jsonl`);
  rmSync(peakFile, { force: true });
  const started = performance.now();
  const child = spawn(process.execPath, [...args], {
    cwd,
    env: {
      ...process.env,
      NODE_OPTIONS: `--require=${join(process.cwd(), 'test/bench/engine/peak.cjs')}`,
      BENCH_PEAK_FILE: peakFile,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const watch = onMemory && setInterval(() => onMemory(readMemory(child.pid)), LOOK_EVERY_MS);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const wallMs = performance.now() - started;
  clearInterval(watch);
  if (code === null || !codes.includes(code)) {
    const words = output.stderr.trim().split('\n').slice(-10).join('\n');
    throw new Error(`node ${args.join(' ')} ended with ${code}:\n${words}`);
  }
  return { wallMs, ...readPeaks(peakFile), code, ...output };
}

function readPeaks(file: string): { peakBytes: number; cpuMs: number } {
  if (!existsSync(file)) return { peakBytes: Number.NaN, cpuMs: Number.NaN };
  const records: { peakBytes: number; cpuMs: number }[] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    peakBytes: Math.max(...records.map(({ peakBytes }) => peakBytes)),
    cpuMs: records.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
  };
}

/** NaN where the system does not say. */
function readMemory(pid: number | undefined): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) * 1024;
  } catch {
    return Number.NaN;
  }
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
