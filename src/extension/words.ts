/** What was found, in the method's words and the user's language. The one place where results become sentences. */
import * as vscode from 'vscode';
import type { ItemResult } from '../core/metrics/results';
import { describeChange, describeChangeKind } from '../display/compareSentences';
import { drawDumbbell } from '../display/dumbbell';
import { formatEditorNumber } from '../display/numbers';
import { describeDirection, describeStatus, shortenModelId } from '../display/sentences';
import type { ShownChange } from './compare/changesOnScreen';
import { type ItemSummary, type ModelItemResult, markResult } from './runs/itemSummary';

const { t } = vscode.l10n;

/** `○───● 0.71`, `◉ 0.04`; empty where there is no distance. */
export function drawSmall({ stated, acted, distance }: ItemResult): string {
  if (stated === null || acted === null || distance === null) return '';
  return `${drawDumbbell(stated, acted)} ${formatEditorNumber(distance)}`;
}

/** "gpt-4o-mini says agree, acts disagree". */
export function sayResult(found: ModelItemResult): string {
  const { result } = found;
  const model = shortenModelId(found.model);
  switch (markResult(found)) {
    case 'gap':
      return `${model} ${result.direction ? t(describeDirection(result.direction)) : t(describeStatus('gap'))}`;
    case 'aligned':
      return t('{0} is aligned', model);
    case 'undecided':
      return t('{0} is undecided: it picks each action equally often', model);
    case 'unusable':
      return t('{0}: no usable answer', model);
    case 'incomplete':
      return t('an action is missing, so Task 2 was not asked');
    case 'failed':
      return t('{0}: asking failed, run again', model);
    case 'stale':
      return t('{0} was asked about an earlier text', model);
  }
}

/** The end of an item's line: `○───● 0.71  gpt-4o-mini says agree, acts disagree  +2`. */
export function sayAtEndOfLine({ mark, lead, further }: ItemSummary): string {
  const more = further > 0 ? `  +${further}` : '';
  switch (mark) {
    case 'gap':
      return `${drawSmall(lead.result)}  ${sayResult(lead)}${more}`;
    case 'aligned':
      return drawSmall(lead.result);
    case 'stale':
      return `◌ ${t('stale: asked about an earlier text')}`;
    case 'incomplete':
      return sayResult(lead);
    default:
      return `${sayResult(lead)}${more}`;
  }
}

/** The short form behind a tree row's label. */
export function sayInTree({ mark, lead, further }: ItemSummary): string {
  const more = further > 0 ? `  +${further}` : '';
  switch (mark) {
    case 'gap':
    case 'aligned':
      return `${drawSmall(lead.result)}${mark === 'gap' ? more : ''}`;
    case 'undecided':
      return t('undecided');
    case 'unusable':
      return t('no usable answer');
    case 'failed':
      return t('failed');
    case 'incomplete':
      return t('incomplete');
    case 'stale':
      return t('stale');
  }
}

/** "gpt-4o-mini says agree, acts disagree (gap 0.71)": for Problems and tooltips. */
export function sayWithNumber(found: ModelItemResult): string {
  const { distance } = found.result;
  const mark = markResult(found);
  if (distance === null || (mark !== 'gap' && mark !== 'aligned')) return sayResult(found);
  const number = formatEditorNumber(distance);
  return mark === 'gap'
    ? t('{0} (gap {1})', sayResult(found), number)
    : t('{0} (distance {1})', sayResult(found), number);
}

/** Behind the result at the end of a line: "gap closed, was 0.71 → 0.14"; empty where nothing changed. */
export function sayChangeAtEndOfLine(change: ShownChange): string {
  return change.kind === 'same' ? '' : describeChange({ ...change, mayBeChance: false });
}

/** Behind a tree row's label: "closed", "opened". */
export function sayChangeInTree({ kind }: ShownChange): string {
  return kind === 'same' ? '' : t(describeChangeKind(kind));
}

/** "gpt-4o-mini: gap closed, was 0.71 → 0.14 (one sample per prompt: may be chance)". */
export function sayChange(change: ShownChange): string {
  return `${shortenModelId(change.model)}: ${describeChange(change)}`;
}

export function sayGaps(gaps: number): string {
  if (gaps === 0) return t('no gaps');
  return gaps === 1 ? t('1 gap') : t('{0} gaps', gaps);
}

/** As the user's system writes it: "12:03" today, "24 Nov, 12:03" on other days. */
export function sayWhen(iso: string, precision: 'minutes' | 'seconds' = 'minutes'): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const seconds = precision === 'seconds' ? ({ second: '2-digit' } as const) : {};
  const time = { hour: '2-digit', minute: '2-digit', ...seconds } as const;
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(vscode.env.language, isToday ? time : { day: 'numeric', month: 'short', ...time });
}
