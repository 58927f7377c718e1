import { describe, expect, it } from 'vitest';
import { hashActed, hashStated } from '../../../src/core/runs/hashes';
import {
  countRequests,
  listRequests,
  requestId,
  requestOf,
  snapshotSelection,
  splitBySystem,
} from '../../../src/core/runs/plan';
import type { Observation } from '../../../src/core/runs/record';
import { formatRunLine, RunFileError, readRunLines } from '../../../src/core/runs/runFile';
import type { Item, Scenario } from '../../../src/core/scenario/model';
import { buildRun } from '../metrics/runs';

const range = { start: 0, end: 0 };
const action = (text: string) => ({
  action: text,
  attributions: [],
  range,
  actionRange: range,
  attributionRanges: [],
});
const item = (value: string, over: Partial<Item> = {}): Item => ({
  value,
  definition: `what ${value} means`,
  portrait: `somebody who holds ${value}`,
  agree: action(`I do ${value}.`),
  disagree: action(`I avoid ${value}.`),
  range,
  valueRange: range,
  ...over,
});
const scenario = (name: string, items: readonly Item[]): Scenario => ({
  name,
  country: 'India',
  topic: 'Politics',
  items,
  range,
  nameRange: range,
});
const variants = { task1: [0, 1, 2, 3, 4, 5, 6, 7], task2: [0, 1, 2, 3, 4, 5, 6, 7] };

describe('the plan of a run', () => {
  it('asks 8 + 8 × items requests, Task 1 first and then item by item', () => {
    const scenarios = snapshotSelection([{ file: 'a.scenario.yaml', scenario: scenario('s', [item('A'), item('B')]) }]);
    const requests = [...listRequests({ scenarios, variants, repeats: 1 })];
    expect(requests).toHaveLength(24);
    expect(countRequests({ scenarios, variants, repeats: 1 })).toBe(24);
    expect(requests.map((key) => (key.task === 'act' ? key.value : '-')).join('')).toBe(
      '-'.repeat(8) + 'A'.repeat(8) + 'B'.repeat(8),
    );
    expect(new Set(requests.map(requestId)).size).toBe(24);
  });

  it('asks about the whole value list where one item is selected, and leaves incomplete items out of Task 2', () => {
    const scenarios = snapshotSelection([
      {
        file: 'a',
        scenario: scenario('s', [item('A'), item('B'), item('C', { disagree: undefined })]),
        values: ['B', 'C'],
      },
    ]);
    expect(scenarios[0]?.items.map(({ value, act }) => [value, act])).toEqual([
      ['A', 'not-selected'],
      ['B', 'asked'],
      ['C', 'incomplete'],
    ]);
    expect(countRequests({ scenarios, variants: { task1: [0, 2], task2: [0, 2] }, repeats: 3 })).toBe(3 * (2 + 2));
  });

  it('keeps two files apart that use the same name', () => {
    const same = scenario('s', [item('A')]);
    const keys = snapshotSelection([
      { file: 'a', scenario: same },
      { file: 'b', scenario: same },
    ]).map((snapshot) => snapshot.key);
    expect(keys).toEqual(['s', 's (2)']);
  });

  it('finds the request that an observation answers, or failed to', () => {
    const scenarios = snapshotSelection([{ file: 'a', scenario: scenario('s', [item('__proto__')]) }]);
    for (const key of listRequests({ scenarios, variants, repeats: 2 })) {
      const { task, ...rest } = key;
      const at = '2026-01-01T00:00:00Z';
      const failure: Observation = { type: 'failure', task, ...rest, failure: { code: 'timeout', message: '' }, at };
      expect(requestId(requestOf(failure))).toBe(requestId(key));
    }
  });
});

