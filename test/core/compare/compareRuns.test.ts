import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/core/compare/compareRuns';
import { documentComparison } from '../../../src/core/compare/comparisonDocument';
import { measureRun } from '../../../src/core/metrics/report';
import { tabulate } from '../../../src/core/metrics/table';
import { item, makeRun } from './runs';

const baseline = makeRun([
  {
    items: [
      item('Freedom', 'AD'),
      item('Wealth', 'AA'),
      item('Loyal', 'DD'),
      item('Humble', 'AD'),
      item('Privacy', 'AA'),
      item('Daring', 'A½'),
      item('Clean', 'A?'),
    ],
  },
]);
const later = makeRun([
  {
    items: [
      item('Freedom', 'AA'),
      item('Wealth', 'DA'),
      item('Loyal', 'DD'),
      item('Humble', 'DA'),
      item('Privacy', 'A½'),
      item('Daring', 'AA'),
      item('Clean', '?A'),
    ],
  },
]);

describe('what became of each item', () => {
  const comparison = compareRuns(baseline, later);
  const kinds = Object.fromEntries(comparison.items.map(({ value, kind }) => [value, kind]));

  it('tells flips from changes, and verdicts that were lost or gained from both', () => {
    expect(kinds).toEqual({
      Freedom: 'closed',
      Wealth: 'opened',
      Loyal: 'same',
      // Still a gap, the other way round.
      Humble: 'changed',
      Privacy: 'lost',
      Daring: 'gained',
      // Unusable in both, for another reason.
      Clean: 'changed',
    });
    expect(comparison.counts).toEqual({ opened: 1, closed: 1, lost: 1, gained: 1, changed: 2, same: 1 });
  });

  it('lists flips first, and says where an item was and is', () => {
    expect(comparison.items.map(({ kind }) => kind)).toEqual([
      'opened',
      'closed',
      'lost',
      'gained',
      'changed',
      'changed',
      'same',
    ]);
    expect(comparison.items[1]).toMatchObject({
      value: 'Freedom',
      was: { status: 'gap', direction: 'stated-agree-acted-disagree', stated: 0, acted: 1, distance: 1 },
      now: { status: 'aligned', stated: 0, acted: 0, distance: 0 },
      moved: -1,
      mayBeChance: true,
    });
    expect(comparison.items.find(({ value }) => value === 'Clean')).toMatchObject({ moved: null });
  });

  it('calls a move within one side changed, and float noise the same', () => {
    const one = makeRun([{ items: [{ value: 'Wealth', stated: [1, 2, 2], acted: ['agree', 'agree', 'disagree'] }] }]);
    const reordered = makeRun([
      { items: [{ value: 'Wealth', stated: [2, 2, 1], acted: ['disagree', 'agree', 'agree'] }] },
    ]);
    const farther = makeRun([
      { items: [{ value: 'Wealth', stated: [2, 2, 2], acted: ['agree', 'agree', 'disagree'] }] },
    ]);
    expect(compareRuns(one, reordered).items[0]).toMatchObject({ kind: 'same', mayBeChance: false });
    expect(compareRuns(one, farther).items[0]).toMatchObject({ kind: 'changed' });
  });

  it('does not call a change chance where there are repeats in both runs', () => {
    const repeated = { repeats: 3 };
    const twice = (run: typeof baseline) => ({ ...run, header: { ...run.header, ...repeated } });
    expect(compareRuns(twice(baseline), twice(later)).items.some(({ mayBeChance }) => mayBeChance)).toBe(false);
    expect(compareRuns(twice(baseline), later).items[0]?.mayBeChance).toBe(true);
  });

  it('counts what is unusable as agree where that is asked for', () => {
    const { items } = compareRuns(baseline, later, { missing: 'agree' });
    expect(items.find(({ value }) => value === 'Clean')).toMatchObject({
      was: { status: 'aligned' },
      now: { status: 'aligned' },
    });
  });
});

describe('a run and itself', () => {
  it('has nothing changed, nothing moved and nothing rewritten', () => {
    const comparison = compareRuns(baseline, baseline);
    expect(comparison.counts).toEqual({ opened: 0, closed: 0, lost: 0, gained: 0, changed: 0, same: 7 });
    expect(comparison.alignmentRate.overall).toMatchObject({ difference: 0, interval: [0, 0], withinNoise: true });
    expect(comparison.flipTest).toEqual({ closed: 0, opened: 0, p: 1 });
    expect([comparison.texts, comparison.settings, comparison.onlyInA, comparison.onlyInB]).toEqual([[], [], [], []]);
  });
});

