/** `export`: scenario files as published data. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { formatCount } from '../display/numbers';
import { ExportError, exportViaDataset, type ViaExport } from '../exporting/viaDataset';
import { EXIT } from './exitCodes';
import { formatProblem } from './scenarioInput';
import { toOneTerminalLine } from './terminalText';
import { UsageError } from './usageError';

export function addExportCommand(program: Command): void {
  const command = program.command('export').description('Write scenario files in the form of published data.');
  command
    .command('via')
    .description("Scenario files of a folder → one CSV with the released VIA dataset's columns.")
    .argument('<dir>', 'folder of the scenario files')
    .requiredOption('-o, --out <csv>', 'file to write, .csv or .csv.gz')
    .addHelpText('after', '\nExit codes: 0 done, 1 something in the files could not be exported, 2 unusable input.')
    .action((folder: string, { out }: { out: string }) => {
      process.exitCode = exportVia(folder, out);
    });
}

const SHOWN = 20;

function exportVia(folder: string, out: string): number {
  let errors = 0;
  try {
    const exported = exportViaDataset(resolve(folder), resolve(out), (file, text, problem) => {
      if (problem.severity !== 'error') return;
      if (++errors <= SHOWN) console.error(formatProblem(file, text, problem));
    });
    if (errors > SHOWN) console.error(`and ${errors - SHOWN} more errors.`);
    for (const line of describe(exported)) console.error(toOneTerminalLine(line));
    console.error(`${out}: ${formatCount(exported.rows, 'row')} of ${formatCount(exported.scenarios, 'scenario')}.`);
    return errors > 0 || exported.repeated > 0 ? EXIT.failures : EXIT.done;
  } catch (error) {
    if (error instanceof ExportError) throw new UsageError(error.message);
    throw error;
  }
}

/** What the columns cannot hold. */
function describe({ missing, ownValues, repeated }: ViaExport): string[] {
  const lines: string[] = [];
  if (missing > 0) lines.push(`Left out: ${formatCount(missing, 'action')} that nobody has written yet.`);
  if (ownValues.length > 0) {
    const names = ownValues.slice(0, SHOWN).join(', ');
    lines.push(`The columns have no place for definitions, so an import will not know ${names}.`);
  }
  if (repeated > 0) {
    lines.push(
      `${formatCount(repeated, 'row')} of an item that another scenario has as well: an import takes the first.`,
    );
  }
  return lines;
}
