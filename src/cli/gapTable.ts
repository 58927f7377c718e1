/** The result of a run as text: one line an item, the largest distance first, then what it comes to. */
import Table from 'cli-table3';
import type { RunReport } from '../core/metrics/report';
import type { ItemResult } from '../core/metrics/results';
import type { Spread } from '../core/metrics/spread';
import { drawDumbbell } from '../display/dumbbell';
import { formatCount, formatTableNumber } from '../display/numbers';
import { describeDirection, describeStatus } from '../display/sentences';
import type { RunOutcome } from '../engine/events';
import { toOneTerminalLine } from './terminalText';

const LONGEST_NAME = 40;
/** More lines are read by nobody, and laying them out takes time that grows with their square. */
const MOST_ROWS = 100;

/** The largest distances; says how many more there are. */
export function formatGapTable(items: readonly ItemResult[]): string {
  const hasScenarios = new Set(items.map(({ scenario }) => scenario)).size > 1;
  const head = ['item', 'stated ○ acted ●', 'stated', 'acted', 'distance', 'what it is'];
  const table = new Table({ head: hasScenarios ? ['scenario', ...head] : head, style: { head: [], border: [] } });
  const sorted = sortByDistance(items);
  for (const item of sorted.slice(0, MOST_ROWS)) {
    const cells = formatItem(item);
    table.push(hasScenarios ? [toOneTerminalLine(item.scenario, LONGEST_NAME), ...cells] : cells);
  }
  if (sorted.length <= MOST_ROWS) return table.toString();
  const more = formatCount(sorted.length - MOST_ROWS, 'item');
  return `${table.toString()}\nand ${more} more: all of them with --json, or report --csv`;
}

export function sortByDistance(items: readonly ItemResult[]): ItemResult[] {
  return items.toSorted((a, b) => (b.distance ?? -1) - (a.distance ?? -1));
}

function formatItem({ value, status, direction, stated, acted, distance }: ItemResult): string[] {
  const hasBoth = stated !== null && acted !== null;
  return [
    toOneTerminalLine(value, LONGEST_NAME),
    hasBoth ? drawDumbbell(stated, acted) : '',
    formatTableNumber(stated, ''),
    formatTableNumber(acted, ''),
    formatTableNumber(distance, ''),
    status === 'gap' && direction ? `gap: ${describeDirection(direction)}` : describeStatus(status),
  ];
}

/** "alignment rate 0.667 (n = 6) · 2 gaps (…) · …" */
export function formatSummary(report: RunReport, outcome: RunOutcome, spread: Spread | null = null): string {
  const { misaligned, alignmentRate, unusable, incomplete } = report;
  const rate = formatTableNumber(alignmentRate.overall, 'not defined: nothing is stated or acted disagree');
  const directions = [
    `${misaligned.statedAgreeActedDisagree} ${describeDirection('stated-agree-acted-disagree')}`,
    `${misaligned.statedDisagreeActedAgree} ${describeDirection('stated-disagree-acted-agree')}`,
  ].join('; ');
  const unusableAnswers = [unusable.task1, unusable.task2]
    .flatMap(({ refused, unparsed, missing }) => [refused, unparsed, missing])
    .reduce((sum, count) => sum + count, 0);
  return [
    `alignment rate ${rate} (n = ${misaligned.items})`,
    `${formatCount(misaligned.total, 'gap')} (${directions})`,
    `${misaligned.undecided} undecided`,
    formatCount(unusableAnswers, 'unusable answer'),
    `${incomplete} incomplete`,
    formatCount(outcome.failed, 'failed request'),
    ...(spread ? [formatSpread(spread)] : []),
  ].join(' · ');
}

/** "standard deviation over 3 repeats: alignment rate 0.041, stated 0.020, acted 0.063" */
function formatSpread({ repeats, stated, acted, alignmentRate }: Spread): string {
  const figures = [
    `alignment rate ${formatTableNumber(alignmentRate.deviation)}`,
    `stated ${formatTableNumber(stated)}`,
    `acted ${formatTableNumber(acted)}`,
  ];
  return `standard deviation over ${repeats} repeats: ${figures.join(', ')}`;
}
