/** One file of predictions as the editor sees it: its report, and where each likely gap stands. */

import { DEFAULT_BOOTSTRAP } from '../../core/metrics/bootstrap';
import { listPredicted, Predicting } from '../../core/prediction/assignment';
import type { LikelyGap } from '../../core/prediction/likelyGap';
import { PREDICTION_LINES, type PredictionHeader, type PredictionObservation } from '../../core/prediction/record';
import { findLeadingScore, type PredictionReport, reportPrediction } from '../../core/prediction/report';
import type { SettingScore } from '../../core/prediction/score';
import { nameSubject } from '../../core/runs/record';
import { visitJournal } from '../../engine/runFiles';
import { resolveInside } from '../scenarios/insidePath';

export class StoredPrediction {
  private readonly gaps: ReadonlyMap<string, LikelyGap>;
  /** How well the predictions of likely gaps were tested. */
  readonly score: SettingScore | undefined;
  /** Requests that have no answer: it was cancelled, or some failed. */
  readonly unanswered: number;

  private constructor(
    readonly path: string,
    readonly root: string,
    readonly header: PredictionHeader,
    readonly report: PredictionReport,
    /** Ids of the requests that have an answer. */
    readonly answered: ReadonlySet<string>,
  ) {
    const gaps = new Map<string, LikelyGap>();
    for (const gap of report.likelyGaps) {
      const file = resolveInside(root, gap.file);
      if (file !== undefined) gaps.set(itemKey(file, gap.scenario, gap.value), gap);
    }
    this.gaps = gaps;
    this.score = findLeadingScore(report);
    this.unanswered = Math.max(0, new Predicting(header).count() - answered.size);
  }

  /**
   * @param root The folder that paths of scenario files start from.
   * @throws {RunFileError} where the file is gone or no prediction.
   */
  static read(path: string, root: string): StoredPrediction {
    const observations: PredictionObservation[] = [];
    const header = visitJournal(path, PREDICTION_LINES, { observation: (one) => observations.push(one) });
    const report = reportPrediction(header, observations, { ...DEFAULT_BOOTSTRAP, seed: header.seed });
    return new StoredPrediction(path, root, header, report, listPredicted(observations));
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
