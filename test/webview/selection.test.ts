import { describe, expect, it } from 'vitest';
import { rankGroups, selectResults } from '../../webview-ui/charts/selection';
import { FIRST_VIEW, readViewState, toggleEntry } from '../../webview-ui/charts/viewState';
import { makeItem, makeShow, makeThreeModels, makeTwoScenarios } from './sampleResults';

describe('selectResults', () => {
  it('brings the runs of an item together, in the order of the runs', () => {
    const items = [makeItem('b', 'Freedom', 0, 1), makeItem('a', 'Freedom', 0, 0.25)];
    const show = makeShow(items);
    show.models.reverse();
    const { groups } = selectResults(show, new Set());
    expect(groups).toHaveLength(1);
    expect(groups[0]?.results.map(({ model }) => model.name)).toEqual(['a', 'b']);
    expect(groups[0]?.largest).toBe(1);
  });

  it('leaves hidden runs out, of the distances too', () => {
    const items = [makeItem('a', 'Freedom', 0, 1), makeItem('b', 'Freedom', 0, 0.25)];
    const { models, groups } = selectResults(makeShow(items), new Set(['a']));
    expect(models.map((model) => model.name)).toEqual(['b']);
    expect(groups[0]?.largest).toBe(0.25);
  });

  it('names the scenario only where there are several', () => {
    const one = selectResults(makeShow(makeThreeModels()), new Set());
    expect(one.groups[0]?.label).toBe('Social Power');
    const two = selectResults(makeShow(makeTwoScenarios()), new Set());
    expect(two.groups[0]?.label).toBe('Social Power — us-health');
    expect(two.groups).toHaveLength(26);
  });

  it('keeps a value called __proto__ like any other', () => {
    const { groups } = selectResults(makeShow([makeItem('m', '__proto__', 0, 1)]), new Set());
    expect(groups[0]?.target?.value).toBe('__proto__');
  });

  it('does not mix up names that only look alike when joined', () => {
    const items = [makeItem('m', 'b', 0, 1, 'a","'), makeItem('m', '","b', 0, 1, 'a')];
    expect(selectResults(makeShow(items), new Set()).groups).toHaveLength(2);
  });
});

describe('rankGroups', () => {
  it('puts the largest distance first, keeps ties in file order and drops what has none', () => {
    const items = [
      makeItem('m', 'small', 0, 0.125),
      makeItem('m', 'first', 0, 0.75),
      makeItem('m', 'none', null, 0.75),
      makeItem('m', 'second', 0.25, 1),
    ];
    const { groups } = selectResults(makeShow(items), new Set());
    expect(rankGroups(groups).map((group) => group.label)).toEqual(['first', 'second', 'small']);
  });
});

describe('view state', () => {
  it('takes what was saved, and the first view for anything else', () => {
    const saved = {
      hidden: ['a'],
      tables: ['distance'],
      all: [],
      chosen: [['ranking', 'order', '__proto__']],
      scrollY: 40,
    };
    expect(readViewState(saved)).toEqual(saved);
    for (const other of [undefined, null, 'x', { hidden: [1] }]) expect(readViewState(other)).toBe(FIRST_VIEW);
  });

  it('puts an entry in once and takes it out', () => {
    expect(toggleEntry(['a', 'b'], 'a', true)).toEqual(['b', 'a']);
    expect(toggleEntry(['a', 'b'], 'a', false)).toEqual(['b']);
  });
});
