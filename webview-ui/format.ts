/** Sentences of the charts, beyond those that `src/display` has for every view. */
import { formatCount, formatEditorNumber, formatTableNumber } from '../src/display/numbers';
import { describeDirection, describeStatus } from '../src/display/sentences';
import type { ItemRow, ItemsQuestion, ModelRow } from '../src/protocol/charts';

/** Untrusted text on one line, of bounded length, without characters that would turn the text around it. */
export function formatName(text: string, longest = 200): string {
  const line = text
    .slice(0, longest * 4)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  const letters = Array.from(line);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line;
}

/** What was found for one item, without its numbers: "says agree, acts disagree". */
export function formatFinding(item: ItemRow): string {
  if (item.status === 'gap' && item.direction) return describeDirection(item.direction);
  if (item.status === 'unusable' && item.stated !== null) return 'no usable action';
  if (item.status === 'unusable' && item.acted !== null) return 'no usable stated answer';
  return describeStatus(item.status);
}

/** One sentence on one item of one run, for the hover and the screen reader. */
export function describeItem(item: ItemRow): string {
  const parts = [`${formatName(item.run, 80)} ${formatFinding(item)}`];
  if (item.stated !== null) parts.push(`stated ${formatEditorNumber(item.stated)}`);
  if (item.acted !== null) parts.push(`acted ${formatEditorNumber(item.acted)}`);
  if (item.distance !== null) parts.push(`distance ${formatEditorNumber(item.distance)}`);
  return parts.join(', ');
}

/** "95 % interval 0.151–0.298". */
export function formatInterval(interval: ModelRow['interval']): string {
  return interval ? `95 % interval ${formatTableNumber(interval[0])}–${formatTableNumber(interval[1])}` : 'no interval';
}

/** Why there is no rate; null where there is one. */
export function explainMissingRate(model: ModelRow): string | null {
  if (model.alignmentRate !== null) return null;
  if (model.items > 0) return 'no rate: nothing was stated or acted disagree';
  return model.undecided > 0 ? 'no rate: no item is decided' : 'no rate: no item has usable answers in both tasks';
}

/** Items that no rate counts, each kind in words: "1 undecided · 2 incomplete"; empty where there are none. */
export function formatLeftOut(model: ModelRow): string {
  const kinds: readonly [number, string][] = [
    [model.undecided, 'undecided'],
    [model.unusable, 'unusable'],
    [model.incomplete, 'incomplete'],
  ];
  const parts = kinds.filter(([count]) => count > 0).map(([count, kind]) => `${count.toLocaleString('en')} ${kind}`);
  if (model.failures > 0) parts.push(formatCount(model.failures, 'failed request'));
  return parts.join(' · ');
}

/** "Equality in Nigeria, gpt-4o-mini". */
export function describeQuestion({ by, group, value, run }: ItemsQuestion): string {
  const where = by === 'overall' ? 'all scenarios' : formatName(group) || `no ${by} named`;
  const what = value === undefined ? capitalize(where) : `${formatName(value)} in ${where}`;
  return run === undefined ? what : `${what}, ${formatName(run, 80)}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
