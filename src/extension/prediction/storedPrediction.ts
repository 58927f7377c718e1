/** One file of predictions as the editor sees it: its report, and where each likely gap stands. */

import { DEFAULT_BOOTSTRAP } from '../../core/metrics/bootstrap';
import { Predicting } from '../../core/prediction/assignment';
import { type LikelyGap, listLikelyGaps } from '../../core/prediction/likelyGap';
import { PREDICTION_LINES, type PredictionHeader, type PredictionObservation } from '../../core/prediction/record';
import { findLeadingScore, type PredictionReport, reportPrediction } from '../../core/prediction/report';
import { collectPredicted, type PredictedAnswers, type SettingScore } from '../../core/prediction/score';
import { nameSubject } from '../../core/runs/subject';
import { visitJournal } from '../../engine/runFiles';
import { resolveInside } from '../scenarios/insidePath';

export class StoredPrediction {
  private readonly gaps: ReadonlyMap<string, LikelyGap>;
  private reported: PredictionReport | undefined;

  private constructor(
    readonly path: string,
    readonly root: string,
    readonly header: PredictionHeader,
    private readonly predicted: PredictedAnswers,
  ) {
    const gaps = new Map<string, LikelyGap>();
    for (const gap of listLikelyGaps(header, predicted)) {
      const file = resolveInside(root, gap.file);
      if (file !== undefined) gaps.set(itemKey(file, gap.scenario, gap.value), gap);
    }
    this.gaps = gaps;
  }

  /**
   * @param root The folder that paths of scenario files start from.
   * @throws {RunFileError} where the file is gone or no prediction.
   */
  static read(path: string, root: string): StoredPrediction {
    const observations: PredictionObservation[] = [];
    const header = visitJournal(path, PREDICTION_LINES, { observation: (one) => observations.push(one) });
    return new StoredPrediction(path, root, header, collectPredicted(observations));
  }

  /** Made when somebody asks for it: its intervals take a tenth of a second. */
  get report(): PredictionReport {
    this.reported ??= reportPrediction(this.header, this.predicted, { ...DEFAULT_BOOTSTRAP, seed: this.header.seed });
    return this.reported;
  }

  /** How well the predictions of likely gaps were tested. */
  get score(): SettingScore | undefined {
    return findLeadingScore(this.report);
  }

  /** Ids of the requests that have an answer. */
  get answered(): ReadonlySet<string> {
    return new Set(this.predicted.keys());
  }

  /** Requests that have no answer: it was cancelled, or some failed. */
  get unanswered(): number {
    return Math.max(0, new Predicting(this.header).count() - this.predicted.size);
  }

  /** Whose answers are predicted: the model, and the label of its system prompt. */
  get target(): string {
    const { target } = this.header;
    return nameSubject({ ...target, model: { id: target.model } });
  }

  get observer(): string {
    return this.header.model.id;
  }

  find(file: string, scenario: string, value: string): LikelyGap | undefined {
    return this.gaps.get(itemKey(file, scenario, value));
  }
}

function itemKey(file: string, scenario: string, value: string): string {
  return JSON.stringify([file, scenario, value]);
}
