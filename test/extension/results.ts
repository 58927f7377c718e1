/** Small runs and results for the tests of this folder. */
import type { ItemResult } from '../../src/core/metrics/results';
import { snapshotScenario } from '../../src/core/runs/plan';
import type { ActObservation, Likert, Observation, RunHeader, StateObservation } from '../../src/core/runs/record';
import type { Item, Scenario } from '../../src/core/scenario/model';
import type { ModelItemResult } from '../../src/extension/runs/itemSummary';

const nowhere = { start: 0, end: 0 };

export function makeItem(value: string, overrides: Partial<Item> = {}): Item {
  const action = (text: string) => ({
    action: text,
    attributions: [],
    range: nowhere,
    actionRange: nowhere,
    attributionRanges: [],
  });
  return {
    value,
    definition: `what ${value} means`,
    portrait: `lives by ${value}`,
    agree: action(`I live by ${value}.`),
    disagree: action(`I pass ${value} by.`),
    range: nowhere,
    valueRange: nowhere,
    ...overrides,
  };
}

export function makeScenario(items: readonly Item[], overrides: Partial<Scenario> = {}): Scenario {
  return {
    name: 'us-health',
    country: 'United States',
    topic: 'Health',
    items,
    range: nowhere,
    nameRange: nowhere,
    ...overrides,
  };
}

export interface HeaderOptions {
  readonly model?: string;
  readonly startedAt?: string;
  readonly file?: string;
  /** The run is for these values only. */
  readonly values?: readonly string[];
}

export function makeHeader(scenario: Scenario, options: HeaderOptions = {}): RunHeader {
  const { model = 'lab/parrot', startedAt = '2026-01-01T00:00:00.000Z', file = 'a.scenario.yaml', values } = options;
  return {
    type: 'run',
    schema: 'value-action-lens/run@1',
    id: startedAt,
    startedAt,
    model: { id: model, parameters: {}, notes: [] },
    variants: { task1: [0, 2], task2: [0, 2] },
    repeats: 1,
    scenarios: [snapshotScenario({ file, scenario, values })],
  };
}

const reply = { raw: 'the whole answer', at: '2026-01-01T00:00:00.000Z' };

export function stated(answers: Record<string, Likert>, variant = 0, scenario = 'us-health'): StateObservation {
  return { type: 'state', scenario, variant, repeat: 0, answers: Object.entries(answers), ...reply };
}

export function acted(
  value: string,
  answer: ActObservation['answer'],
  variant = 0,
  scenario = 'us-health',
): ActObservation {
  return { type: 'act', scenario, value, variant, repeat: 0, answer, ...reply };
}

export function failed(value: string, scenario = 'us-health'): Observation {
  const failure = { code: 'timeout', message: 'No answer within 60 s.' };
  return { type: 'failure', task: 'act', scenario, value, variant: 0, repeat: 0, failure, at: reply.at };
}

export function makeResult(model: string, result: Partial<ItemResult>, stale = false): ModelItemResult {
  return {
    model,
    modelId: model,
    run: `/runs/${model}.jsonl`,
    startedAt: '2026-01-01T00:00:00.000Z',
    stale,
    result: {
      scenario: 'us-health',
      file: 'a.scenario.yaml',
      value: 'Wealth',
      status: 'aligned',
      stated: 0,
      acted: 0,
      distance: 0,
      stateAnswers: [{ variant: 0, repeat: 0, answer: 1 }],
      actAnswers: [{ variant: 0, repeat: 0, answer: 'agree' }],
      failures: 0,
      ...result,
    },
  };
}
