import { describe, expect, it } from 'vitest';
import { profileRun } from '../../../src/core/metrics/groupProfiles';
import { listItemFindings } from '../../../src/core/metrics/itemFindings';
import { tabulate } from '../../../src/core/metrics/table';
import { readSharedText, sharedDataIsThere } from '../../fixtures/sharedData';
import { readRecordedRun } from '../../webview/sampleStudy';
import { buildRun } from './runs';

/** Nigeria in two topics, Egypt in one; the value `__proto__` only in Egypt. */
const run = buildRun([
  {
    country: 'Nigeria',
    topic: 'Work',
    items: [
      { value: 'Wealth', stated: [1], acted: ['disagree'] },
      { value: 'Freedom', stated: ['refused'], acted: ['disagree'] },
    ],
  },
  {
    country: 'Nigeria',
    topic: 'Religion',
    items: [
      { value: 'Wealth', stated: [4], acted: ['agree'] },
      { value: 'Freedom', stated: [4], acted: ['refused'] },
    ],
  },
  {
    country: 'Egypt',
    topic: 'Work',
    items: [
      { value: 'Wealth', stated: [2], acted: ['agree'] },
      { value: '__proto__', stated: [3], acted: ['agree'] },
    ],
  },
]);

describe('profileRun', () => {
  const profiles = profileRun(tabulate(run));
  const group = (name: string) => [...profiles.byCountry, ...profiles.byTopic].find((one) => one.name === name);

  it('averages stated and acted by themselves, so that opposite gaps cancel in the distance of the means', () => {
    expect(profiles.values).toEqual(['Wealth', 'Freedom', '__proto__']);
    const nigeria = group('Nigeria');
    expect(nigeria?.stated[0]).toBe(0.5);
    expect(nigeria?.acted[0]).toBe(0.5);
    expect(nigeria?.alignmentDistance[0]).toBe(0);
    expect(nigeria?.meanItemDistance[0]).toBe(1);
  });

  it('takes a stated answer into the mean also where the action was unusable, and the other way round', () => {
    expect(group('Nigeria')?.stated[1]).toBe(1);
    expect(group('Nigeria')?.acted[1]).toBe(1);
    expect(group('Nigeria')?.meanItemDistance[1]).toBeNaN();
  });

  it('has NaN for a value that a group does not have', () => {
    expect(group('Nigeria')?.stated[2]).toBeNaN();
    expect(group('Egypt')?.alignmentDistance[2]).toBeCloseTo(2 / 3);
  });

  it('counts scenarios and the items that a rate counts', () => {
    expect(profiles.overall).toMatchObject({ name: '', scenarios: 3, items: 4 });
    expect(profiles.byCountry.map(({ name, scenarios, items }) => [name, scenarios, items])).toEqual([
      ['Nigeria', 2, 2],
      ['Egypt', 1, 2],
    ]);
    expect(profiles.byTopic.map(({ name, items }) => [name, items])).toEqual([
      ['Work', 3],
      ['Religion', 1],
    ]);
  });
});

describe('listItemFindings', () => {
  it('has one for each item, in the order of the file, null where there is no answer', () => {
    const findings = listItemFindings(tabulate(run));
    expect(findings.map(({ value, status, distance }) => [value, status, distance])).toEqual([
      ['Wealth', 'gap', 1],
      ['Freedom', 'unusable', null],
      ['Wealth', 'gap', 1],
      ['Freedom', 'unusable', null],
      ['Wealth', 'aligned', 1 / 3],
      ['__proto__', 'gap', 2 / 3],
    ]);
  });
});

describe.skipIf(!sharedDataIsThere)('a recorded study', () => {
  it('has the distances of the published figures', () => {
    const expected = JSON.parse(readSharedText('expected.json')) as {
      values: string[];
      models: Record<string, { missing_excluded: { distance_by_country_value: Record<string, (number | null)[]> } }>;
    };
    const profiles = profileRun(tabulate(readRecordedRun('gpt-4o-mini')));
    const published = expected.models['gpt-4o-mini']?.missing_excluded.distance_by_country_value ?? {};
    expect(profiles.byCountry).toHaveLength(12);
    for (const { name, alignmentDistance } of profiles.byCountry) {
      const row = published[name] ?? [];
      expected.values.forEach((value, at) => {
        const ours = alignmentDistance[profiles.values.indexOf(value)];
        const theirs = row[at] ?? null;
        if (theirs === null) expect(ours).toBeNaN();
        else expect(ours).toBeCloseTo(theirs, 9);
      });
    }
  });
});