describe('rates', () => {
  const places = [
    { country: 'Nigeria', topic: 'Leisure' },
    { country: 'Nigeria', topic: 'Politics' },
    { country: 'Egypt', topic: 'Politics' },
  ];
  const a = makeRun([
    { ...places[0], items: [item('x', 'DD'), item('y', 'AD')] },
    { ...places[1], items: [item('x', 'DD'), item('y', 'AA')] },
    { ...places[2], items: [item('x', 'AA'), item('y', 'AA')] },
  ]);
  const b = makeRun([
    { ...places[0], items: [item('x', 'DD'), item('y', 'AA')] },
    { ...places[1], items: [item('x', 'DA'), item('y', 'AA')] },
    { ...places[2], items: [item('x', 'DD'), item('y', 'AA')] },
  ]);
  const { alignmentRate } = compareRuns(a, b);

  it('are those of the reports where both runs have the same items', () => {
    for (const [run, side] of [[a, 'before'] as const, [b, 'after'] as const]) {
      const report = measureRun(tabulate(run)).alignmentRate;
      expect(alignmentRate.overall[side]).toBe(report.overall);
      for (const by of ['byCountry', 'byTopic', 'byScenario'] as const) {
        for (const [name, rate] of Object.entries(report[by])) expect(alignmentRate[by][name]?.[side]).toBe(rate);
      }
    }
  });

  it('have no difference where one of them is not defined, and say over what they are', () => {
    expect(alignmentRate.byCountry.Egypt).toEqual({
      before: null,
      after: 1,
      difference: null,
      interval: null,
      withinNoise: null,
      over: 'items',
      units: 2,
      scenarios: 1,
      items: 2,
    });
    // 2/3 and 1, then 1 and 0.
    expect(alignmentRate.byCountry.Nigeria).toMatchObject({
      before: (2 / 3 + 1) / 2,
      after: 0.5,
      over: 'scenarios',
      units: 2,
      items: 4,
    });
  });

  it('have no interval over a single item: all its resamples are the same', () => {
    const ofOne = (answers: 'AD' | 'DD') => makeRun([{ items: [item('Freedom', answers)] }]);
    const { overall } = compareRuns(ofOne('AD'), ofOne('DD')).alignmentRate;
    expect(overall).toMatchObject({ difference: 1, interval: null, withinNoise: null, over: 'items', units: 1 });
    const ofTwo = (answers: 'AD' | 'DD') => makeRun([{ items: [item('Freedom', answers), item('Wealth', answers)] }]);
    expect(compareRuns(ofTwo('AD'), ofTwo('DD')).alignmentRate.overall.interval).toEqual([1, 1]);
  });

  it('leave intervals out where none are asked for', () => {
    const bare = compareRuns(a, b, { bootstrap: { resamples: 0, seed: 1 } }).alignmentRate.overall;
    expect(bare).not.toHaveProperty('interval');
    expect(bare.withinNoise).toBeNull();
    const groups = compareRuns(a, b, { groupIntervalsOnly: true }).alignmentRate;
    expect(groups.overall).toHaveProperty('interval');
    expect(Object.values(groups.byScenario).some((rate) => 'interval' in rate)).toBe(false);
  });
});

describe('matching', () => {
  it('takes country and topic where names differ, and lists what only one run has', () => {
    const a = makeRun([
      { key: 'first draft', name: 'first draft', items: [item('x', 'AA'), item('gone', 'AD')] },
      { country: 'Egypt', items: [item('x', 'AA')] },
    ]);
    const b = makeRun([{ key: 'final', name: 'final', items: [item('new', 'AD'), item('x', 'AD')] }]);
    const { items, onlyInA, onlyInB, counts } = compareRuns(a, b);
    expect(items).toEqual([
      expect.objectContaining({ scenario: 'final', scenarioInA: 'first draft', value: 'x', kind: 'opened' }),
    ]);
    expect(counts.opened).toBe(1);
    expect(onlyInA.map(({ country, value, status }) => [country, value, status])).toEqual([
      ['Nigeria', 'gone', 'gap'],
      ['Egypt', 'x', 'aligned'],
    ]);
    expect(onlyInB.map(({ value }) => value)).toEqual(['new']);
  });

  it('tells two files that use one name apart', () => {
    const both = makeRun([
      { key: 'triage', name: 'triage', file: 'a.scenario.yaml', items: [item('x', 'AA')] },
      { key: 'triage (2)', name: 'triage', file: 'b.scenario.yaml', items: [item('x', 'AD')] },
    ]);
    const second = makeRun([{ key: 'triage', name: 'triage', file: 'b.scenario.yaml', items: [item('x', 'AD')] }]);
    expect(compareRuns(both, second).items).toEqual([
      expect.objectContaining({ kind: 'same', file: 'b.scenario.yaml', scenarioInA: 'triage (2)' }),
    ]);
  });

  it('reads values that are named like parts of an object', () => {
    const run = makeRun([{ items: [item('__proto__', 'AD'), item('constructor', 'AA')] }]);
    expect(compareRuns(run, run).items.map(({ value, kind }) => [value, kind])).toEqual([
      ['__proto__', 'same'],
      ['constructor', 'same'],
    ]);
  });
});

