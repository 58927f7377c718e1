/** New runs, one for each model and system prompt. */
import { randomUUID } from 'node:crypto';
import { ALL_VARIANTS, QUICK_VARIANTS } from '../../core/prompts/variants';
import { countRequests, type ScenarioSelection, snapshotSelection, splitBySystem } from '../../core/runs/plan';
import { RUN_SCHEMA, type RunHeader } from '../../core/runs/record';
import { nameSubject } from '../../core/runs/subject';
import { createRunFile } from '../../engine/journal';
import { newRunPath } from '../../engine/runDirectory';
import type { ModelToAsk } from '../models/modelToAsk';
import type { RunSettings } from '../settingsSchema';
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
  const shared = { group: randomUUID(), variants: { task1: [...chosen], task2: [...chosen] }, repeats };
  const plans = splitBySystem(selection).map(({ label: systemLabel, selection: under }) => ({
    ...shared,
    ...(systemLabel !== undefined && { systemLabel }),
    scenarios: snapshotSelection(under),
  }));
  const subjects = models.flatMap((model) => plans.map((plan) => ({ model, plan })));
  return subjects.map(({ model, plan }) => ({
    model: nameSubject({ model: { id: model }, systemLabel: plan.systemLabel }),
    total: countRequests(plan),
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
        const path = newRunPath(root, header.startedAt, nameSubject(header));
        return { path, journal: await createRunFile(path, header), settled, observations: [] };
      };
      return { header, root, asked, settled, leftAlone: 0, open };
    },
  }));
}
