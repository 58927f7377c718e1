import { describe, expect, it } from 'vitest';
import { listItemResults } from '../../src/core/metrics/itemResults';
import type { Observation } from '../../src/core/runs/record';
import { composeRun } from '../../src/extension/runs/composeRun';
import { StoredRun } from '../../src/extension/runs/storedRun';
import { acted, type HeaderOptions, makeHeader, makeItem, makeScenario, stated } from './results';

const scenario = makeScenario([makeItem('Wealth'), makeItem('Freedom')]);

function makeRun(options: HeaderOptions, observations: readonly Observation[]): StoredRun {
  const run = new StoredRun('/runs/x.jsonl', '/work', makeHeader(scenario, options));
  run.read(observations);
  return run;
}

function take(run: StoredRun, value: string) {
  const asked = run.snapshotOf('/work/a.scenario.yaml', 'us-health', value);
  return { run, ...asked! };
}

describe('composeRun', () => {
  const whole = makeRun({ startedAt: '2026-01-01T00:00:00.000Z' }, [
    stated({ Wealth: 1, Freedom: 1 }),
    acted('Wealth', 'agree'),
    acted('Freedom', 'agree'),
  ]);
  const again = makeRun({ startedAt: '2026-01-02T00:00:00.000Z', values: ['Freedom'] }, [
    stated({ Wealth: 4, Freedom: 4 }),
    acted('Freedom', 'agree'),
  ]);

  it('takes each item, stated and acted, from its own run', () => {
    const run = composeRun([take(whole, 'Wealth'), take(again, 'Freedom')])!;
    expect(listItemResults(run)).toMatchObject([
      { value: 'Wealth', status: 'aligned', stated: 0, acted: 0 },
      { value: 'Freedom', status: 'gap', stated: 1, acted: 0 },
    ]);
    expect(run.header.startedAt).toBe('2026-01-02T00:00:00.000Z');
  });

  it('gives a single run back as it is', () => {
    const run = composeRun([take(whole, 'Wealth'), take(whole, 'Freedom')])!;
    expect(listItemResults(run)).toEqual(listItemResults(whole));
  });

  it('is nothing without items', () => {
    expect(composeRun([])).toBeUndefined();
  });
});
