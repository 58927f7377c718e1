/** `run`: asks one model about scenario files, shows the gaps, and keeps the run where the editor finds it. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { listItemResults } from '../core/metrics/itemResults';
import { measureRun } from '../core/metrics/report';
import { tabulate } from '../core/metrics/table';
import { countRequests, snapshotSelection } from '../core/runs/plan';
import { RUN_SCHEMA, type RunHeader } from '../core/runs/record';
import type { RunOutcome } from '../engine/events';
import { createRunFile } from '../engine/journal';
import { JournalError } from '../engine/ports';
import { newRunPath } from '../engine/runDirectory';
import { readRun } from '../engine/runFiles';
import { executeRun } from '../engine/runner';
import type { ModelClient } from '../models/client';
import { chooseClient } from './chooseClient';
import { formatGapTable, formatSummary } from './gapTable';
import { createProgressReporter } from './progressReporter';
import type { RunOptions } from './runOptions';
import { readScenarioFiles, type ScenarioInput } from './scenarioInput';
import { toOneTerminalLine } from './terminalText';
import { UsageError } from './usageError';

export const EXIT = { done: 0, failures: 1, usage: 2, interrupted: 130 } as const;

/**
 * Returns the exit code.
 * @param distFolder Where the built files lie.
 * @throws {UsageError}
 */
export async function runScenarioFiles(
  files: readonly string[],
  options: RunOptions,
  distFolder: string,
): Promise<number> {
  const input = readScenarioFiles(files, process.cwd());
  for (const problem of input.problems) console.error(problem);
  const client = await chooseClient(options, process.env, distFolder);
  try {
    const header = describeRun(input, options, client);
    const { path, outcome } = await carryOut(header, client, input.folder, options);
    report(path, outcome, options);
    return chooseExitCode(outcome);
  } finally {
    await client.dispose?.();
  }
}

function describeRun(input: ScenarioInput, options: RunOptions, client: ModelClient): RunHeader {
  const { temperature, maxTokens, structuredOutput, variants } = options;
  return {
    type: 'run',
    schema: RUN_SCHEMA,
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    model: {
      id: client.id,
      baseUrl: client.baseUrl,
      parameters: { temperature, maxTokens, structuredOutput },
      notes: [...client.notes],
    },
    variants: { task1: variants, task2: variants },
    repeats: 1,
    scenarios: snapshotSelection(input.selection),
  };
}

async function carryOut(header: RunHeader, client: ModelClient, folder: string, options: RunOptions) {
  const { path, journal } = await createJournal(header, folder, options.out);
  const { signal, release } = abortOnInterrupt();
  const progress = createProgressReporter(process.stderr, options.quiet ?? false);
  if (!options.quiet) console.error(`${client.id}: ${countRequests(header)} requests, written to ${path}`);
  try {
    const onEvent = progress.show.bind(progress);
    const outcome = await executeRun({ header, client, journal, concurrency: options.concurrency, signal, onEvent });
    return { path, outcome };
  } finally {
    progress.end();
    release();
    await journal.close();
  }
}

async function createJournal(header: RunHeader, folder: string, out: string | undefined) {
  try {
    const path = out === undefined ? newRunPath(folder, header.startedAt, header.model.id) : resolve(out);
    return { path, journal: await createRunFile(path, header) };
  } catch (error) {
    if (error instanceof JournalError) throw new UsageError(error.message);
    throw error;
  }
}

/** The first interrupt ends the run in good order; a second one ends the process, as nothing handles it any more. */
function abortOnInterrupt(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  const release = () => {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  };
  return { signal: controller.signal, release };
}

function report(path: string, outcome: RunOutcome, options: RunOptions): void {
  const run = readRun(path);
  const items = listItemResults(run);
  const measures = measureRun(tabulate(run));
  if (options.json) {
    console.log(JSON.stringify({ run: path, outcome, items, report: measures }));
  } else if (outcome.done > outcome.failed) {
    console.log(formatGapTable(items));
    console.log(formatSummary(measures, outcome));
  }
  for (const line of describeOutcome(path, outcome)) console.error(line);
}

function describeOutcome(path: string, { status, done, failed, total, reason }: RunOutcome): string[] {
  const kept = `${done - failed} of ${total} answers are in ${path}`;
  switch (status) {
    case 'done':
      return [`The run is in ${path}`];
    case 'done-with-failures':
      return [`${failed} of ${total} requests failed; the reasons are in ${path}`];
    case 'canceled':
      return [`Stopped. ${kept}`];
    case 'stopped':
      return [toOneTerminalLine(reason ?? 'The run was stopped.'), kept];
  }
}

function chooseExitCode({ status }: RunOutcome): number {
  if (status === 'canceled') return EXIT.interrupted;
  return status === 'done' ? EXIT.done : EXIT.failures;
}
