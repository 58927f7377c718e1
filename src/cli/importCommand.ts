/** `import`: the released dataset as scenario files, and recorded answers as an ordinary run. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ImportError } from '../core/dataset/viaCsv';
import { formatCount } from '../display/numbers';
import { JournalError } from '../engine/ports';
import { importRecordedAnswers, type RecordedFiles } from '../importing/recordedAnswers';
import { describeImport, importViaDataset } from '../importing/viaDataset';
import { UsageError } from './usageError';

export function addImportCommand(program: Command): void {
  const command = program.command('import').description('Bring published data in.');
  command
    .command('via')
    .description('The released VIA dataset (CSV, also gzipped) → one scenario file for each country and topic.')
    .argument('<csv>', 'the dataset as released')
    .requiredOption('-o, --out <dir>', 'folder for the scenario files')
    .action((csv: string, { out }: { out: string }) => refuseKindly(() => importVia(csv, resolve(out))));
  command
    .command('recorded')
    .description('Recorded answers of a model (JSON Lines, also gzipped) → a run, to report and to look into.')
    .requiredOption('-m, --model <name>', 'the model that answered')
    .requiredOption('--state <file>', 'Task 1: country, topic, variant, response')
    .requiredOption('--act <file>', 'Task 2: country, topic, value, choice (agree, disagree or null)')
    .requiredOption('-o, --out <file>', 'run file to write')
    .action((options: RecordedFiles & { out: string }) => refuseKindly(() => importAnswers(options)));
}

function importVia(csv: string, folder: string): void {
  const imported = importViaDataset(csv, folder);
  reportSkipped(
    csv,
    imported.skipped.map(({ row, reason }) => ({ at: `row ${row}`, reason })),
  );
  console.error(`${folder}: ${describeImport(imported)}.`);
}

async function importAnswers({ out, ...files }: RecordedFiles & { out: string }): Promise<void> {
  const { run, skipped } = await importRecordedAnswers(files, resolve(out));
  for (const file of ['state', 'act'] as const) {
    const lines = skipped.filter((line) => line.file === file);
    reportSkipped(
      files[file],
      lines.map(({ line, reason }) => ({ at: `line ${line}`, reason })),
    );
  }
  const size = `${formatCount(run.header.scenarios.length, 'scenario')}, ${formatCount(run.observations.length, 'observation')}`;
  console.error(`${files.model}: ${size} written to ${out}.`);
}

const SHOWN = 20;

function reportSkipped(path: string, skipped: readonly { at: string; reason: string }[]): void {
  for (const { at, reason } of skipped.slice(0, SHOWN)) console.error(`${path}: ${at} left out: ${reason}.`);
  if (skipped.length > SHOWN) console.error(`${path}: and ${skipped.length - SHOWN} more left out.`);
}

async function refuseKindly(act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const isKnown = error instanceof ImportError || error instanceof JournalError;
    const isDisk = typeof (error as NodeJS.ErrnoException).code === 'string';
    if (isKnown || isDisk) throw new UsageError((error as Error).message);
    throw error;
  }
}
