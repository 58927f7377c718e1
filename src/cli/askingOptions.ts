/** The options of every command that asks a model: whom, how, and how much. */
import { type Command, Option } from 'commander';
import type { Price } from '../models/endpoints';
import { integer, number, price } from './optionValues';

export interface AskingOptions {
  readonly baseUrl?: string;
  readonly apiKeyEnv?: string;
  /** A GGUF file for the built-in model. */
  readonly weights?: string;
  readonly concurrency: number;
  /** Requests, tokens a minute to an endpoint. */
  readonly rpm?: number;
  readonly tpm?: number;
  /** Seconds for one attempt. */
  readonly timeout: number;
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
  readonly quiet?: boolean;
}

const MOST_CONCURRENT = 100;

/** Where the model is; its name is for each command to ask for. */
export function addEndpointOptions(command: Command): Command {
  return command
    .option('--base-url <url>', 'an OpenAI-compatible endpoint, e.g. http://localhost:11434/v1')
    .option('--api-key-env <name>', 'environment variable that holds the key (openai/NAME: OPENAI_API_KEY)')
    .option('--weights <file>', 'a GGUF file of your own, for builtin/NAME');
}

export function addPaceOptions(command: Command): Command {
  return command
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
    );
}

export function addAnswerOptions(command: Command): Command {
  return command
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
    );
}

/** What commander read, with the names of what was written on the command line. */
export function readGiven<O extends { readonly given: ReadonlySet<keyof O> }>(command: Command): O {
  const options = command.opts<Omit<O, 'given'>>();
  const names = Object.keys(options) as (keyof O & string)[];
  const given = new Set(names.filter((name) => command.getOptionValueSource(name) === 'cli'));
  return { ...options, given } as unknown as O;
}
