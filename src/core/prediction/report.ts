/** What a prediction comes to, as one document. */
import { type BootstrapOptions, DEFAULT_BOOTSTRAP } from '../metrics/bootstrap';
import { type LikelyGap, listLikelyGaps, richestSetting } from './likelyGap';
import type { Drawn, Label, PredictionHeader, Setting } from './record';
import { type PredictedAnswers, type SettingScore, scorePredictions } from './score';

export const PREDICTION_REPORT_SCHEMA = 'value-action-lens/prediction-report@1';

export interface PredictionReport {
  readonly schema: typeof PREDICTION_REPORT_SCHEMA;
  readonly observer: string;
  readonly target: PredictionHeader['target'];
  readonly label: Label;
  readonly seed: number;
  readonly sample: Drawn & {
    /** What each class really gave. */
    readonly examples: number;
    readonly tests: number;
  };
  readonly settings: readonly SettingScore[];
  readonly likelyGaps: readonly LikelyGap[];
}

export function reportPrediction(
  header: PredictionHeader,
  predicted: PredictedAnswers,
  bootstrap: BootstrapOptions = DEFAULT_BOOTSTRAP,
): PredictionReport {
  const { model, target, label, seed, drawn, examples, tests } = header;
  return {
    schema: PREDICTION_REPORT_SCHEMA,
    observer: model.id,
    target,
    label,
    seed,
    sample: { ...drawn, examples: examples.length / 2, tests: tests.length / 2 },
    settings: scorePredictions(header, predicted, bootstrap),
    likelyGaps: listLikelyGaps(header, predicted),
  };
}

/** The score that stands for likely gaps: that of the setting they are judged in. */
export function findLeadingScore({ settings }: Pick<PredictionReport, 'settings'>): SettingScore | undefined {
  const leading: Setting = richestSetting(settings.map(({ setting }) => setting));
  return settings.find(({ setting }) => setting === leading);
}
