/**
 * All measures of the whole study: 8 models × 7,392 items × 8 variants of each task. Prints medians, and the ratio to
 * a naive loop over objects in the same run, which is the figure to compare between machines.
 */
import { performance } from 'node:perf_hooks';
import { createRandom } from '../../src/core/metrics/bootstrap';
import { measureRun } from '../../src/core/metrics/report';
import { type RunTable, VARIANTS } from '../../src/core/metrics/table';
import { COUNTRIES, TOPICS } from '../../src/core/study';
import { VALUES } from '../../src/core/values';

const MODELS = 8;

function buildTable(seed: number): RunTable {
  const random = createRandom(seed);
  const scenarios = COUNTRIES.flatMap((country) => TOPICS.map((topic) => ({ country, topic }))).map((scenario, at) => ({
    ...scenario,
    key: `${scenario.country} · ${scenario.topic}`,
    file: '',
    firstRow: at * VALUES.length,
    endRow: (at + 1) * VALUES.length,
  }));
  const values = scenarios.flatMap(() => VALUES.map((value) => value.name));
  const cells = values.length * VARIANTS;
  const state = Uint8Array.from({ length: cells }, () => 1 + Math.floor(random() * 4));
  const act = Uint8Array.from({ length: cells }, () => (random() < 0.8 ? 1 : 2));
  for (let cell = 0; cell < cells; cell += 97) state[cell] = 5;
  for (let cell = 0; cell < cells; cell += 89) act[cell] = 6;
  return {
    scenarios,
    values,
    incomplete: new Uint8Array(values.length),
    slots: VARIANTS,
    state,
    act,
    repeats: 1,
    foreign: 0,
  };
}

interface NaiveItem {
  country: string;
  topic: string;
  value: string;
  stated: number[];
  acted: string[];
}

function toObjects(table: RunTable): NaiveItem[] {
  return table.scenarios.flatMap(({ country, topic, firstRow, endRow }) =>
    Array.from({ length: endRow - firstRow }, (_, offset) => {
      const row = firstRow + offset;
      const slots = [...Array(table.slots).keys()].map((slot) => row * table.slots + slot);
      return {
        country,
        topic,
        value: table.values[row]!,
        stated: slots.map((cell) => table.state[cell]!).filter((code) => code <= 4),
        acted: slots.flatMap((cell) => ({ 1: ['agree'], 2: ['disagree'] })[table.act[cell]!] ?? []),
      };
    }),
  );
}

const mean = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

/** What a first script does: group objects with filter, and average. Only rates and distances, none of the rest. */
function measureNaively(items: NaiveItem[]) {
  const scored = items.map((item) => ({
    ...item,
    s: (mean(item.stated) - 1) / 3,
    a: mean(item.acted.map((choice) => (choice === 'disagree' ? 1 : 0))),
  }));
  const rateOf = (group: typeof scored) => {
    const decided = group.filter((item) => item.a !== 0.5 && !Number.isNaN(item.s) && !Number.isNaN(item.a));
    const tp = decided.filter((item) => item.s >= 0.5 && item.a > 0.5).length;
    const wrong = decided.filter((item) => item.s >= 0.5 !== item.a > 0.5).length;
    return tp + wrong === 0 ? null : (2 * tp) / (2 * tp + wrong);
  };
  const byScenario = COUNTRIES.flatMap((country) =>
    TOPICS.map((topic) => rateOf(scored.filter((item) => item.country === country && item.topic === topic))),
  );
  const distances = (['country', 'topic'] as const).flatMap((by) =>
    (by === 'country' ? COUNTRIES : TOPICS).flatMap((name) =>
      VALUES.map(({ name: value }) => {
        const group = scored.filter((item) => item[by] === name && item.value === value);
        return Math.abs(mean(group.map((item) => item.s)) - mean(group.map((item) => item.a)));
      }),
    ),
  );
  return { byScenario, distances };
}

function time(run: () => unknown, rounds: number): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

const tables = Array.from({ length: MODELS }, (_, model) => buildTable(model + 1));
const without = { resamples: 0, seed: 1 };
const perGroup = { resamples: 1000, seed: 1 };

const coldStart = performance.now();
for (const table of tables) measureRun(table, { bootstrap: without });
const cold = performance.now() - coldStart;

const plain = time(() => tables.map((table) => measureRun(table, { bootstrap: without })), 15);
const groups = time(
  () => tables.map((table) => measureRun(table, { bootstrap: perGroup, groupIntervalsOnly: true })),
  9,
);
const full = time(() => tables.map((table) => measureRun(table, { bootstrap: perGroup })), 3);
const objects = tables.map(toObjects);
const naive = time(() => objects.map(measureNaively), 1);

const row = (what: string, ms: number, bar: string) =>
  console.log(`${what.padEnd(62)} ${ms.toFixed(1).padStart(9)} ms  ${bar}`);
console.log(`${MODELS} models × ${tables[0]!.values.length} items × ${VARIANTS} variants, medians`);
row('all measures, cold (first call)', cold, 'bar 400');
row('all measures, warm', plain, 'bar 45');
row('… with 1,000 resamples for overall, countries and topics', groups, 'bar 90');
row('… and for each of the 132 scenarios (over its items)', full, '');
row('naive loop over objects, rates and distances only', naive, '');
console.log(`naive ÷ all measures = ${(naive / plain).toFixed(1)}`);
