/** `import`: the released dataset as scenario files, and recorded answers as an ordinary run. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { importRecorded } from '../core/dataset/recorded';
import { ImportError, readViaCsv } from '../core/dataset/viaCsv';
import { assembleScenarios, nameScenarioFile } from '../core/dataset/viaScenarios';
import { formatScenarios } from '../core/scenario/format';
import { formatCount } from '../display/numbers';
import { createRunFile } from '../engine/journal';
import { JournalError } from '../engine/ports';
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
    .action((options: RecordedOptions) => refuseKindly(() => importAnswers(options)));
}

interface RecordedOptions {
  readonly model: string;
  readonly state: string;
  readonly act: string;
  readonly out: string;
}

function importVia(csv: string, out: string): void {
  const { rows, skipped: unreadable } = readViaCsv(readText(csv));
  const { scenarios, counts, skipped } = assembleScenarios(rows);
  if (scenarios.length === 0) throw new ImportError(`${csv} holds no usable row. Expected the released VIA dataset.`);
  mkdirSync(out, { recursive: true });
  const names = scenarios.map(nameScenarioFile);
  const existing = names.find((name) => existsSync(join(out, name)));
  if (existing)
    throw new ImportError(`${join(out, existing)} exists already and is not overwritten. Choose an empty folder.`);
  scenarios.forEach((scenario, at) => {
    writeFileSync(join(out, names[at] as string), formatScenarios([scenario]));
  });
  reportSkipped(
    csv,
    [...unreadable, ...skipped].map(({ row, reason }) => ({ at: `row ${row}`, reason })),
  );
  console.error(
    `${formatCount(scenarios.length, 'scenario file')} written to ${out}: ${formatCount(counts.complete, 'complete item')}, ` +
      `${counts.incomplete} incomplete (${counts.refused} refused by the generator), ` +
      `${formatCount(counts.recovered, 'action')} recovered from a cut text.`,
  );
}

async function importAnswers({ model, state, act, out }: RecordedOptions): Promise<void> {
  const { run, skipped } = importRecorded({
    model,
    stateLines: readText(state).split('\n'),
    actLines: readText(act).split('\n'),
    id: randomUUID(),
    importedAt: new Date().toISOString(),
  });
  const journal = await createRunFile(resolve(out), run.header);
  try {
    await Promise.all(run.observations.map((observation) => journal.append(observation)));
  } finally {
    await journal.close();
  }
  const path = { state, act };
  for (const file of ['state', 'act'] as const) {
    const lines = skipped.filter((line) => line.file === file);
    reportSkipped(
      path[file],
      lines.map(({ line, reason }) => ({ at: `line ${line}`, reason })),
    );
  }
  console.error(
    `${model}: ${formatCount(run.header.scenarios.length, 'scenario')}, ${formatCount(run.observations.length, 'observation')} written to ${out}`,
  );
}

const SHOWN = 20;

function reportSkipped(path: string, skipped: readonly { at: string; reason: string }[]): void {
  for (const { at, reason } of skipped.slice(0, SHOWN)) console.error(`${path}: ${at} left out: ${reason}.`);
  if (skipped.length > SHOWN) console.error(`${path}: and ${skipped.length - SHOWN} more left out.`);
}

/** @throws {ImportError} where the file cannot be read. */
function readText(path: string): string {
  const bytes = readBytes(path);
  // Gzip by its first two bytes, whatever the file is called.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch {
    throw new ImportError(`${path} is a gzip file that is cut or damaged. Fetch it again.`);
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ImportError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
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
