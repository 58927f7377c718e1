/** How long one and five scenarios take, against a minimal script and promptfoo. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommandLine } from './commandLine';
import { startEndpoint } from './endpoint';
import { type Measured, measure, median } from './measuredProcess';
import { runPromptfoo } from './promptfoo';
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

/** Ours and the others take turns, so that whatever else the machine does meets all of them. */
export async function compareSpeed(table: FigureTable, options: SpeedOptions): Promise<void> {
  const { scenarios, rounds, promptfoo, promptfooRounds, bars } = options;
  const folder = join(options.folder, `speed-${scenarios}`);
  const workload = writeWorkload(folder, scenarios);
  console.log(`\n${workload.requests} requests, ${LATENCY_MS} ms latency, concurrency ${CONCURRENCY}`);
  const endpoint = await startEndpoint({ latencyMs: LATENCY_MS });
  const times = { ours: [] as Measured[], baseline: [] as Measured[], promptfoo: [] as Measured[] };
  try {
    for (let round = 0; round <= rounds; round++) {
      const baseline = await runBaseline(workload, endpoint.baseUrl);
      const ours = await runOurs(workload, endpoint.baseUrl);
      // The first round fills the disk's cache.
      if (round === 0) continue;
      times.baseline.push(baseline);
      times.ours.push(ours);
    }
    for (let round = 0; promptfoo !== undefined && round < promptfooRounds; round++) {
      const measured = await runPromptfoo(promptfoo, workload, endpoint, CONCURRENCY);
      if (measured.answers !== workload.requests) throw new Error(`promptfoo got ${measured.answers} answers.`);
      times.promptfoo.push(measured);
    }
    const { answered } = await endpoint.counts();
    if (answered !== workload.requests) throw new Error(`${answered} different prompts were answered.`);
  } finally {
    await endpoint.close();
    rmSync(folder, { recursive: true, force: true });
  }
  tabulateTimes(table, workload.requests, times, bars);
}

function tabulateTimes(
  table: FigureTable,
  requests: number,
  times: Readonly<Record<'ours' | 'baseline' | 'promptfoo', readonly Measured[]>>,
  bars: SpeedOptions['bars'],
): void {
  const wall = (runs: readonly Measured[]) => median(runs.map(({ wallMs }) => wallMs)) / 1000;
  const peak = (runs: readonly Measured[]) => Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 1e6;
  const cpu = (runs: readonly Measured[]) => median(runs.map(({ cpuMs }) => cpuMs)) / 1000;
  const { ours, baseline, promptfoo } = times;
  table.add(
    { what: `${requests}: minimal script, wall (median of ${baseline.length})`, value: wall(baseline), unit: 's' },
    { what: `${requests}: ours, wall (median of ${ours.length})`, value: wall(ours), unit: 's' },
    { what: `${requests}: ours ÷ minimal script`, value: wall(ours) / wall(baseline), unit: '×', bar: bars.baseline },
    { what: `${requests}: processor time, ours ÷ minimal script`, value: cpu(ours) / cpu(baseline), unit: '×' },
    { what: `${requests}: minimal script, peak memory`, value: peak(baseline), unit: 'MB' },
    { what: `${requests}: ours, peak memory (largest)`, value: peak(ours), unit: 'MB', bar: bars.peakMB },
  );
  if (promptfoo.length === 0) return;
  const ratio = wall(promptfoo) / wall(ours);
  table.add(
    { what: `${requests}: promptfoo, wall (median of ${promptfoo.length})`, value: wall(promptfoo), unit: 's' },
    { what: `${requests}: promptfoo, peak memory`, value: peak(promptfoo), unit: 'MB' },
    { what: `${requests}: promptfoo ÷ ours`, value: ratio, unit: '×', bar: bars.promptfoo, atLeast: true },
  );
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
