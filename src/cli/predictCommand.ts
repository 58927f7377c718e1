/** `predict`: how well an observer tells from its actions what a model states, and where it expects gaps. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DEFAULT_BOOTSTRAP } from '../core/metrics/bootstrap';
import { PREDICTION_LINES, type PredictionObservation } from '../core/prediction/record';
import { type PredictionReport, reportPrediction } from '../core/prediction/report';
import { collectPredicted } from '../core/prediction/score';
import { tabulatePrediction, tabulatePredictionGroups } from '../display/predictionTables';
import { visitJournal } from '../engine/runFiles';
import { carryOutAssignment } from './assignmentRun';
import { EXIT } from './exitCodes';
import { preparePrediction } from './newPrediction';
import { describeOutcome } from './outcomeText';
import { addPredictOptions, type PredictOptions, readPredictOptions } from './predictOptions';
import { formatPrediction } from './predictReport';
import { prepareResumedPrediction } from './resumedPrediction';
import { writeTables } from './tableOutput';

const AFTER = `
The observer sees examples of what the target of the run did and said, and predicts the same for items it was not shown.
Attributions and explanations come from the target's own answers and from the scenario files of the run; others can be
named. An answer that is neither True nor False is counted as such and part of no score.
Exit codes: 0 done, 1 finished with failures or stopped by the model, 2 unusable arguments or input, 130 interrupted.`;

export function addPredictCommand(program: Command, distFolder: string): void {
  const command = program
    .command('predict')
    .description('Let an observer model predict the gaps of a finished run, and say how well it does.')
    .argument('[run]', 'the finished run of the target (.jsonl)')
    .argument('[file...]', 'scenario files with more about its actions, or with items to --forecast');
  addPredictOptions(command)
    .addHelpText('after', AFTER)
    .action(async (run: string | undefined, files: string[], _: unknown, called: Command) => {
      process.exitCode = await predictGaps(run, files, readPredictOptions(called), distFolder);
    });
}

/**
 * Returns the exit code.
 * @throws {UsageError}
 */
async function predictGaps(
  run: string | undefined,
  files: readonly string[],
  options: PredictOptions,
  distFolder: string,
): Promise<number> {
  const { resume, csv, json } = options;
  const prepared =
    resume === undefined
      ? await preparePrediction(run, files, options, distFolder)
      : await prepareResumedPrediction(resume, run, options, distFolder);
  try {
    const { path, outcome } = await carryOutAssignment(prepared, options);
    const report = readReport(path);
    if (csv !== undefined) writeTables([tabulatePrediction(report), ...tabulatePredictionGroups(report)], resolve(csv));
    if (json) console.log(JSON.stringify({ ...report, file: path, outcome }));
    else if (csv === undefined && outcome.done > outcome.failed) console.log(formatPrediction(report));
    for (const line of describeOutcome({ path, header: prepared.header, outcome }, 'predict')) console.error(line);
    if (outcome.status === 'canceled') return EXIT.interrupted;
    return outcome.status === 'done' ? EXIT.done : EXIT.failures;
  } finally {
    await prepared.dispose();
  }
}

/** Read back from the file: what is shown is what was kept. */
function readReport(path: string): PredictionReport {
  const observations: PredictionObservation[] = [];
  const header = visitJournal(path, PREDICTION_LINES, { observation: (one) => observations.push(one) });
  return reportPrediction(header, collectPredicted(observations), { ...DEFAULT_BOOTSTRAP, seed: header.seed });
}
