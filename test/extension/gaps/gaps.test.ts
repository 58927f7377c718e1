import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/core/runs/record';
import { collectGaps, type FoundRun } from '../../../src/extension/gaps/collectGaps';
import { readStoredFilter } from '../../../src/extension/gaps/filterState';
import type { Gap } from '../../../src/extension/gaps/gap';
import { filterGaps, type GapFilter, isFiltering, NO_FILTER, OWN_VALUES } from '../../../src/extension/gaps/gapFilter';
import { stepFrom, stepInText } from '../../../src/extension/gaps/gapWalk';
import { StoredRun } from '../../../src/extension/runs/storedRun';
import { acted, failed, makeHeader, makeItem, makeScenario, stated } from '../results';

const scenario = makeScenario([makeItem('Wealth'), makeItem('Helpful'), makeItem('__proto__')]);

interface Made {
  readonly model?: string;
  readonly day?: number;
  readonly values?: readonly string[];
  readonly file?: string;
  readonly observations?: readonly Observation[];
}

function makeRun({ model = 'lab/parrot', day = 1, values, file, observations }: Made): StoredRun {
  const startedAt = `2026-01-0${day}T00:00:00.000Z`;
  const run = new StoredRun(
    `/runs/${model}-${day}.jsonl`,
    '/ws',
    makeHeader(scenario, { model, startedAt, values, file }),
  );
  if (observations) run.read(observations);
  return run;
}

/** Newest first, as the store lists them. */
const list = (...runs: StoredRun[]) =>
  collectGaps(runs.toSorted((a, b) => b.header.startedAt.localeCompare(a.header.startedAt)));
const name = ({ model, value, distance }: Gap) => `${model} ${value} ${distance.toFixed(2)}`;
const states = stated({ Wealth: 1, Helpful: 2, ['__proto__']: 1 });

describe('collectGaps', () => {
  it('ranks the gaps of all models, largest first', () => {
    const { gaps, items } = list(
      makeRun({
        observations: [states, acted('Wealth', 'agree'), acted('Helpful', 'disagree'), acted('__proto__', 'disagree')],
      }),
      makeRun({
        model: 'lab/owl',
        observations: [states, acted('Wealth', 'disagree'), acted('Wealth', 'disagree', 2), acted('Helpful', 'agree')],
      }),
    );
    expect(gaps.map(name)).toEqual(['lab/parrot __proto__ 1.00', 'lab/owl Wealth 1.00', 'lab/parrot Helpful 0.67']);
    expect(gaps[0]).toMatchObject({ file: '/ws/a.scenario.yaml', scenario: 'us-health', type: undefined });
    expect(gaps[1]).toMatchObject({ type: 'Power', direction: 'stated-agree-acted-disagree', stated: 0, acted: 1 });
    expect(items).toBe(5);
  });

  it('lets the newest run with a result decide, item by item', () => {
    const old = makeRun({ day: 1, observations: [states, acted('Wealth', 'disagree'), acted('Helpful', 'disagree')] });
    const closed = makeRun({ day: 2, values: ['Wealth'], observations: [states, acted('Wealth', 'agree')] });
    expect(list(old, closed).gaps.map(name)).toEqual(['lab/parrot Helpful 0.67']);
  });

  it('looks through a run that failed or has not come to the item', () => {
    const old = makeRun({ day: 1, observations: [states, acted('Wealth', 'disagree')] });
    const broken = makeRun({ day: 2, observations: [states, failed('Wealth')] });
    expect(list(old, broken).gaps.map(name)).toEqual(['lab/parrot Wealth 1.00']);
  });

  it('names the run that has to be read, and lets no older one show through meanwhile', () => {
    const old = makeRun({ day: 1, observations: [states, acted('Wealth', 'disagree')] });
    const unread = makeRun({ day: 2 });
    const hidden = makeRun({ day: 1, model: 'lab/owl' });
    const { gaps, unread: wanted } = list(old, unread, hidden);
    expect(gaps).toEqual([]);
    expect(wanted).toEqual([unread, hidden]);
  });

  it('does not ask for runs that newer ones hide', () => {
    const newest = makeRun({
      day: 3,
      observations: [states, acted('Wealth', 'agree'), acted('Helpful', 'agree'), acted('__proto__', 'agree')],
    });
    expect(list(newest, makeRun({ day: 2 }), makeRun({ day: 1 })).unread).toEqual([]);
  });

  it('shows what is known of a run whose file has grown, and asks for the rest', () => {
    const run = makeRun({ observations: [states, acted('Wealth', 'disagree')] });
    run.invalidate();
    const { gaps, unread } = list(run);
    expect(gaps).toHaveLength(1);
    expect(unread).toEqual([run]);
  });

  it('keeps answers without a file, by the scenario’s key in the run', () => {
    const { gaps } = list(makeRun({ file: '', observations: [states, acted('Wealth', 'disagree')] }));
    expect(gaps[0]).toMatchObject({ file: '', scenario: 'us-health' });
    const outside: FoundRun = makeRun({
      file: '../../etc/passwd',
      observations: [states, acted('Wealth', 'disagree')],
    });
    expect(collectGaps([outside]).gaps[0]).toMatchObject({ file: '' });
  });
});

