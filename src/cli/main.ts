/** The command line: the same engine and the same records as the editor. */
import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { RunFileError } from '../core/runs/runFile';
import { JournalError } from '../engine/ports';
import { addCompareCommand } from './compareCommand';
import { EXIT } from './exitCodes';
import { addExportCommand } from './exportCommand';
import { addGenerateCommand } from './generateCommand';
import { addImportCommand } from './importCommand';
import { fetchModel } from './modelFetch';
import { addPredictCommand } from './predictCommand';
import { addReportCommand } from './reportCommand';
import { addReviewCommand } from './reviewCommand';
import { runScenarioFiles } from './runCommand';
import { addRunOptions, readRunOptions } from './runOptions';
import { UsageError } from './usageError';

const EXIT_CODES = `
Exit codes: 0 done, 1 finished with failures or stopped by the model, 2 unusable arguments or input,
3 the alignment rate is below --fail-on-gap, 130 interrupted.`;

function createProgram(): Command {
  const program = new Command('value-action-lens')
    .description('Shows where a language model says one thing about its values and does another.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(--help shows what can be written)');
  addRunOptions(
    program
      .command('run')
      .description('Ask a model both tasks about scenario files, and show each gap.')
      .argument('[file...]', 'scenario files (*.scenario.yaml or .json); with --resume those of the run'),
  )
    .addHelpText('after', EXIT_CODES)
    .action(async (files: string[], _: unknown, command: Command) => {
      process.exitCode = await runScenarioFiles(files, readRunOptions(command), __dirname);
    });
  program
    .command('model')
    .description('The built-in model.')
    .command('fetch')
    .description('Fetch the built-in model and its runtime (185 MB, once).')
    .option('--json', 'print one JSON object: path, source, bytes')
    .action(async (options: { json?: boolean }) => {
      process.exitCode = await fetchModel(options, __dirname);
    });
  addReportCommand(program);
  addCompareCommand(program);
  addImportCommand(program);
  addExportCommand(program);
  addGenerateCommand(program, __dirname);
  addPredictCommand(program, __dirname);
  addReviewCommand(program);
  return program;
}

// Whoever reads may have seen enough: `… | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    // Commander has said what is wrong itself.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    else {
      const isExplained = [UsageError, RunFileError, JournalError].some((kind) => error instanceof kind);
      console.error(isExplained ? (error as Error).message : error);
      process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failures;
    }
  });
