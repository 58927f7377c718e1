/** Small runs for tests, built from what each item was answered. */
import type { ActedAnswer, Observation, Run, ScenarioSnapshot, StatedAnswer } from '../../../src/core/runs/record';
import { RUN_SCHEMA } from '../../../src/core/runs/record';

export interface AnsweredItem {
  readonly value: string;
  readonly stated: readonly StatedAnswer[];
  readonly acted: readonly ActedAnswer[];
  readonly act?: ScenarioSnapshot['items'][number]['act'];
}

/** Answers stand at variants 0, 1, 2 … of their task, in order. */
export function buildRun(
  scenarios: readonly { country: string; topic: string; items: readonly AnsweredItem[] }[],
  repeats = 1,
): Run {
  const observations: Observation[] = [];
  const at = '2026-01-01T00:00:00.000Z';
  const snapshots = scenarios.map(({ country, topic, items }): ScenarioSnapshot => {
    const key = `${country} · ${topic}`;
    const variants = Math.max(...items.map((item) => item.stated.length));
    for (let variant = 0; variant < variants; variant++) {
      const answers = items.flatMap(({ value, stated }): [string, StatedAnswer][] => {
        const answer = stated[variant];
        return answer === undefined ? [] : [[value, answer]];
      });
      observations.push({ type: 'state', scenario: key, variant, repeat: 0, answers, raw: '', at });
    }
    for (const { value, acted } of items) {
      acted.forEach((answer, variant) => {
        observations.push({ type: 'act', scenario: key, value, variant, repeat: 0, answer, raw: '', at });
      });
    }
    return {
      key,
      name: key,
      file: 'test.scenario.yaml',
      country,
      topic,
      items: items.map(({ value, act = 'asked' }) => ({ value, act })),
    };
  });
  return {
    header: {
      type: 'run',
      schema: RUN_SCHEMA,
      id: 'test',
      startedAt: at,
      model: { id: 'test/model', parameters: {}, notes: [] },
      variants: { task1: [0, 1, 2, 3, 4, 5, 6, 7], task2: [0, 1, 2, 3, 4, 5, 6, 7] },
      repeats,
      scenarios: snapshots,
    },
    observations,
  };
}
