/** The options of `run`, as commander hands them over, checked. */
import { type Command, Option } from 'commander';
import { parseVariants } from '../core/prompts/variants';
import type { Price } from '../models/endpoints';
import { integer, number, price, variants } from './optionValues';

export interface RunOptions {
  readonly model?: readonly string[];
  readonly baseUrl?: string;
  readonly apiKeyEnv?: string;
  /** A GGUF file for the built-in model. */
  readonly weights?: string;
  readonly resume?: string;
  /** Through the endpoint's Batch API. */
  readonly batch?: boolean;
  readonly cancelBatch?: boolean;
  readonly concurrency: number;
  /** Requests, tokens a minute to an endpoint. */
  readonly rpm?: number;
  readonly tpm?: number;
  /** Seconds for one attempt. */
  readonly timeout: number;
  readonly variants: number[];
  readonly repeats: number;
  /** Times a request is asked again whose answer cannot be read. */
  readonly reasks: number;
  readonly temperature: number;
  readonly maxTokens?: number;
  readonly structuredOutput?: boolean;
  /** False: answers known from earlier runs are asked anew. */
  readonly cache: boolean;
  /** So many requests are asked without asking back. */
  readonly limit?: number;
  readonly yes?: boolean;
  readonly price?: Price;
  readonly out?: string;
  /** The least alignment rate that passes, 0…1. */
  readonly failOnGap?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Names of the options that stand on the command line, defaults left out. */
  readonly given: ReadonlySet<keyof RunOptions>;
}

const MOST_CONCURRENT = 100;

export function addRunOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-m, --model <id>',
        'openai/NAME, builtin/NAME, or the name at the endpoint of --base-url; several times for several models',
      ).argParser((id: string, before: string[] | undefined) => [...(before ?? []), id]),
    )
    .option('--base-url <url>', 'an OpenAI-compatible endpoint, e.g. http://localhost:11434/v1')
    .option('--api-key-env <name>', 'environment variable that holds the key (openai/NAME: OPENAI_API_KEY)')
    .option('--weights <file>', 'a GGUF file of your own, for builtin/NAME')
    .addOption(
      new Option('--resume <run>', 'go on with a run file: ask what is missing and what failed').conflicts('out'),
    )
    .option('--batch', "through the endpoint's Batch API: answered within a day, also while this is closed")
    .addOption(
      new Option('--cancel-batch', 'give up, at the endpoint, the batches of the run of --resume').conflicts('batch'),
    )
    .addOption(
      new Option('-c, --concurrency <n>', 'requests to a model under way at once')
        .default(8)
        .argParser(integer(1, MOST_CONCURRENT)),
    )
    .addOption(new Option('--rpm <n>', 'requests a minute to an endpoint, at the most').argParser(number(0.1, 1e7)))
    .addOption(new Option('--tpm <n>', 'tokens a minute to an endpoint, at the most').argParser(number(1, 1e12)))
    .addOption(
      new Option('--timeout <seconds>', 'for one request; then it is asked again')
        .default(120)
        .argParser(number(0.1, 86_400)),
    )
    .addOption(
      new Option('--variants <which>', 'all, quick (0 and 2 of each task), or a list as 0,2,5')
        .default(parseVariants('all'), 'all')
        .argParser(variants),
    )
    .addOption(
      new Option('--repeats <n>', 'ask everything so many times, and say how far the repeats lie apart')
        .default(1)
        .argParser(integer(1, 100)),
    )
    .addOption(
      new Option('--reasks <n>', 'ask so many times more, with a reminder of the format, what cannot be read')
        .default(1)
        .argParser(integer(0, 10)),
    )
    .addOption(new Option('--temperature <t>', '0 to 2').default(0.2).argParser(number(0, 2)))
    .addOption(new Option('--max-tokens <n>', 'token limit of an answer').argParser(integer(1, 1_000_000)))
    .option('--structured-output', 'ask for JSON by schema; this suppresses refusals')
    .option('--no-cache', 'ask anew what is known from earlier runs; the new answers replace the old ones')
    .addOption(
      new Option('--limit <n>', 'ask first where a run needs more requests than this; piped, refuse').argParser(
        integer(0, 1e9),
      ),
    )
    .option('-y, --yes', 'go beyond --limit without asking')
    .addOption(
      new Option('--price <in,out>', 'price of a million tokens, to say about what a run costs').argParser(price),
    )
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
  const options = command.opts<Omit<RunOptions, 'given'>>();
  const names = Object.keys(options) as (keyof RunOptions)[];
  return { ...options, given: new Set(names.filter((name) => command.getOptionValueSource(name) === 'cli')) };
}