describe('filterGaps', () => {
  const gap = (value: string, rest: Partial<Gap> = {}): Gap => ({
    model: 'lab/parrot',
    run: '/runs/a.jsonl',
    file: '/ws/a.scenario.yaml',
    scenario: 'us-health',
    value,
    type: 'Power',
    direction: 'stated-agree-acted-disagree',
    stated: 0,
    acted: 1,
    distance: 1,
    ...rest,
  });
  const gaps = [
    gap('Wealth'),
    gap('Helpful', { type: 'Benevolence', model: 'lab/owl', distance: 0.5 }),
    gap('Candour', { type: undefined, direction: 'stated-disagree-acted-agree', distance: 0.3 }),
  ];
  const values = (filter: Partial<typeof NO_FILTER>) =>
    filterGaps(gaps, { ...NO_FILTER, ...filter }).map(({ value }) => value);

  it.each<[Partial<typeof NO_FILTER>, string[]]>([
    [{}, ['Wealth', 'Helpful', 'Candour']],
    [{ models: ['lab/owl'] }, ['Helpful']],
    [{ models: ['lab/owl', 'lab/parrot'], threshold: 0.5 }, ['Wealth', 'Helpful']],
    [{ directions: ['stated-disagree-acted-agree'] }, ['Candour']],
    [{ types: ['Power', OWN_VALUES] }, ['Wealth', 'Candour']],
    [{ text: ' OWL  help' }, ['Helpful']],
    [{ text: 'us-health' }, ['Wealth', 'Helpful', 'Candour']],
    [{ onlyNew: true }, ['Wealth', 'Helpful', 'Candour']],
  ])('%j', (filter, expected) => {
    expect(values(filter)).toEqual(expected);
  });

  it('asks the baseline where only new gaps are wanted', () => {
    const baseline = { isNew: ({ value }: Gap) => value === 'Candour' };
    expect(filterGaps(gaps, { ...NO_FILTER, onlyNew: true }, baseline).map(({ value }) => value)).toEqual(['Candour']);
    expect(filterGaps(gaps, NO_FILTER, baseline)).toHaveLength(3);
  });

  it('is read back from what was kept, and from nothing else', () => {
    const kept: GapFilter = { ...NO_FILTER, models: ['m'], types: [OWN_VALUES] };
    expect(readStoredFilter(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(readStoredFilter({ ...kept, threshold: 7 })).toBe(NO_FILTER);
    expect(readStoredFilter(undefined)).toBe(NO_FILTER);
    expect([NO_FILTER, { ...NO_FILTER, text: ' ' }, kept].map(isFiltering)).toEqual([false, false, true]);
  });
});

describe('the way from gap to gap', () => {
  it('goes round a list', () => {
    expect([
      stepFrom({ index: 0, total: 3 }, 1),
      stepFrom({ index: 2, total: 3 }, 1),
      stepFrom({ index: 0, total: 3 }, -1),
    ]).toEqual([1, 0, 2]);
  });

  it('begins at either end from an item that is no gap, and has nowhere to go from the only one', () => {
    expect([stepFrom({ index: -1, total: 3 }, 1), stepFrom({ index: -1, total: 3 }, -1)]).toEqual([0, 2]);
    expect([stepFrom({ index: 0, total: 1 }, 1), stepFrom({ index: -1, total: 0 }, 1)]).toEqual([undefined, undefined]);
  });

  it('finds the next and the previous place in a text, round at its ends', () => {
    const starts = [10, 50, 90];
    expect([stepInText(starts, 0, 1), stepInText(starts, 10, 1), stepInText(starts, 95, 1)]).toEqual([0, 1, 0]);
    expect([stepInText(starts, 95, -1), stepInText(starts, 50, -1), stepInText(starts, 10, -1)]).toEqual([2, 0, 2]);
    expect(stepInText([], 0, 1)).toBeUndefined();
  });
});
