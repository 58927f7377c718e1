/** A comparison to read in a terminal: flips first, then rates, changed texts, and what it comes to. */
import Table from 'cli-table3';
import type { ComparedRun, RunComparison } from '../core/compare/compareRuns';
import type { ItemChange } from '../core/compare/itemChanges';
import {
  describeChangeKind,
  describeTextChange,
  drawSide,
  explainComparison,
  formatSigned,
  summarizeComparison,
} from '../display/compareSentences';
import { tabulateRateDifferences } from '../display/compareTables';
import { formatCount, formatTableNumber } from '../display/numbers';
import { describeDirection, describeStatus } from '../display/sentences';
import { formatTable } from './tableOutput';
import { toOneTerminalLine } from './terminalText';

const LONGEST_NAME = 32;
/** More lines are read by nobody; all of them are in --json and --csv. */
const MOST_ROWS = 100;
const MOST_TEXTS = 20;
const LONGEST_TEXT = 160;

export function formatComparison(comparison: RunComparison): string {
  const changed = comparison.items.filter(({ kind }) => kind !== 'same');
  const groups = tabulateRateDifferences(comparison);
  const rates = groups.rows.filter(([by]) => by !== 'scenario');
  const summary = [summarizeComparison(comparison), ...explainComparison(comparison)].map((line) =>
    toOneTerminalLine(line),
  );
  const parts = [
    `${nameRun('A', comparison.a)}\n${nameRun('B', comparison.b)}`,
    ...(changed.length > 0 ? [formatChanges(changed, comparison)] : []),
    // With one scenario its only rate is in the summary.
    ...(comparison.alignmentRate.overall.scenarios > 1 ? [formatTable({ ...groups, rows: rates })] : []),
    ...formatTexts(comparison),
    summary.join('\n'),
  ];
  return parts.join('\n\n');
}

function nameRun(letter: string, { model, startedAt, id }: ComparedRun): string {
  return toOneTerminalLine(`${letter}  ${model}, started ${startedAt} (${id})`);
}

function formatChanges(changed: readonly ItemChange[], { items }: RunComparison): string {
  const hasScenarios = new Set(items.map(({ scenario }) => scenario)).size > 1;
  const head = ['change', ...(hasScenarios ? ['scenario'] : []), 'item', 'was', '', 'now', '', 'by', 'now it'];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const item of changed.slice(0, MOST_ROWS)) {
    table.push([
      describeChangeKind(item.kind) + (item.mayBeChance ? ' *' : ''),
      ...(hasScenarios ? [toOneTerminalLine(item.scenario, LONGEST_NAME)] : []),
      toOneTerminalLine(item.value, LONGEST_NAME),
      drawSide(item.was),
      formatTableNumber(item.was.distance, ''),
      drawSide(item.now),
      formatTableNumber(item.now.distance, ''),
      item.moved === null ? '' : formatSigned(item.moved, 3),
      item.now.direction
        ? describeDirection(item.now.direction)
        : (describeStatus(item.now.status).split(':')[0] ?? ''),
    ]);
  }
  const notes = [
    ...(changed.length > MOST_ROWS
      ? [`and ${formatCount(changed.length - MOST_ROWS, 'item')} more: all of them with --json or --csv`]
      : []),
    ...(changed.some(({ mayBeChance }) => mayBeChance) ? ['* one sample per prompt: may be chance'] : []),
  ];
  return [table.toString(), ...notes].join('\n');
}

function formatTexts({ texts, settings }: RunComparison): string[] {
  const lines = [
    ...settings.flatMap(({ setting, before, after }) => formatBeforeAfter(setting, before, after)),
    ...texts
      .slice(0, MOST_TEXTS)
      .flatMap((change) => formatBeforeAfter(describeTextChange(change), change.before, change.after)),
    ...(texts.length > MOST_TEXTS
      ? [`  and ${formatCount(texts.length - MOST_TEXTS, 'text')} more: all of them with --json or --csv`]
      : []),
  ];
  return lines.length === 0 ? [] : [['What changed in the text and the settings', ...lines].join('\n')];
}

function formatBeforeAfter(what: string, before: string | null, after: string | null): string[] {
  return [
    `  ${toOneTerminalLine(what, LONGEST_TEXT)}`,
    ...(before === null ? [] : [`  - ${toOneTerminalLine(before, LONGEST_TEXT)}`]),
    ...(after === null ? [] : [`  + ${toOneTerminalLine(after, LONGEST_TEXT)}`]),
  ];
}
