/** Runs with wanted stated and acted answers: what a comparison reads, and nothing else. */
import { hashActed, hashStated } from '../../../src/core/runs/hashes';
import type {
  ActedAnswer,
  Observation,
  Run,
  RunHeader,
  ScenarioSnapshot,
  StatedAnswer,
} from '../../../src/core/runs/record';

export interface TestItem {
  readonly value: string;
  /** One answer a variant, from variant 0; `undefined` leaves the rest unasked. */
  readonly stated: readonly StatedAnswer[];
  readonly acted: readonly ActedAnswer[];
  readonly text?: Partial<ScenarioSnapshot['items'][number]>;
}

export interface TestScenario extends Partial<Omit<ScenarioSnapshot, 'items'>> {
  readonly items: readonly TestItem[];
}

export function makeRun(scenarios: readonly TestScenario[], header: Partial<RunHeader> = {}): Run {
  const snapshots = scenarios.map(({ items, ...own }): ScenarioSnapshot => {
    const country = own.country ?? 'Nigeria';
    const topic = own.topic ?? 'Leisure';
    const scenario: ScenarioSnapshot = {
      key: `${country} · ${topic}`,
      name: own.key ?? `${country} · ${topic}`,
      file: '',
      ...own,
      country,
      topic,
      items: items.map(({ value, text }) => ({
        value,
        act: 'asked',
        definition: `what ${value} is`,
        agree: `I am for ${value}.`,
        disagree: `I am against ${value}.`,
        ...text,
      })),
    };
    return {
      ...scenario,
      stateHash: hashStated(scenario),
      items: scenario.items.map((item) => ({ ...item, actHash: hashActed(scenario, item) })),
    };
  });
  const reply = { repeat: 0, raw: '', at: '2026-01-31T09:30:00.000Z' };
  const observations = scenarios.flatMap(({ items }, index): Observation[] => {
    const scenario = snapshots[index]?.key ?? '';
    const variants = [0, 1, 2, 3, 4, 5, 6, 7];
    return [
      ...variants.flatMap((variant): Observation[] => {
        const answers = items.flatMap(({ value, stated }): [string, StatedAnswer][] => {
          const answer = stated[variant];
          return answer === undefined ? [] : [[value, answer]];
        });
        return answers.length === 0 ? [] : [{ type: 'state', scenario, variant, answers, ...reply }];
      }),
      ...items.flatMap(({ value, acted }) =>
        acted.map((answer, variant): Observation => ({ type: 'act', scenario, value, variant, answer, ...reply })),
      ),
    ];
  });
  return {
    header: {
      type: 'run',
      schema: 'value-action-lens/run@1',
      id: 'run',
      startedAt: '2026-01-31T09:30:00.000Z',
      model: { id: 'lab/model', parameters: { temperature: 0.2 }, notes: [] },
      variants: { task1: [0, 1, 2, 3, 4, 5, 6, 7], task2: [0, 1, 2, 3, 4, 5, 6, 7] },
      repeats: 1,
      ...header,
      scenarios: snapshots,
    },
    observations,
  };
}

/** An item that states and acts as named, each under one variant: `AD` states agree and acts disagree. */
export function item(value: string, kind: 'AA' | 'AD' | 'DA' | 'DD' | 'A?' | '?A' | 'A½'): TestItem {
  const stated: StatedAnswer[] = [kind[0] === 'A' ? 1 : kind[0] === 'D' ? 4 : 'refused'];
  const acted: Record<string, ActedAnswer[]> = {
    A: ['agree'],
    D: ['disagree'],
    '?': ['unparsed'],
    '½': ['agree', 'agree', 'disagree', 'disagree'],
  };
  return { value, stated, acted: acted[kind[1] ?? '?'] ?? [] };
}
