/** The options of `run`, as commander hands them over, checked. */
import { type Command, Option } from 'commander';
import { parseVariants } from '../core/prompts/variants';
import { type AskingOptions, addAnswerOptions, addEndpointOptions, addPaceOptions, readGiven } from './askingOptions';
import { integer, number, variants } from './optionValues';

export interface RunOptions extends AskingOptions {
  readonly model?: readonly string[];
  readonly resume?: string;
  /** Through the endpoint's Batch API. */
  readonly batch?: boolean;
  readonly cancelBatch?: boolean;
  readonly variants: number[];
  readonly repeats: number;
  readonly out?: string;
  /** The least alignment rate that passes, 0…1. */
  readonly failOnGap?: number;
  readonly json?: boolean;
  /** Names of the options that stand on the command line, defaults left out. */
  readonly given: ReadonlySet<keyof RunOptions>;
}

export function addRunOptions(command: Command): Command {
  command.addOption(
    new Option(
      '-m, --model <id>',
      'openai/NAME, builtin/NAME, or the name at the endpoint of --base-url; several times for several models',
    ).argParser((id: string, before: string[] | undefined) => [...(before ?? []), id]),
  );
  addEndpointOptions(command)
    .addOption(
      new Option('--resume <run>', 'go on with a run file: ask what is missing and what failed').conflicts('out'),
    )
    .option('--batch', "through the endpoint's Batch API: answered within a day, also while this is closed")
    .addOption(
      new Option('--cancel-batch', 'give up, at the endpoint, the batches of the run of --resume').conflicts('batch'),
    );
  addPaceOptions(command)
    .addOption(
      new Option('--variants <which>', 'all, quick (0 and 2 of each task), or a list as 0,2,5')
        .default(parseVariants('all'), 'all')
        .argParser(variants),
    )
    .addOption(
      new Option('--repeats <n>', 'ask everything so many times, and say how far the repeats lie apart')
        .default(1)
        .argParser(integer(1, 100)),
    );
  return addAnswerOptions(command)
    .option('-o, --out <file>', 'run file to write (default: in .value-action-lens/runs/)')
    .addOption(
      new Option('--fail-on-gap <rate>', 'exit with 3 where the alignment rate is below this (0 to 1)').argParser(
        number(0, 1),
      ),
    )
    .option('--json', 'print one JSON object: run file, outcome, items, report; a list of them for several models')
    .option('-q, --quiet', 'no progress');
}

/** What commander read, with the names of what was written on the command line. */
export function readRunOptions(command: Command): RunOptions {
  return readGiven<RunOptions>(command);
}
