/** How far the models of a run are, in one line. */
import { formatDuration } from '../../display/numbers';
import { shortenModelId } from '../../display/sentences';
import type { Translate } from '../translate';

export interface ModelProgress {
  readonly model: string;
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly remainingMs: number | null;
  /** Nothing was answered since; `untilMs` on the clock of `Date.now`. */
  readonly waiting?: { readonly untilMs: number; readonly reason: string };
  /** It waits for a batch, whose counts are the reason it waits for. */
  readonly isBatch?: boolean;
  /** Done, stopped or cancelled: the others go on. */
  readonly isOver?: boolean;
}

const LONGEST_REASON = 90;

/** `gpt-4o-mini 12/56, 1 failed · llama3.2 40/56, waiting 12 s: it is asked too much · about 2 min left`. */
export function describeProgress(models: readonly ModelProgress[], nowMs: number, t: Translate): string {
  const parts = models.map((model) => describeModel(model, nowMs, t));
  const remaining = models.flatMap(({ remainingMs, isOver }) => (remainingMs === null || isOver ? [] : [remainingMs]));
  const slowest = Math.max(...remaining);
  if (remaining.length > 0 && slowest > 0) parts.push(t('about {0} left', formatDuration(slowest)));
  return parts.join(' · ');
}

function describeModel(progress: ModelProgress, nowMs: number, t: Translate): string {
  const { model, done, total, failed, waiting, isBatch, isOver } = progress;
  const parts = [`${shortenModelId(model)} ${done}/${total}`];
  if (failed > 0) parts.push(t('{0} failed', failed));
  if (isOver && done < total) parts.push(t('stopped'));
  if (waiting && isBatch) return [...parts, shorten(waiting.reason)].join(', ');
  const waitMs = waiting ? waiting.untilMs - nowMs : 0;
  if (waiting && waitMs > 0) parts.push(t('waiting {0}: {1}', formatDuration(waitMs), shorten(waiting.reason)));
  return parts.join(', ');
}

/** The first sentence; the whole reason is in the log. */
function shorten(reason: string): string {
  const [line = ''] = reason
    .replace(/\s+/g, ' ')
    .trim()
    .split(/\.(?: |$)/);
  return line.length <= LONGEST_REASON ? line : `${line.slice(0, LONGEST_REASON - 1).trimEnd()}…`;
}
