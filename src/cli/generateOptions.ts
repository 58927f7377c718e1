/** The options of `generate`, as commander hands them over, checked. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { BEST_GENERATION_VARIANT } from '../core/prompts/generation';
import { parseVariants } from '../core/prompts/variants';
import { closest } from '../core/scenario/closest';
import type { Polarity } from '../core/scenario/model';
import { COUNTRIES, TOPICS } from '../core/study';
import { VALUES } from '../core/values';
import { type AskingOptions, addAnswerOptions, addEndpointOptions, addPaceOptions, readGiven } from './askingOptions';

export interface GenerateOptions extends AskingOptions {
  readonly model?: string;
  readonly resume?: string;
  readonly variants: number[];
  readonly polarity: 'agree' | 'disagree' | 'both';
  readonly countries?: string[];
  readonly topics?: string[];
  readonly values?: string[];
  /** Whether actions that are there are asked for, and replaced, too. */
  readonly replace?: boolean;
  readonly accept?: boolean;
  /** The folder that everything is written to. */
  readonly out?: string;
  readonly json?: boolean;
  /** Names of the options that stand on the command line, defaults left out. */
  readonly given: ReadonlySet<keyof GenerateOptions>;
}

export function addGenerateOptions(command: Command): Command {
  command.addOption(
    new Option('-m, --model <id>', 'openai/NAME, builtin/NAME, or the name at the endpoint of --base-url'),
  );
  addEndpointOptions(command)
    .option('--resume <proposals>', 'go on with a file of proposals: ask what is missing and what failed')
    .addOption(
      new Option('--variants <which>', 'all 8 wordings, or a list as 0,5')
        .default([BEST_GENERATION_VARIANT], String(BEST_GENERATION_VARIANT))
        .argParser(variants),
    )
    .addOption(
      new Option('--polarity <side>', 'which actions to ask for')
        .choices(['agree', 'disagree', 'both'])
        .default('both'),
    )
    .addOption(new Option('--countries <list>', 'a whole study, without files: A,B or all').argParser(names(COUNTRIES)))
    .addOption(new Option('--topics <list>', 'of a study: A,B or all').argParser(names(TOPICS)))
    .addOption(new Option('--values <list>', 'only these: A,B or all (default)').argParser(names(VALUE_NAMES)))
    .option('--replace', 'ask for actions that are there too; --accept then replaces them')
    .option('--accept', 'write scenario files with all proposals that pass the checks (one variant)')
    .option(
      '-o, --out <dir>',
      'folder for the proposals and the scenario files (with --resume: that of the proposals)',
    );
  addPaceOptions(command);
  return addAnswerOptions(command)
    .option('--json', 'print one JSON object: proposals file, outcome, counts, files, what was left out')
    .option('-q, --quiet', 'no progress');
}

export function readGenerateOptions(command: Command): GenerateOptions {
  return readGiven<GenerateOptions>(command);
}

export function listPolarities({ polarity }: Pick<GenerateOptions, 'polarity'>): Polarity[] {
  return polarity === 'both' ? ['agree', 'disagree'] : [polarity];
}

const VALUE_NAMES = VALUES.map(({ name }) => name);

function variants(text: string): number[] {
  try {
    if (text.trim().toLowerCase() !== 'quick') return parseVariants(text);
  } catch {}
  throw new InvalidArgumentError('Write all, or numbers from 0 to 7 as in 0,5.');
}

/** Names as the study writes them, whatever their case; others are taken as they are. */
function names(known: readonly string[]): (text: string) => string[] {
  return (text) => {
    if (text.trim().toLowerCase() === 'all') return [...known];
    const written = text.split(',').map((name) => name.replace(/\s+/g, ' ').trim());
    if (written.includes('')) throw new InvalidArgumentError('Write names with commas between them, or all.');
    return [...new Set(written.map((name) => findKnown(name, known) ?? name))];
  };
}

function findKnown(name: string, known: readonly string[]): string | undefined {
  return known.find((other) => other.toLowerCase() === name.toLowerCase());
}

/** The first that is none of the 56, and what was most likely meant. */
export function findUnknownValue(values: readonly string[]): { name: string; meant?: string } | undefined {
  const name = values.find((value) => !VALUE_NAMES.includes(value));
  return name === undefined ? undefined : { name, meant: closest(name, VALUE_NAMES) };
}
