/** How long one and five scenarios take, against a minimal script and promptfoo. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommandLine } from './commandLine';
import { type Endpoint, startEndpoint } from './endpoint';
import { type Measured, measure, median } from './measuredProcess';
import { type PromptfooWay, runPromptfoo } from './promptfoo';
import type { FigureTable } from './table';
import { type Workload, writeWorkload } from './workload';

const LATENCY_MS = 50;
const CONCURRENCY = 25;

export interface SpeedOptions {
  readonly folder: string;
  /** Files of 56 items: 456 requests each. */
  readonly scenarios: number;
  readonly rounds: number;
  /** promptfoo's program; left out where absent. */
  readonly promptfoo?: string;
  readonly promptfooRounds: number;
  readonly bars: { readonly baseline: number; readonly promptfoo: number; readonly peakMB?: number };
}

interface Round {
  readonly baseline: Measured;
  readonly ours: Measured;
  readonly promptfoo?: Measured;
  readonly barePromptfoo?: Measured;
}

/** Ours and the others take turns, so that whatever else the machine does meets all of them. */
export async function compareSpeed(table: FigureTable, options: SpeedOptions): Promise<void> {
  const { scenarios, rounds, promptfoo, promptfooRounds, bars } = options;
  const folder = join(options.folder, `speed-${scenarios}`);
  const workload = writeWorkload(folder, scenarios);
  console.log(`\n${workload.requests} requests, ${LATENCY_MS} ms latency, concurrency ${CONCURRENCY}`);
  const endpoint = await startEndpoint({ latencyMs: LATENCY_MS });
  const rows: Round[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const baseline = await runBaseline(workload, endpoint.baseUrl);
      const ours = await runOurs(workload, endpoint.baseUrl);
      // The first round fills the disk's cache.
      if (round === 0) continue;
      rows.push({ baseline, ours, ...(round <= promptfooRounds && (await runTheirs(promptfoo, workload, endpoint))) });
    }
    const { answered } = await endpoint.counts();
    if (answered !== workload.requests) throw new Error(`${answered} different prompts were answered.`);
  } finally {
    await endpoint.close();
    rmSync(folder, { recursive: true, force: true });
  }
  tabulate(table, workload.requests, rows, bars);
}

function tabulate(table: FigureTable, requests: number, rounds: readonly Round[], bars: SpeedOptions['bars']): void {
  const summary = (name: keyof Round) => summarize(rounds.flatMap((round) => round[name] ?? []));
  const [ours, baseline, promptfoo] = [summary('ours'), summary('baseline'), summary('promptfoo')];
  const ratio = medianRatio(rounds, 'ours', 'baseline', 'wallMs');
  const cpuRatio = medianRatio(rounds, 'ours', 'baseline', 'cpuMs');
  table.add(
    { what: `${requests}: minimal script, wall (median of ${baseline.runs})`, value: baseline.wall, unit: 's' },
    { what: `${requests}: ours, wall (median of ${ours.runs})`, value: ours.wall, unit: 's' },
    { what: `${requests}: ours ÷ minimal script`, value: ratio, unit: '×', bar: bars.baseline },
    { what: `${requests}: processor time, ours ÷ minimal script`, value: cpuRatio, unit: '×' },
    { what: `${requests}: minimal script, peak memory`, value: baseline.peakMB, unit: 'MB' },
    { what: `${requests}: ours, peak memory (largest)`, value: ours.peakMB, unit: 'MB', bar: bars.peakMB },
  );
  if (promptfoo.runs === 0) return;
  const faster = medianRatio(rounds, 'promptfoo', 'ours', 'wallMs');
  table.add(
    { what: `${requests}: promptfoo, wall (median of ${promptfoo.runs})`, value: promptfoo.wall, unit: 's' },
    { what: `${requests}: promptfoo, processor time`, value: promptfoo.cpu, unit: 's' },
    { what: `${requests}: promptfoo, peak memory`, value: promptfoo.peakMB, unit: 'MB' },
    { what: `${requests}: promptfoo ÷ ours`, value: faster, unit: '×', bar: bars.promptfoo, atLeast: true },
    {
      what: `${requests}: promptfoo with its cache and database off ÷ ours with both`,
      value: medianRatio(rounds, 'barePromptfoo', 'ours', 'wallMs'),
      unit: '×',
    },
  );
}

interface Summary {
  readonly runs: number;
  /** Seconds, medians. */
  readonly wall: number;
  readonly cpu: number;
  /** The largest. */
  readonly peakMB: number;
}

function summarize(runs: readonly Measured[]): Summary {
  return {
    runs: runs.length,
    wall: median(runs.map(({ wallMs }) => wallMs)) / 1000,
    cpu: median(runs.map(({ cpuMs }) => cpuMs)) / 1000,
    peakMB: Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 1e6,
  };
}

/** Round by round: what else the machine does changes in minutes, not in seconds. */
function medianRatio(
  rounds: readonly Round[],
  above: keyof Round,
  below: keyof Round,
  what: 'wallMs' | 'cpuMs',
): number {
  return median(
    rounds.flatMap((round) => {
      const [a, b] = [round[above], round[below]];
      return a && b ? [a[what] / b[what]] : [];
    }),
  );
}

async function runTheirs(program: string | undefined, workload: Workload, endpoint: Endpoint): Promise<object> {
  if (program === undefined) return {};
  const run = (way: PromptfooWay) => runPromptfoo(program, workload, endpoint, { way, concurrency: CONCURRENCY });
  return { promptfoo: await run('usual'), barePromptfoo: await run('bare') } satisfies Partial<Round>;
}

function runBaseline({ promptsFile, folder }: Workload, baseUrl: string): Promise<Measured> {
  const script = resolve('test/bench/engine/baseline.mjs');
  return measure([script, baseUrl, promptsFile, String(CONCURRENCY)], { cwd: folder });
}

async function runOurs({ files, folder, requests }: Workload, baseUrl: string): Promise<Measured> {
  const run = await runCommandLine({ files, baseUrl, concurrency: CONCURRENCY, folder });
  if (run.outcome.done !== requests || run.outcome.failed > 0) throw new Error(`Ours: ${JSON.stringify(run.outcome)}`);
  return run;
}
