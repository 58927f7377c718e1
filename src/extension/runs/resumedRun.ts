/** A run of before, taken up again. */
import { openForResume } from '../../engine/resume';
import { readRun } from '../../engine/runFiles';
import type { RunModel } from '../models/modelOfRun';
import type { ModelToAsk } from '../models/modelToAsk';
import type { RunJob } from './preparedRun';
import type { StoredRun } from './storedRun';
import { findWhatIsLeft, type Wanted } from './whatIsLeft';

export function describeResumedRun(
  run: StoredRun,
  wanted: Wanted,
  connectAgain: (model: RunModel) => Promise<ModelToAsk>,
): RunJob {
  return {
    model: run.model,
    total: run.summary?.planned ?? 0,
    prepare: async () => {
      const { header, settled, leftAlone } = findWhatIsLeft(run.path, wanted);
      const asked = await connectAgain(header.model);
      const open = async () => {
        const { journal, known, answered } = await openForResume(run.path);
        const { observations } = readRun(run.path);
        return { path: run.path, journal, known, observations, settled: wanted === 'missing' ? answered : settled };
      };
      return { header, root: run.root, asked, settled, leftAlone, open };
    },
  };
}
