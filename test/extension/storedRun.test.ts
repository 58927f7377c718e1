import { describe, expect, it } from 'vitest';
import { CompactObservations } from '../../src/core/runs/compactObservations';
import { HashesOnScreen, isStale } from '../../src/extension/runs/freshness';
import { StoredRun } from '../../src/extension/runs/storedRun';
import { acted, failed, makeHeader, makeItem, makeScenario, stated } from './results';

const scenario = makeScenario([makeItem('Wealth'), makeItem('__proto__'), makeItem('Freedom')]);
const file = '/work/a.scenario.yaml';

describe('StoredRun', () => {
  it('has a result about an item from its first answer in Task 2 on', () => {
    const run = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario));
    run.read([stated({ Wealth: 1, ['__proto__']: 4, Freedom: 1 })]);
    expect(run.resultOf(file, 'us-health', 'Wealth')).toBeUndefined();
    run.read([stated({ Wealth: 1, Freedom: 1 }), acted('Wealth', 'disagree')]);
    expect(run.resultOf(file, 'us-health', 'Wealth')).toMatchObject({ status: 'gap', distance: 1 });
    expect(run.resultOf(file, 'us-health', 'Freedom')).toBeUndefined();
  });

  it('keeps values apart whatever they are called', () => {
    const run = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario));
    run.read([{ ...stated({}), answers: [['__proto__', 4]] }, acted('__proto__', 'agree')]);
    expect(run.resultOf(file, 'us-health', '__proto__')).toMatchObject({ direction: 'stated-disagree-acted-agree' });
  });

  it('covers the selected items only', () => {
    const run = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario, { values: ['Wealth'] }));
    expect(run.snapshotOf(file, 'us-health', 'Wealth')).toBeDefined();
    expect(run.snapshotOf(file, 'us-health', 'Freedom')).toBeUndefined();
  });

  it('follows no path out of its folder', () => {
    const run = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario, { file: '../a.scenario.yaml' }));
    expect([...run.files]).toEqual([]);
  });

  it('counts what is missing and forgives a failure that was answered later', () => {
    const run = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario));
    run.read([failed('Wealth'), failed('Freedom'), acted('Wealth', 'agree')]);
    expect(run.summary).toMatchObject({ planned: 8, answered: 1, failures: 1, items: 3 });
  });

  it('keeps no raw text', () => {
    const run = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario));
    run.read([acted('Wealth', 'agree')]);
    const kept = [...run.observations];
    expect(kept).toMatchObject([{ value: 'Wealth', answer: 'agree' }]);
    expect(JSON.stringify(kept)).not.toContain('the whole answer');
  });

  it('finds the same when others are let in, and shows nothing of it before it is done', async () => {
    const observations = [stated({ Wealth: 1, Freedom: 4 }), acted('Wealth', 'disagree'), failed('Freedom')];
    const atOnce = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario));
    atOnce.read(observations);
    const compact = new CompactObservations();
    for (const observation of observations) compact.add(observation);
    const run = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario));
    const reading = run.readInSlices(compact);
    expect([run.isRead, run.hasBeenRead, [...run.observations]]).toEqual([false, false, []]);
    await reading;
    expect(run.isRead).toBe(true);
    expect([run.results, run.summary]).toEqual([atOnce.results, atOnce.summary]);
    expect(run.resultOf(file, 'us-health', 'Wealth')).toBe(run.results?.[0]);
  });

  it('shows what was found until a changed file was read again', () => {
    const run = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario));
    run.read([acted('Wealth', 'agree')]);
    run.invalidate();
    expect([run.isRead, run.hasBeenRead]).toEqual([false, true]);
    expect(run.resultOf(file, 'us-health', 'Wealth')).toBeDefined();
  });
});

describe('isStale', () => {
  const run = new StoredRun('/runs/1.jsonl', '/work', makeHeader(scenario));
  const staleValues = (now: typeof scenario) => {
    const hashes = new HashesOnScreen().of(now);
    return scenario.items
      .map(({ value }) => value)
      .filter((value) => {
        const asked = run.snapshotOf(file, 'us-health', value);
        return asked && isStale(asked, hashes);
      });
  };

  it('is false for the same text, and for what no model is shown', () => {
    expect(staleValues(scenario)).toEqual([]);
    expect(staleValues(makeScenario(scenario.items.map((item) => ({ ...item, note: 'new' }))))).toEqual([]);
  });

  it('is true for the one item whose action changed', () => {
    const [wealth, ...rest] = scenario.items;
    const edited = { ...wealth!, agree: { ...wealth!.agree!, action: 'I live by it daily.' } };
    expect(staleValues(makeScenario([edited, ...rest]))).toEqual(['Wealth']);
  });

  it('is true for all where the scene or the list of values changed', () => {
    expect(staleValues(makeScenario(scenario.items, { country: 'France' }))).toHaveLength(3);
    expect(staleValues(makeScenario(scenario.items.slice(1)))).toHaveLength(3);
  });
});
