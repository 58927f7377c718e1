/** The whole study, 60,192 requests at no latency: does memory stay, and does the pace? */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from '../../../src/engine/lines';
import { runCommandLine } from './commandLine';
import { startEndpoint } from './endpoint';
import type { FigureTable } from './table';
import { writeWorkload } from './workload';

const CONCURRENCY = 25;
const SCENARIOS = 132;

export async function runWholeStudy(table: FigureTable, parent: string): Promise<void> {
  const folder = join(parent, 'study');
  const workload = writeWorkload(folder, SCENARIOS);
  console.log(`\n${workload.requests} requests, no latency, concurrency ${CONCURRENCY}`);
  const endpoint = await startEndpoint({ latencyMs: 0 });
  const held: number[] = [];
  try {
    const run = await runCommandLine({
      files: workload.files,
      baseUrl: endpoint.baseUrl,
      concurrency: CONCURRENCY,
      folder,
      options: { onMemory: (bytes) => held.push(bytes / 1e6) },
    });
    const counts = await endpoint.counts();
    if (run.outcome.done !== workload.requests || counts.answeredAgain > 0) {
      throw new Error(`Whole study: ${JSON.stringify({ outcome: run.outcome, counts })}`);
    }
    const pace = paceByThousand(run.runFile);
    const at = (share: number) => held[Math.floor((held.length - 1) * share)] ?? Number.NaN;
    table.add(
      { what: `${workload.requests}: wall`, value: run.wallMs / 1000, unit: 's' },
      { what: `${workload.requests}: processor time`, value: run.cpuMs / 1000, unit: 's' },
      ...[0.25, 0.5, 0.75].map((share) => ({
        what: `${workload.requests}: memory held after ${share * 100} % of the time`,
        value: at(share),
        unit: 'MB' as const,
      })),
      { what: `${workload.requests}: peak memory, report included`, value: run.peakBytes / 1e6, unit: 'MB', bar: 400 },
      { what: `${workload.requests}: the second thousand takes`, value: (pace[1] ?? Number.NaN) / 1000, unit: 's' },
      { what: `${workload.requests}: the last thousand takes`, value: (pace.at(-1) ?? Number.NaN) / 1000, unit: 's' },
      // The second, because the first has the program warm up, which would hide a slowdown.
      {
        what: `${workload.requests}: last ÷ second thousand`,
        value: (pace.at(-1) ?? Number.NaN) / (pace[1] ?? Number.NaN),
        unit: '×',
        bar: 1.25,
      },
    );
  } finally {
    await endpoint.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds that each thousand observations took, from the times in the run file. */
function paceByThousand(runFile: string): number[] {
  const times: number[] = [];
  let line = 0;
  for (const text of readLines(runFile)) {
    // The header, and then each thousandth observation.
    if (line % 1000 === 1) times.push(Date.parse((JSON.parse(text) as { at: string }).at));
    line++;
  }
  return times.slice(1).map((time, at) => time - (times[at] ?? time));
}
