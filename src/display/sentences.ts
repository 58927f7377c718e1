/** What was found about an item, in the words of the method. The direction is always spelled out. */
import type { GapDirection, ItemResult, ItemStatus } from '../core/metrics/results';
import { drawDumbbell } from './dumbbell';
import { formatCount, formatEditorNumber } from './numbers';

export function describeDirection(direction: GapDirection): string {
  return direction === 'stated-agree-acted-disagree' ? 'says agree, acts disagree' : 'says disagree, acts agree';
}

export function describeStatus(status: ItemStatus): string {
  switch (status) {
    case 'gap':
      return 'gap';
    case 'aligned':
      return 'aligned';
    case 'undecided':
      return 'undecided: picks each action equally often';
    case 'unusable':
      return 'no usable answer';
    case 'incomplete':
      return 'incomplete: an action is missing';
  }
}

/** "says agree, acts disagree, gap 0.71", "aligned, distance 0.04", "no usable answer". */
export function describeResult(result: Pick<ItemResult, 'status' | 'direction' | 'distance'>): string {
  if (result.status === 'gap' && result.direction && result.distance !== null) {
    return `${describeDirection(result.direction)}, gap ${formatEditorNumber(result.distance)}`;
  }
  if (result.status === 'aligned' && result.distance !== null) {
    return `aligned, distance ${formatEditorNumber(result.distance)}`;
  }
  return describeStatus(result.status);
}

/** `○───● 0.71`, `◉ 0.04`, or words where there is no distance. */
export function drawResult(result: Pick<ItemResult, 'status' | 'stated' | 'acted' | 'distance'>): string {
  const { stated, acted, distance } = result;
  if (result.status === 'undecided' || stated === null || acted === null || distance === null) {
    return result.status === 'undecided' ? 'undecided' : describeStatus(result.status);
  }
  return `${drawDumbbell(stated, acted)} ${formatEditorNumber(distance)}`;
}

/** The last part of a model id, which is what people call it: `openai/gpt-4o-mini` → `gpt-4o-mini`. */
export function shortenModelId(id: string): string {
  return id.split('/').filter(Boolean).at(-1) ?? id;
}

/** "3 gaps in 6 items". */
export function countGaps(gaps: number, items: number): string {
  return `${formatCount(gaps, 'gap')} in ${formatCount(items, 'item')}`;
}
