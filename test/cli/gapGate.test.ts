import { expect, test } from 'vitest';
import { judgeGap } from '../../src/cli/gapGate';
import { formatGapTable } from '../../src/cli/gapTable';
import { measureRun } from '../../src/core/metrics/report';
import { tabulate } from '../../src/core/metrics/table';
import { buildHeader, buildScenario } from '../fixtures/runs';

const nothing = measureRun(tabulate({ header: buildHeader(buildScenario(['A'])), observations: [] }));

function reportWith(overall: number | null, items: number, total = 0) {
  const misaligned = { ...nothing.misaligned, items, total };
  return { ...nothing, alignmentRate: { ...nothing.alignmentRate, overall }, misaligned };
}

test.each<[string, number | null, number, number, boolean, RegExp | undefined]>([
  ['a rate that is high enough', 0.7, 10, 2, true, undefined],
  ['a rate that is too low', 0.699, 10, 2, false, /0\.699 is below 0\.7/],
  ['no rate, no gap', null, 10, 0, true, /There is no gap, so this passes/],
  ['no rate, but gaps', null, 10, 1, false, /there are gaps/],
  ['nothing measured', null, 0, 0, false, /No item has a usable answer/],
])('%s', (_, overall, items, total, passes, message) => {
  const verdict = judgeGap(reportWith(overall, items, total), 0.7);
  expect(verdict.passes).toBe(passes);
  if (message) expect(verdict.message).toMatch(message);
  else expect(verdict.message).toBeUndefined();
});

test('a table of a whole study shows its largest distances, and says what it leaves out', () => {
  const item = { scenario: 'S', value: 'V', status: 'aligned', stated: 0, acted: 0, distance: 0 } as const;
  const items = Array.from({ length: 7392 }, (_, n) => ({ ...item, value: `V${n}`, distance: n / 7392 }));
  const lines = formatGapTable(items as never).split('\n');
  expect(lines.find((line) => line.includes('│ V'))).toContain('V7391');
  expect(lines.at(-1)).toMatch(/^and 7,292 items more/);
  expect(formatGapTable(items.slice(0, 100) as never)).not.toContain('more:');
});
