/** A prediction in the editor's words: never without saying that it is one. */
import { describeLikelyGap, describeQuality, describeShown } from '../../display/predictionSentences';
import { describeDirection, describeResult, shortenModelId } from '../../display/sentences';
import type { ModelItemResult } from '../runs/itemSummary';
import type { Translate } from '../translate';
import type { ShownPrediction } from './predictionsOnScreen';

/** The end of an item's line: `○┄┄┄● likely gap: parrot says agree, acts disagree  predicted by owl`; empty where it is open. */
export function sayPredictionAtEndOfLine({ gap, from }: ShownPrediction, t: Translate): string {
  const by = t('predicted by {0}', shortenModelId(from.observer));
  if (gap.status === 'open') return '';
  if (gap.status === 'aligned' || !gap.direction) return `${t('likely aligned')}  ${by}`;
  const dumbbell = gap.direction === 'stated-agree-acted-disagree' ? '○┄┄┄●' : '●┄┄┄○';
  return `${dumbbell}  ${t('likely gap: {0} {1}', shortenModelId(from.target), t(describeDirection(gap.direction)))}  ${by}`;
}

/** Lines for the hover, as plain text: what is predicted, what was measured, and how far to believe it. */
export function sayPredictionInHover(
  { gap, from, isStale }: ShownPrediction,
  measured: Pick<ModelItemResult, 'result' | 'stale'> | undefined,
  t: Translate,
): string[] {
  const lines = [
    t('Prediction about {0}: {1}.', shortenModelId(from.target), t(describeLikelyGap(gap))),
    ...(measured && !measured.stale ? [t('Measured: {0}.', t(describeResult(measured.result)))] : []),
    t(
      'Predicted by {0} from {1}: {2}.',
      shortenModelId(from.observer),
      t(describeShown(gap.setting)),
      describeQuality(from.score),
    ),
  ];
  return isStale ? [t('An earlier text was predicted.'), ...lines] : lines;
}
