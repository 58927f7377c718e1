/** Studies to draw: made-up runs over any countries, topics and values, and the recorded ones beside the repository. */
import { importRecorded } from '../../src/core/dataset/recorded';
import type { Observation, Run } from '../../src/core/runs/record';
import { VALUES } from '../../src/core/values';
import { ChartedRuns } from '../../src/extension/chartedRuns';
import { readSharedLines } from '../fixtures/sharedData';
import type { Show } from './sampleResults';

export const RECORDED_MODELS = ['gpt-4o-mini', 'llama-3.3-70b', 'gpt-3.5-turbo'] as const;

const AT = '2025-06-01T10:00:00.000Z';

export interface StudyOptions {
  readonly model: string;
  readonly countries: readonly string[];
  readonly topics: readonly string[];
  readonly values?: readonly string[];
  readonly seed?: number;
  /** Path of the scenarios' file in the workspace; empty as in imported runs. */
  readonly file?: string;
}

/** One run: all 8 variants of both tasks, answers drawn from a seed; a value now and then has no usable answer. */
export function makeStudyRun({ model, countries, topics, values, seed = 7, file = '' }: StudyOptions): Run {
  const names = values ?? VALUES.map(({ name }) => name);
  let state = seed;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const scenarios = countries.flatMap((country) =>
    topics.map((topic) => ({
      key: `${country} · ${topic}`,
      name: `${country} · ${topic}`,
      file,
      country,
      topic,
      items: names.map((value) => ({ value, act: 'asked' as const })),
    })),
  );
  const variants = [0, 1, 2, 3, 4, 5, 6, 7];
  const observations = scenarios.flatMap(({ key: scenario }) => {
    const base = { scenario, repeat: 0, raw: '', at: AT };
    const characters = names.map(() => [random() ** 2, random() ** 2] as const);
    const states = variants.map((variant): Observation => {
      const answers = names.map((value, at): [string, 1 | 2 | 3 | 4 | 'refused'] => {
        const likert = Math.min(4, 1 + Math.floor((characters[at]?.[0] ?? 0) * 4 * (0.8 + 0.4 * random())));
        return [value, (characters[at]?.[1] ?? 0) > 0.97 ? 'refused' : (likert as 1 | 2 | 3 | 4)];
      });
      return { type: 'state', ...base, variant, answers };
    });
    const acts = names.flatMap((value, at) =>
      variants.map((variant): Observation => {
        const answer = random() < (characters[at]?.[1] ?? 0) ? 'disagree' : 'agree';
        return { type: 'act', ...base, value, variant, answer };
      }),
    );
    return [...states, ...acts];
  });
  return {
    header: {
      type: 'run',
      schema: 'value-action-lens/run@1',
      id: `${model}-${seed}`,
      startedAt: AT,
      model: { id: model, parameters: {}, notes: [] },
      variants: { task1: variants, task2: variants },
      repeats: 1,
      scenarios,
    },
    observations,
  };
}

/** A recorded model's run from the reference data. @throws Error where the data is absent */
export function readRecordedRun(model: string): Run {
  return importRecorded({
    model,
    stateLines: readSharedLines(`recorded/${model}.t1.jsonl.gz`),
    actLines: readSharedLines(`recorded/${model}.t2.jsonl.gz`),
    id: model,
    importedAt: AT,
  }).run;
}

/** As the host would describe these runs. */
export function chartRuns(runs: readonly Run[]): ChartedRuns {
  const models = [...new Set(runs.map((run) => run.header.model.id))];
  return new ChartedRuns(runs, { seriesOf: (model) => models.indexOf(model), fileOf: (_, file) => file });
}

export function showRuns(runs: readonly Run[]): Show {
  return { type: 'show', title: `${runs.length} runs side by side`, ...chartRuns(runs).describe(), running: false };
}