describe('what was asked', () => {
  const items = [item('x', 'AA'), item('y', 'AA')];

  it('knows which items were shown another text', () => {
    const a = makeRun([{ items }]);
    const rewritten = makeRun([{ items: [{ ...item('x', 'AA'), text: { agree: 'I do better.' } }, item('y', 'AA')] }]);
    const added = makeRun([{ items: [...items, item('z', 'AA')] }]);
    const instructed = makeRun([{ items, system: 'Be brief.' }]);
    const asked = (b: typeof a) => compareRuns(a, b).items.map(({ askedDifferently }) => askedDifferently);
    expect(asked(a)).toEqual([
      { state: false, act: false },
      { state: false, act: false },
    ]);
    expect(asked(rewritten)).toEqual([
      { state: false, act: true },
      { state: false, act: false },
    ]);
    // Task 1 asks about all values at once.
    expect(asked(added)).toEqual([
      { state: true, act: false },
      { state: true, act: false },
    ]);
    expect(asked(instructed)).toEqual([
      { state: true, act: true },
      { state: true, act: true },
    ]);
  });

  it('compares the texts themselves in runs that keep no fingerprints', () => {
    const bare = (run: ReturnType<typeof makeRun>) => ({
      ...run,
      header: {
        ...run.header,
        scenarios: run.header.scenarios.map(({ stateHash: _, items: kept, ...scenario }) => ({
          ...scenario,
          items: kept.map(({ actHash: __, ...own }) => own),
        })),
      },
    });
    const a = bare(makeRun([{ items }]));
    const b = bare(makeRun([{ items: [{ ...item('x', 'AA'), text: { disagree: 'No.' } }, item('y', 'AA')] }]));
    expect(compareRuns(a, a).items.map(({ askedDifferently }) => askedDifferently.act)).toEqual([false, false]);
    expect(compareRuns(a, b).items.map(({ askedDifferently }) => askedDifferently.act)).toEqual([true, false]);
  });

  it('gives texts and settings before and after, each change once', () => {
    const places = [{ country: 'Nigeria' }, { country: 'Egypt' }];
    const a = makeRun(places.map((place) => ({ ...place, items })));
    const b = makeRun(
      places.map((place) => ({
        ...place,
        items: [{ ...item('x', 'AA'), text: { agree: 'I do better.' } }, item('y', 'AA'), item('z', 'AA')],
        system: 'Be brief.',
        prompts: { task2: { question: ['One?', 'Two?'] } },
      })),
      { model: { id: 'lab/other', parameters: { temperature: 0.7, extra: { top_p: 0.9 } }, notes: [] }, repeats: 3 },
    );
    const { texts, settings } = compareRuns(a, b);
    const everywhere = ['Nigeria · Leisure', 'Egypt · Leisure'];
    expect(
      texts.map(({ field, before, after, places }) => [field, before, after, places.map((p) => p.scenario)]),
    ).toEqual([
      ['system', null, 'Be brief.', everywhere],
      ['prompts.task2.question.0', null, 'One?', everywhere],
      ['prompts.task2.question.1', null, 'Two?', everywhere],
      ['values', 'x\ny', 'x\ny\nz', everywhere],
      ['agree', 'I am for x.', 'I do better.', everywhere],
    ]);
    expect(texts.at(-1)?.places[0]).toEqual({ scenario: 'Nigeria · Leisure', file: '', value: 'x' });
    expect(settings).toEqual([
      { setting: 'model', before: 'lab/model', after: 'lab/other' },
      { setting: 'temperature', before: '0.2', after: '0.7' },
      { setting: 'repeats', before: '1', after: '3' },
      { setting: 'extra: top_p', before: null, after: '0.9' },
    ]);
  });
});

it('makes a document that survives JSON', () => {
  const document = documentComparison(compareRuns(baseline, later), 1);
  expect(document.schema).toBe('value-action-lens/comparison@1');
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});
