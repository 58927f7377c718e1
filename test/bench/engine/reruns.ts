/** Running again: what is known is not asked. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from './commandLine';
import { startEndpoint } from './endpoint';
import type { FigureTable } from './table';
import { editOneAction, writeWorkload } from './workload';

const CONCURRENCY = 25;

export async function runAgain(table: FigureTable, parent: string): Promise<void> {
  const folder = join(parent, 'again');
  const { files, requests } = writeWorkload(folder, 1);
  console.log(`\n${requests} requests, run again`);
  const endpoint = await startEndpoint({ latencyMs: 50 });
  const home = join(folder, 'home');
  try {
    const run = () => runCommandLine({ files, baseUrl: endpoint.baseUrl, concurrency: CONCURRENCY, folder, home });
    const countRequests = async () => (await endpoint.counts()).received;
    await run();
    const first = await countRequests();
    const unchanged = await run();
    const second = await countRequests();
    const [file = ''] = files;
    writeFileSync(file, editOneAction(readFileSync(file, 'utf8')));
    const edited = await run();
    const third = await countRequests();
    table.add(
      { what: 'nothing changed: requests', value: second - first, unit: '', bar: 0 },
      { what: 'nothing changed: wall', value: unchanged.wallMs / 1000, unit: 's', bar: 1 },
      { what: 'one action edited: requests', value: third - second, unit: '', bar: 8 },
      { what: 'one action edited: wall', value: edited.wallMs / 1000, unit: 's' },
    );
    if (edited.outcome.done !== requests) throw new Error(`Run again: ${JSON.stringify(edited.outcome)}`);
  } finally {
    await endpoint.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
