/** The options of `run`, as commander hands them over, checked. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseVariants } from '../core/prompts/variants';
import type { ModelChoice } from './chooseClient';

export interface RunOptions extends ModelChoice {
  readonly concurrency: number;
  readonly variants: number[];
  readonly temperature: number;
  readonly maxTokens?: number;
  readonly structuredOutput?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const MOST_CONCURRENT = 100;

export function addRunOptions(command: Command): Command {
  return command
    .requiredOption('-m, --model <id>', 'openai/NAME, builtin/NAME, or the name at the endpoint of --base-url')
    .option('--base-url <url>', 'an OpenAI-compatible endpoint, e.g. http://localhost:11434/v1')
    .option('--api-key-env <name>', 'environment variable that holds the key (openai/NAME: OPENAI_API_KEY)')
    .option('--weights <file>', 'a GGUF file of your own, for builtin/NAME')
    .addOption(
      new Option('-c, --concurrency <n>', 'requests under way at once')
        .default(8)
        .argParser(integer(1, MOST_CONCURRENT)),
    )
    .addOption(
      new Option('--variants <which>', 'all, quick (0 and 2 of each task), or a list as 0,2,5')
        .default(parseVariants('all'), 'all')
        .argParser(variants),
    )
    .addOption(new Option('--temperature <t>', '0 to 2').default(0.2).argParser(temperature))
    .addOption(new Option('--max-tokens <n>', 'token limit of an answer').argParser(integer(1, 1_000_000)))
    .option('--structured-output', 'ask for JSON by schema; this suppresses refusals')
    .option('-o, --out <file>', 'run file to write (default: in .value-action-lens/runs/)')
    .option('--json', 'print one JSON object: run file, outcome, items, report')
    .option('-q, --quiet', 'no progress');
}

function integer(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Give a whole number from ${low} to ${high}.`);
  };
}

function temperature(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 2) return value;
  throw new InvalidArgumentError('Give a number from 0 to 2.');
}

function variants(text: string): number[] {
  try {
    return parseVariants(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
