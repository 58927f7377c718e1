/** New runs, one for each model. */
import { randomUUID } from 'node:crypto';
import { ALL_VARIANTS, QUICK_VARIANTS } from '../../core/prompts/variants';
import { countRequests, type ScenarioSelection, snapshotSelection } from '../../core/runs/plan';
import { RUN_SCHEMA, type RunHeader } from '../../core/runs/record';
import { createRunFile } from '../../engine/journal';
import { newRunPath } from '../../engine/runDirectory';
import type { ModelToAsk } from '../models/modelToAsk';
import type { RunSettings } from '../settings';
import type { RunJob } from './preparedRun';

export interface NewRuns {
  readonly selection: readonly ScenarioSelection[];
  readonly models: readonly string[];
  readonly variants: RunSettings['variants'];
  readonly repeats: number;
  /** The folder that the selection's paths start from, and whose runs these are. */
  readonly root: string;
}

export function describeNewRuns(
  { selection, models, variants, repeats, root }: NewRuns,
  connect: (model: string) => Promise<ModelToAsk>,
): RunJob[] {
  const chosen = variants === 'quick' ? QUICK_VARIANTS : ALL_VARIANTS;
  const plan = {
    group: randomUUID(),
    variants: { task1: [...chosen], task2: [...chosen] },
    repeats,
    scenarios: snapshotSelection(selection),
  };
  const total = countRequests(plan);
  return models.map((model) => ({
    model,
    total,
    prepare: async () => {
      const asked = await connect(model);
      const { client, parameters } = asked;
      const header: RunHeader = {
        type: 'run',
        schema: RUN_SCHEMA,
        id: randomUUID(),
        startedAt: new Date().toISOString(),
        model: { id: client.id, baseUrl: client.baseUrl, parameters, notes: [...client.notes] },
        ...plan,
      };
      const settled: ReadonlySet<string> = new Set();
      const open = async () => {
        const path = newRunPath(root, header.startedAt, client.id);
        return { path, journal: await createRunFile(path, header), settled, observations: [] };
      };
      return { header, root, asked, settled, leftAlone: 0, open };
    },
  }));
}
