/** Endpoints that fail and endpoints that limit: is anything lost, asked twice, or slower than it must be? */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BAD_DAY } from '../../fixtures/serverFaults';
import { type MeasuredRun, runCommandLine } from './commandLine';
import { type Endpoint, type EndpointCounts, type EndpointPlan, startEndpoint } from './endpoint';
import type { FigureTable } from './table';
import { type Workload, writeWorkload } from './workload';

const CONCURRENCY = 25;
const PER_SECOND = 50;

interface Ended {
  readonly run: MeasuredRun;
  readonly counts: EndpointCounts;
  readonly lost: number;
}

export async function askBadEndpoints(table: FigureTable, parent: string): Promise<void> {
  const folder = join(parent, 'bad');
  const workload = writeWorkload(folder, 1);
  const { requests } = workload;
  const ask = (plan: EndpointPlan, more: readonly string[]) => askOne(workload, plan, more);
  try {
    console.log(`\n${requests} requests, 10 % 429 + 10 % 500 + 5 % resets + 2 % hangs, 50 ms latency`);
    for (const seed of [1, 2, 3]) {
      const { run, counts, lost } = await ask({ latencyMs: 50, faults: { seed, shares: BAD_DAY } }, ['--timeout', '2']);
      table.add(
        { what: `faults, seed ${seed}: requests without an answer`, value: lost, unit: '', bar: 0 },
        { what: `faults, seed ${seed}: prompts answered twice`, value: counts.answeredAgain, unit: '', bar: 0 },
        { what: `faults, seed ${seed}: wall`, value: run.wallMs / 1000, unit: 's' },
      );
    }
    await askLimited(table, requests, ask);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Ask = (plan: EndpointPlan, more: readonly string[]) => Promise<Ended>;

async function askLimited(table: FigureTable, requests: number, ask: Ask): Promise<void> {
  console.log(`\n${requests} requests, an endpoint that takes ${PER_SECOND} a second`);
  const needed = requests / PER_SECOND;
  const limit = { perSecond: PER_SECOND };
  const told = await ask({ latencyMs: 50, limit }, ['--rpm', String(PER_SECOND * 60)]);
  tabulate('--rpm 3000', told, 1.15, 5);
  for (const tells of ['retry-after-ms', 'retry-after', 'none'] as const) {
    const untold = await ask({ latencyMs: 50, limit: { ...limit, tells } }, []);
    tabulate(`untold, 429 with ${tells === 'none' ? 'no time' : tells}`, untold, 2);
  }

  function tabulate(what: string, { run, counts, lost }: Ended, bar: number, most429?: number): void {
    table.add(
      { what: `limit, ${what}: wall ÷ ${needed.toFixed(1)} s`, value: run.wallMs / 1000 / needed, unit: '×', bar },
      { what: `limit, ${what}: answers 429`, value: counts.tooMany, unit: '', bar: most429 },
      { what: `limit, ${what}: requests without an answer`, value: lost, unit: '', bar: 0 },
    );
  }
}

async function askOne(workload: Workload, plan: EndpointPlan, more: readonly string[]): Promise<Ended> {
  const { files, folder, requests } = workload;
  const endpoint: Endpoint = await startEndpoint(plan);
  try {
    const run = await runCommandLine({ files, baseUrl: endpoint.baseUrl, concurrency: CONCURRENCY, folder, more });
    const { done, failed } = run.outcome;
    return { run, counts: await endpoint.counts(), lost: requests - (done - failed) };
  } finally {
    await endpoint.close();
  }
}
