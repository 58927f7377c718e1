import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareTabulated } from '../../src/core/compare/compareRuns';
import { tabulateRun } from '../../src/core/compare/tabulatedRun';
import type { Run } from '../../src/core/runs/record';
import { formatRunLine } from '../../src/core/runs/runFile';
import { item, makeRun } from '../core/compare/runs';
import { sharedDataIsThere } from '../fixtures/sharedData';
import { readRecordedRun } from '../webview/sampleStudy';
import { CommandLine } from './commandLine';

const cli = new CommandLine();

function write(name: string, run: Run): string {
  const path = join(cli.folder, name);
  writeFileSync(path, [run.header, ...run.observations].map(formatRunLine).join(''));
  return path;
}

const items = ['Freedom', 'Wealth', 'Loyal', 'Humble', 'Clean', 'Daring', '=evil()', 'Privacy'];
const before = makeRun([{ items: items.map((value, at) => item(value, at < 5 ? 'AD' : 'DD')) }]);
const after = makeRun([
  {
    system: 'Act as you say.\u001b[31m',
    items: items.map((value, at) => item(value, at < 4 ? 'DD' : at === 7 ? 'DA' : 'AD')),
  },
]);

describe('compare', () => {
  it('reads as a table, flips first, and ends with what it comes to', async () => {
    const { code, stdout, stderr } = await cli.call(['compare', write('a.jsonl', before), write('b.jsonl', after)]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^A {2}lab\/model, started 2026/),
      expect.stringMatching(/^B {2}lab\/model/),
    ]);
    const rows = stdout.split('\n').filter((line) => /^│ (opened|closed|changed|same)/.test(line));
    expect(rows.map((row) => row.split(' ')[1])).toEqual([...Array(3).fill('opened'), ...Array(4).fill('closed')]);
    expect(stdout).toContain('* one sample per prompt: may be chance');
    expect(stdout).toMatch(/system prompt in Nigeria · Leisure\n {2}\+ Act as you say\. \[31m/);
    expect(stdout).toMatch(/\n4 gaps closed, 3 opened; the rate rose from 0\.55 to 0\.67, 95 % interval/);
    expect(stdout).toMatch(/exact McNemar test, p = 1\.000/);
    expect(stdout).not.toContain('\u001b[31m');
  });

  it('prints one JSON object, the same each time for one seed', async () => {
    const [a, b] = [write('a.jsonl', before), write('b.jsonl', after)];
    const first = await cli.call(['compare', a, b, '--json']);
    const document = JSON.parse(first.stdout);
    expect(document).toMatchObject({
      schema: 'value-action-lens/comparison@1',
      seed: 1,
      missing: 'exclude',
      counts: { opened: 3, closed: 4, lost: 0, gained: 0, changed: 0, same: 1 },
      flipTest: { closed: 4, opened: 3, p: 1 },
    });
    expect(document.items).toHaveLength(8);
    expect((await cli.call(['compare', a, b, '--json'])).stdout).toBe(first.stdout);
    const other = JSON.parse((await cli.call(['compare', a, b, '--json', '--seed', '9'])).stdout);
    expect(other.seed).toBe(9);
    expect(other.alignmentRate.overall.interval).not.toEqual(document.alignmentRate.overall.interval);
  });

  it('says 0 changed of a run and itself', async () => {
    const path = write('a.jsonl', before);
    const { stdout } = await cli.call(['compare', path, path]);
    expect(stdout).toMatch(/\nNothing changed in 8 items; the rate stayed at 0\.55\.\n$/);
  });

  it('writes CSV without formulas, and JSON beside it', async () => {
    const out = join(cli.folder, 'csv');
    const args = ['compare', write('a.jsonl', before), write('b.jsonl', after), '--csv', out, '--json'];
    const { code, stdout, stderr } = await cli.call(args);
    expect([code, stderr]).toEqual([0, `4 tables written to ${out}\n`]);
    expect(JSON.parse(stdout).schema).toBe('value-action-lens/comparison@1');
    expect(readdirSync(out).sort()).toEqual([
      'alignment-rate-differences.csv',
      'changes.csv',
      'only-in-one-run.csv',
      'texts.csv',
    ]);
    expect(readFileSync(join(out, 'changes.csv'), 'utf8')).toContain("'=evil()");
  });

  it('refuses what is no run', async () => {
    const path = write('a.jsonl', before);
    const { code, stderr } = await cli.call(['compare', path, 'gone.jsonl']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/gone\.jsonl: There is no such file/)]);
    expect((await cli.call(['compare', path])).code).toBe(2);
    expect((await cli.call(['compare', path, path, '--seed', 'x'])).code).toBe(2);
  });
});

describe.skipIf(!sharedDataIsThere)('two recorded models at 7,392 items', () => {
  it('are compared item by item, without intervals in well under a second', () => {
    const a = tabulateRun(readRecordedRun('gpt-4o-mini'));
    const b = tabulateRun(readRecordedRun('llama-3.3-70b'));
    const started = performance.now();
    const comparison = compareTabulated(a, b, { bootstrap: { resamples: 0, seed: 1 } });
    // The bar is 100 ms once warm, which scripts measure; a shared machine and a cold start get ten times that.
    expect(performance.now() - started).toBeLessThan(1000);
    expect(Object.values(comparison.counts).reduce((sum, count) => sum + count, 0)).toBe(7392);
    expect([comparison.onlyInA, comparison.onlyInB, comparison.texts]).toEqual([[], [], []]);
    expect(comparison.alignmentRate.overall.difference).toBeCloseTo(-0.132, 3);
    expect(comparison.settings.map(({ setting }) => setting)).toEqual(['model']);
  });
});
