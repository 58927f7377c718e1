/**
 * What the engine costs and what it survives, each figure beside its bar: `npm run bench:engine`. Comparisons are
 * ratios of whole processes in one run, the endpoint in a process of its own.
 * `-- --no-promptfoo` leaves promptfoo out; `-- speed study again bad` runs only the parts that are named.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { askBadEndpoints } from './engine/badEndpoints';
import { serveWhereAsked } from './engine/endpoint';
import { installPromptfoo } from './engine/promptfoo';
import { runAgain } from './engine/reruns';
import { compareSpeed } from './engine/speed';
import { FigureTable } from './engine/table';
import { runWholeStudy } from './engine/wholeStudy';

const PARTS = ['speed', 'study', 'again', 'bad'] as const;

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const chosen = PARTS.filter((part) => args.includes(part));
  const parts = new Set(chosen.length > 0 ? chosen : PARTS);
  if (!process.env.BENCH_CLI) execFileSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
  const promptfoo = parts.has('speed') && !args.includes('--no-promptfoo') ? await installPromptfoo() : undefined;
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  const folder = mkdtempSync(join(tmpdir(), 'val-bench-'));
  const table = new FigureTable();
  try {
    if (parts.has('speed')) {
      const bars = { baseline: 1.25, promptfoo: 4, peakMB: 200 };
      await compareSpeed(table, { folder, scenarios: 1, rounds: 7, promptfoo, promptfooRounds: 3, bars });
      const longBars = { baseline: 1.15, promptfoo: 5 };
      await compareSpeed(table, { folder, scenarios: 5, rounds: 3, promptfoo, promptfooRounds: 2, bars: longBars });
    }
    if (parts.has('again')) await runAgain(table, folder);
    if (parts.has('bad')) await askBadEndpoints(table, folder);
    if (parts.has('study')) await runWholeStudy(table, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (!table.conclude()) process.exitCode = 1;
}

if (!serveWhereAsked()) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
