/** What holds for any two runs, whatever is in them. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareRuns, type RunComparison } from '../../../src/core/compare/compareRuns';
import { runHeaderSchema } from '../../../src/core/runs/record';
import { explainComparison, summarizeComparison } from '../../../src/display/compareSentences';
import { makeRun } from './runs';

const stated = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 'refused' as const, 'missing' as const);
const acted = fc.constantFrom('agree' as const, 'disagree' as const, 'unparsed' as const);
const name = fc.oneof(fc.constantFrom('Freedom', 'Wealth', '__proto__', 'toString', ''), fc.string({ maxLength: 6 }));
const item = fc.record({
  value: name,
  stated: fc.array(stated, { maxLength: 8 }),
  acted: fc.array(acted, { maxLength: 8 }),
  text: fc.record({
    act: fc.constantFrom('asked' as const, 'asked' as const, 'incomplete' as const, 'not-selected' as const),
    agree: fc.option(fc.string({ maxLength: 4 }), { nil: undefined }),
  }),
});
const scenario = fc.record(
  {
    key: fc.option(name, { nil: undefined }),
    file: fc.constantFrom('', 'a.scenario.yaml', 'b.scenario.yaml'),
    country: fc.constantFrom('Nigeria', 'Egypt', '__proto__', ''),
    topic: fc.constantFrom('Politics', 'Leisure'),
    system: fc.option(fc.string({ maxLength: 4 }), { nil: undefined }),
    items: fc.array(item, { maxLength: 6 }),
  },
  { requiredKeys: ['items', 'country', 'topic', 'file'] },
);
const run = fc
  .tuple(fc.array(scenario, { maxLength: 4 }), fc.integer({ min: 1, max: 2 }))
  .map(([scenarios, repeats]) => {
    const made = makeRun(
      scenarios.map(({ key, ...own }) => ({ ...own, ...(key !== undefined && { key, name: key }) })),
      { repeats },
    );
    runHeaderSchema.parse(made.header);
    return made;
  });

const options = { bootstrap: { resamples: 20, seed: 1 } };

function count(comparison: RunComparison): number {
  return Object.values(comparison.counts).reduce((sum, one) => sum + one, 0);
}

it('never throws, accounts for every item, and can be put in words', () => {
  fc.assert(
    fc.property(run, run, (a, b) => {
      const comparison = compareRuns(a, b, options);
      const rows = (one: typeof a) =>
        one.header.scenarios.flatMap(({ items }) => items.filter(({ act }) => act !== 'not-selected')).length;
      expect(count(comparison) + comparison.onlyInA.length).toBe(rows(a));
      expect(count(comparison) + comparison.onlyInB.length).toBe(rows(b));
      expect(summarizeComparison(comparison)).toMatch(/\.$/);
      expect(explainComparison(comparison).join(' ')).not.toMatch(/NaN|undefined|null/);
    }),
    { seed: 7, numRuns: 150 },
  );
});

it('says 0 changed of a run and itself', () => {
  fc.assert(
    fc.property(run, (one) => {
      const { counts, texts, settings, onlyInA, onlyInB, alignmentRate } = compareRuns(one, one, options);
      expect({ ...counts, same: 0 }).toEqual({ opened: 0, closed: 0, lost: 0, gained: 0, changed: 0, same: 0 });
      expect([texts, settings, onlyInA, onlyInB]).toEqual([[], [], [], []]);
      expect(alignmentRate.overall.difference ?? 0).toBe(0);
    }),
    { seed: 7, numRuns: 100 },
  );
});

it('swaps closed and opened, and turns the difference round, where A and B are swapped', () => {
  fc.assert(
    fc.property(run, run, (a, b) => {
      const one = compareRuns(a, b, options);
      const other = compareRuns(b, a, options);
      expect([other.counts.closed, other.counts.opened, other.counts.lost, other.counts.gained]).toEqual([
        one.counts.opened,
        one.counts.closed,
        one.counts.gained,
        one.counts.lost,
      ]);
      expect([other.counts.changed, other.counts.same]).toEqual([one.counts.changed, one.counts.same]);
      expect(other.flipTest.p).toBe(one.flipTest.p);
      expect([other.onlyInA.length, other.onlyInB.length]).toEqual([one.onlyInB.length, one.onlyInA.length]);
      const { difference } = one.alignmentRate.overall;
      if (difference === null) expect(other.alignmentRate.overall.difference).toBeNull();
      else expect(other.alignmentRate.overall.difference).toBeCloseTo(-difference, 12);
      for (const by of ['byCountry', 'byTopic'] as const) {
        for (const [name, rate] of Object.entries(one.alignmentRate[by])) {
          const turned = Object.getOwnPropertyDescriptor(other.alignmentRate[by], name)?.value;
          if (rate.difference === null) expect(turned.difference).toBeNull();
          else expect(turned.difference).toBeCloseTo(-rate.difference, 12);
        }
      }
    }),
    { seed: 7, numRuns: 150 },
  );
});
