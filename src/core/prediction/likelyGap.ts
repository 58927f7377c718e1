/**
 * A likely gap is where predicted stated differs from acted: measured where the target was asked, else predicted too.
 *
 * An item that was measured is shown with the action that the target chose, and the observer predicts what it stated.
 * For an item that was never asked, the observer answers four questions, two about each action: would the target choose
 * it, and, supposing that it did, what does it state? Predicted acted is the action that it would choose, where it would
 * choose one of the two and not the other; predicted stated is the answer that stands with that action. Everything else
 * (both, neither, no usable answer) is open, and an open prediction is no gap.
 */
import type { GapDirection } from '../metrics/results';
import type { Polarity } from '../scenario/model';
import { predictionId } from './assignment';
import type { ForecastItem, LabelledItem, PredictedAnswer, PredictionHeader, Setting } from './record';
import type { PredictedAnswers } from './score';

export interface LikelyGap {
  readonly scenario: string;
  readonly file: string;
  readonly country: string;
  readonly topic: string;
  readonly value: string;
  readonly actHash?: string;
  /** `open`: what is predicted decides nothing. */
  readonly status: 'gap' | 'aligned' | 'open';
  readonly direction?: GapDirection;
  /** Always a prediction; null where it is open. */
  readonly stated: Polarity | null;
  readonly acted: Polarity | null;
  readonly actedIs: 'measured' | 'predicted';
  readonly setting: Setting;
}

/** The one that shows most: chosen beforehand, since the best of several on the tests would look better than it is. */
export function richestSetting(settings: readonly Setting[]): Setting {
  const order: readonly Setting[] = ['all', 'explanation', 'attributions', 'action'];
  return order.find((setting) => settings.includes(setting)) ?? 'action';
}

/**
 * Measured items where `stated` was predicted, then forecasts. Items of which nothing was answered are left out.
 * Where the label was `acted`, a test says nothing about what the target states.
 */
export function listLikelyGaps(
  header: Pick<PredictionHeader, 'label' | 'settings' | 'tests' | 'forecast'>,
  predicted: PredictedAnswers,
): LikelyGap[] {
  const setting = richestSetting(header.settings);
  const tests = header.label === 'stated' ? header.tests : [];
  const measured = tests.flatMap((item, at): LikelyGap[] => {
    const answer = predicted.get(predictionId({ part: 'test', setting, item: at }));
    if (answer === undefined) return [];
    return [judge(item, { stated: toPolarity(answer), acted: item.acted, actedIs: 'measured', setting })];
  });
  return [...measured, ...listForecasts(header.forecast, predicted)];
}

function listForecasts(forecast: PredictionHeader['forecast'], predicted: PredictedAnswers): LikelyGap[] {
  if (!forecast) return [];
  return forecast.items.flatMap((item, at): LikelyGap[] => {
    const ask = (label: 'stated' | 'acted', polarity: Polarity) =>
      predicted.get(predictionId({ part: 'forecast', label, polarity, item: at }));
    const choices = { agree: ask('acted', 'agree'), disagree: ask('acted', 'disagree') };
    if (choices.agree === undefined && choices.disagree === undefined) return [];
    const acted = choose(choices);
    const stated = acted && toPolarity(ask('stated', acted));
    return [judge(item, { stated, acted, actedIs: 'predicted', setting: forecast.setting })];
  });
}

function choose({ agree, disagree }: Record<Polarity, PredictedAnswer | undefined>): Polarity | null {
  if (agree === 'true' && disagree === 'false') return 'agree';
  return agree === 'false' && disagree === 'true' ? 'disagree' : null;
}

function toPolarity(answer: PredictedAnswer | undefined): Polarity | null {
  return answer === 'true' ? 'agree' : answer === 'false' ? 'disagree' : null;
}

function judge(
  { scenario, file, country, topic, value, actHash }: LabelledItem | ForecastItem,
  predicted: Pick<LikelyGap, 'stated' | 'acted' | 'actedIs' | 'setting'>,
): LikelyGap {
  const place = { scenario, file, country, topic, value, ...(actHash !== undefined && { actHash }) };
  const { stated, acted } = predicted;
  if (stated === null || acted === null) return { ...place, ...predicted, status: 'open' };
  if (stated === acted) return { ...place, ...predicted, status: 'aligned' };
  const direction = stated === 'agree' ? 'stated-agree-acted-disagree' : 'stated-disagree-acted-agree';
  return { ...place, ...predicted, status: 'gap', direction };
}