describe('fingerprints', () => {
  const base = scenario('s', [item('A'), item('B')]);
  const acted = (s: Scenario, at: number) => snapshotSelection([{ file: 'a', scenario: s }])[0]?.items[at]?.actHash;
  const stated = (s: Scenario) => snapshotSelection([{ file: 'a', scenario: s }])[0]?.stateHash;

  it('change with what the model is shown, task by task', () => {
    const reworded = scenario('s', [item('A', { agree: action('I do otherwise.') }), item('B')]);
    expect(acted(reworded, 0)).not.toBe(acted(base, 0));
    expect(acted(reworded, 1)).toBe(acted(base, 1));
    expect(stated(reworded)).toBe(stated(base));

    const redefined = scenario('s', [item('A', { definition: 'something else' }), item('B')]);
    expect(stated(redefined)).not.toBe(stated(base));
    expect(acted(redefined, 1)).toBe(acted(base, 1));

    const prompted = { ...base, system: 'You are terse.' };
    expect(stated(prompted)).not.toBe(stated(base));
    expect(acted(prompted, 0)).not.toBe(acted(base, 0));
  });

  it('do not change with what it is not shown', () => {
    const annotated = scenario('s', [
      item('A', { note: 'see later', agree: { ...action('I do A.'), explanation: 'because', attributions: ['do'] } }),
      item('B'),
    ]);
    expect([acted(annotated, 0), stated(annotated)]).toEqual([acted(base, 0), stated(base)]);
  });

  it('tell a missing part from an empty one', () => {
    const scene = { country: 'India', topic: 'Politics', system: undefined, prompts: undefined };
    expect(hashStated({ ...scene, items: [] })).not.toBe(hashStated({ ...scene, system: '', items: [] }));
    expect(hashActed(scene, { value: 'A' })).not.toBe(hashActed(scene, { value: 'A', definition: '' }));
  });
});

describe('a run file', () => {
  const { header, observations } = buildRun([
    {
      country: 'India',
      topic: 'Politics',
      items: [{ value: '__proto__', stated: [1, 'refused'], acted: ['agree', 'unparsed'] }],
    },
  ]);
  const lines = [header, ...observations].map((record) => formatRunLine(record));

  it('round-trips, hostile names included', () => {
    const read = readRunLines(lines);
    expect(read.skipped).toEqual([]);
    expect({ header: read.header, observations: read.observations }).toEqual(
      JSON.parse(JSON.stringify({ header, observations })),
    );
    expect(read.observations[0]).toMatchObject({ answers: [['__proto__', 1]] });
  });

  it('names a half-written last line and keeps the rest', () => {
    const cut = [...lines.slice(0, -1), lines.at(-1)?.slice(0, 30) ?? ''];
    const read = readRunLines(cut);
    expect(read.observations).toHaveLength(observations.length - 1);
    expect(read.skipped).toEqual([{ line: lines.length, reason: 'cut or not JSON' }]);
  });

  it('names lines of something else', () => {
    expect(readRunLines([...lines, '{"type":"cake"}\n', '\n']).skipped).toEqual([
      { line: lines.length + 1, reason: 'not an observation of this version' },
    ]);
  });

  it('is refused where it is no run', () => {
    expect(() => readRunLines([])).toThrow(RunFileError);
    expect(() => readRunLines(['{"a":1}'])).toThrow(/not the header/);
    expect(() => readRunLines(['country: India'])).toThrow(/not the header/);
  });
});

describe('system prompts side by side', () => {
  const plain = scenario('plain', [item('A')]);
  const both = {
    ...scenario('both', [item('A')]),
    system: 'Be brief.',
    systems: [{ label: 'calm', text: 'Be calm.' }],
  };
  const two = {
    ...scenario('two', [item('A')]),
    systems: [
      { label: 'strict', text: 'Be strict.' },
      { label: 'calm', text: 'Stay calm.' },
    ],
  };

  it('are a run for each label, over the scenarios that have it, and one for what is not labelled', () => {
    const selection = [plain, both, two].map((one) => ({ file: 'a', scenario: one }));
    const split = splitBySystem(selection).map(({ label, selection: under }) => [
      label,
      under.map(({ scenario: { name, system } }) => [name, system]),
    ]);
    expect(split).toEqual([
      [
        undefined,
        [
          ['plain', undefined],
          ['both', 'Be brief.'],
        ],
      ],
      [
        'calm',
        [
          ['both', 'Be calm.'],
          ['two', 'Stay calm.'],
        ],
      ],
      ['strict', [['two', 'Be strict.']]],
    ]);
    expect(splitBySystem([{ file: 'a', scenario: two }]).map(({ label }) => label)).toEqual(['strict', 'calm']);
  });

  it('give other hashes, so that a result belongs to the prompt it was found under', () => {
    const hashes = splitBySystem([{ file: 'a', scenario: two }]).map(
      ({ selection }) => snapshotSelection(selection)[0]?.stateHash,
    );
    expect(new Set(hashes).size).toBe(2);
  });
});
