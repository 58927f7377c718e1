/** The options of `predict`, as commander hands them over, checked. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Label, labelSchema, SETTINGS, type Setting } from '../core/prediction/record';
import { type AskingOptions, addAnswerOptions, addEndpointOptions, addPaceOptions, readGiven } from './askingOptions';
import { integer } from './optionValues';

export interface PredictOptions extends AskingOptions {
  readonly observer?: string;
  readonly resume?: string;
  readonly label: Label;
  readonly settings: Setting[];
  readonly examples: number;
  readonly tests: number;
  readonly seed: number;
  /** Whether items of the named files that the run was not for are predicted, too. */
  readonly forecast?: boolean;
  readonly out?: string;
  readonly csv?: string;
  readonly json?: boolean;
  /** Names of the options that stand on the command line, defaults left out. */
  readonly given: ReadonlySet<keyof PredictOptions>;
}

const MOST_ITEMS = 100_000;

export function addPredictOptions(command: Command): Command {
  command.addOption(
    new Option('--observer <id>', 'the model that predicts: openai/NAME, builtin/NAME, or the name at --base-url'),
  );
  addEndpointOptions(command)
    .addOption(
      new Option(
        '--resume <prediction>',
        'go on with a file of predictions: ask what is missing and what failed',
      ).conflicts('out'),
    )
    .addOption(
      new Option('--label <what>', 'what is predicted: whether the target stated agreement, or chose the action shown')
        .choices(labelSchema.options)
        .default('stated'),
    )
    .addOption(
      new Option('--settings <list>', `what is shown of an action: ${SETTINGS.join(',')}`)
        .default([...SETTINGS], 'all four')
        .argParser(settings),
    )
    .addOption(new Option('--examples <n>', 'few-shot examples of each class').default(10).argParser(integer(0, 1000)))
    .addOption(new Option('--tests <n>', 'test items of each class').default(100).argParser(integer(1, MOST_ITEMS)))
    .addOption(
      new Option('--seed <n>', 'of the sample and of the intervals').default(1).argParser(integer(0, 2 ** 31 - 1)),
    )
    .option('--forecast', 'also predict gaps of items in the named files that the run was not asked about');
  addPaceOptions(command);
  return addAnswerOptions(command)
    .option('-o, --out <file>', 'file of predictions to write (default: in .value-action-lens/predictions/)')
    .option('--csv <dir>', 'write each table as a CSV file into a folder')
    .option('--json', 'print one JSON object: file, outcome, sample, scores, likely gaps')
    .option('-q, --quiet', 'no progress');
}

export function readPredictOptions(command: Command): PredictOptions {
  return readGiven<PredictOptions>(command);
}

/** In the order of the four, whatever the order they are written in. */
function settings(text: string): Setting[] {
  const names = text.split(',').map((name) => name.trim().toLowerCase());
  const known = SETTINGS.filter((setting) => names.includes(setting));
  if (names.some((name) => !SETTINGS.some((setting) => setting === name))) {
    throw new InvalidArgumentError(`Write one or more of ${SETTINGS.join(', ')}, with commas between them.`);
  }
  return known;
}
