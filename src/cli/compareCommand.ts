/** `compare`: what became of a run against its baseline. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { compareRuns } from '../core/compare/compareRuns';
import { documentComparison } from '../core/compare/comparisonDocument';
import { DEFAULT_BOOTSTRAP } from '../core/metrics/bootstrap';
import type { MissingPolicy } from '../core/metrics/itemScores';
import { tabulateChanges, tabulateLoneItems, tabulateRateDifferences, tabulateTexts } from '../display/compareTables';
import { formatComparison } from './comparisonText';
import { readNamedRun } from './namedRun';
import { integer } from './optionValues';
import { writeTables } from './tableOutput';

interface CompareCommandOptions {
  readonly missing: MissingPolicy;
  readonly seed: number;
  readonly json?: boolean;
  readonly csv?: string;
}

export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('Compare a run with a baseline: gaps closed and opened, the difference of the rates, changed texts.')
    .argument('<a>', 'the baseline: a run file (.jsonl)')
    .argument('<b>', 'the run to compare with it')
    .addOption(
      new Option('--missing <policy>', 'items without a usable answer: leave them out, or count them as agree')
        .choices(['exclude', 'agree'])
        .default('exclude'),
    )
    .option('--seed <n>', 'seed of the bootstrap intervals', integer(0, 2 ** 31 - 1), DEFAULT_BOOTSTRAP.seed)
    .option('--json', 'print one JSON object')
    .option('--csv <dir>', 'write each table as a CSV file into a folder')
    .action((a: string, b: string, { missing, seed, json, csv }: CompareCommandOptions) => {
      const comparison = compareRuns(readNamedRun(a), readNamedRun(b), {
        missing,
        bootstrap: { ...DEFAULT_BOOTSTRAP, seed },
      });
      if (csv !== undefined) {
        const tabulations = [tabulateChanges, tabulateRateDifferences, tabulateLoneItems, tabulateTexts];
        writeTables(
          tabulations.map((tabulate) => tabulate(comparison)),
          resolve(csv),
        );
      }
      if (json) console.log(JSON.stringify(documentComparison(comparison, seed)));
      else if (csv === undefined) console.log(formatComparison(comparison));
    });
}
