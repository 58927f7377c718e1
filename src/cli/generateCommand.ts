/** `generate`: asks a model for the actions that scenarios lack, and writes what it proposes into a folder. */
import type { Command } from 'commander';
import { collectProposals } from '../core/generation/collect';
import { GENERATION_LINES, type GenerationObservation } from '../core/generation/record';
import { visitJournal } from '../engine/runFiles';
import { type AcceptedFiles, findOwnSource, writeAcceptedFiles } from './acceptedFiles';
import { carryOutAssignment } from './assignmentRun';
import { EXIT } from './exitCodes';
import { addGenerateOptions, type GenerateOptions, readGenerateOptions } from './generateOptions';
import { describeGeneration, type FinishedGeneration, printGeneration, toJson } from './generateReport';
import { type PreparedGeneration, prepareNewGeneration } from './newGeneration';
import { prepareResumedGeneration } from './resumedGeneration';
import { UsageError } from './usageError';

const AFTER = `
A proposal is one line of a .proposals.jsonl file. With --accept those that pass every check stand in scenario files in
the same folder; the files they were asked for stay as they are.
Exit codes: 0 done, 1 finished with failures, stopped by the model, or a file could not be written, 2 unusable arguments
or input, 130 interrupted.`;

export function addGenerateCommand(program: Command, distFolder: string): void {
  const command = program
    .command('generate')
    .description('Ask a model for value-informed actions that scenario files lack, or for those of a whole study.')
    .argument('[file...]', 'scenario files (*.scenario.yaml or .json)');
  addGenerateOptions(command)
    .addHelpText('after', AFTER)
    .action(async (files: string[], _: unknown, called: Command) => {
      process.exitCode = await generateActions(files, readGenerateOptions(called), distFolder);
    });
}

/**
 * Returns the exit code.
 * @throws {UsageError}
 */
async function generateActions(
  files: readonly string[],
  options: GenerateOptions,
  distFolder: string,
): Promise<number> {
  const { resume } = options;
  const prepared =
    resume === undefined
      ? await prepareNewGeneration(files, options, distFolder)
      : await prepareResumedGeneration(resume, files, options, distFolder);
  try {
    if (options.accept) refuseAccepting(prepared);
    const { path, outcome } = await carryOutAssignment(prepared, options);
    const observations: GenerationObservation[] = [];
    visitJournal(path, GENERATION_LINES, { observation: (observation) => observations.push(observation) });
    const { header, places } = prepared;
    const offered = collectProposals(header, observations);
    const accepted = options.accept ? writeAcceptedFiles(header, offered, places) : undefined;
    const finished: FinishedGeneration = { path, header, outcome, offered, accepted };
    if (options.json) console.log(JSON.stringify(toJson(finished)));
    else printGeneration(finished);
    for (const line of describeGeneration(finished)) console.error(line);
    return chooseExitCode(finished.outcome.status, accepted);
  } finally {
    await prepared.dispose();
  }
}

/** Before anything is asked. */
function refuseAccepting({ header, places }: PreparedGeneration): void {
  if (header.variants.length > 1) {
    throw new UsageError(
      'Several variants propose several actions for one place. Rate them first, then --accept those of the best variant alone.',
    );
  }
  const source = findOwnSource(header, places);
  if (source === undefined) return;
  throw new UsageError(
    `${source} would be written over by its own copy. Choose an --out folder that does not hold the scenario files.`,
  );
}

function chooseExitCode(status: FinishedGeneration['outcome']['status'], accepted?: AcceptedFiles): number {
  if (status === 'canceled') return EXIT.interrupted;
  const isWritten = (accepted?.problems.length ?? 0) === 0;
  return status === 'done' && isWritten ? EXIT.done : EXIT.failures;
}
