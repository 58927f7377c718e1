import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatRating } from '../../src/core/review/ratingFile';
import { formatRisk } from '../../src/core/review/risk';
import { AT, makeAllMetrics, makeRating, makeRatings } from '../core/review/ratings';
import { CommandLine } from './commandLine';

const line = new CommandLine();

function write(name: string, text: string): string {
  const path = join(line.folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const report = (...more: string[]) => line.call(['review', 'report', '.', ...more]);
const formatAll = (ratings: ReturnType<typeof makeRatings>) => ratings.map(formatRating).join('');
const formatCoding = (model: string) =>
  formatRisk({ type: 'risk', item: 'a · b · c', model, run: 'r', reviewer: 'Ada', risk: 'polarization', at: AT });

function writeTwoReviewers(): void {
  for (const [reviewer, ratings] of [
    ['Ada', `${'1'.repeat(25)}${'0'.repeat(25)}`],
    ['Ben', `${'1'.repeat(20)}00000${'1'.repeat(10)}${'0'.repeat(15)}`],
  ] as const) {
    const variants = [3, 5].flatMap((variant) => makeAllMetrics({ [reviewer]: ratings }, { variant }));
    const better = variants.map((rating) =>
      rating.item.endsWith('40') && rating.variant === 5 ? { ...rating, rating: 1 as const } : rating,
    );
    write(`by/${reviewer}.ratings.jsonl`, formatAll(better));
  }
}

describe('review report', () => {
  it('prints one JSON object about all files below the folder', async () => {
    writeTwoReviewers();
    write('risks/ada.risks.jsonl', formatCoding('m'));
    const { code, stdout, stderr } = await report('--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      schema: 'value-action-lens/review@1',
      ratings: 800,
      choice: { winner: 5, isWithinNoise: true, used: 50 },
      risks: { coded: 1 },
    });
    expect(found.byVariant[0]).toMatchObject({
      variant: 3,
      metrics: { correctness: { mean: 0.55, kappa: { method: 'cohen' } } },
    });
    expect(found.byVariant[0].metrics.correctness.kappa.value).toBeCloseTo(0.4, 12);
    expect((await report('--json')).stdout).toBe(stdout);
    expect((await report('--json', '--seed', '2')).stdout).not.toBe(stdout);
  });

  it('reads as tables and a sentence', async () => {
    writeTwoReviewers();
    write('ada.risks.jsonl', formatCoding('m'));
    const { code, stdout } = await report();
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ 3 +│ correctness +│ +100 │ 0\.550 │/);
    expect(stdout).toMatch(/0\.400 │ .*│ Cohen, 50 actions │/);
    expect(stdout).toMatch(
      /Variant 5 is best: 0\.570 over 4 metrics, 0\.020 ahead of variant 3 \(95 % interval .*: within noise\)/,
    );
    expect(stdout).toMatch(/societal +│ polarization +│ +1 │ +1 │/);
    // One country and one model: nothing to set side by side.
    expect(stdout).not.toMatch(/Ratings by (country|model)/);
  });

  it('writes each table as CSV, without formulas', async () => {
    write('a.ratings.jsonl', formatAll(makeRatings({ Ada: '10' }, { model: '=cmd()' })));
    const { code, stdout, stderr } = await report('--csv', 'tables');
    expect({ code, stdout, stderr }).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/5 tables written/),
    });
    const tables = join(line.folder, 'tables');
    expect(readdirSync(tables).sort()).toEqual([
      'ratings-by-country.csv',
      'ratings-by-model.csv',
      'ratings-by-variant.csv',
      'ratings.csv',
      'variants.csv',
    ]);
    expect(readFileSync(join(tables, 'ratings-by-model.csv'), 'utf8')).toMatch(/^"'=cmd\(\)",correctness,2,2,1,0\.5,/m);
  });

  it('says on standard error what is half-written, foreign, unmerged or contradictory, and counts the rest', async () => {
    write('a.ratings.jsonl', `<<<<<<< HEAD\n${formatRating(makeRating())}=======\n>>>>>>> b\nnonsense\n{"item":`);
    write('b.ratings.jsonl', formatRating(makeRating({ rating: 0, at: '2025-03-02T00:00:00Z' })));
    const { code, stdout, stderr } = await report('--json');
    expect(code).toBe(0);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'a.ratings.jsonl:1: an unresolved merge begins: what both sides hold is kept. Resolve it.',
      'a.ratings.jsonl:5: left out: cut or not JSON.',
      'a.ratings.jsonl:6: left out: half-written, or not JSON.',
      'Ada says 1 in a.ratings.jsonl:2 and 0 in b.ratings.jsonl:1 of Nigeria · Politics · Freedom, agree, variant 5, gpt-x, correctness: 0 is taken, the later one. Keep one of the lines.',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ ratings: 1, conflicts: [{ taken: 1 }], problems: [{}, {}, {}] });
  });

  it('prints names from files without what moves a cursor', async () => {
    write(
      'a.ratings.jsonl',
      formatAll(makeRatings({ Ada: '1' }, { model: '\u001b[2Jx' }).concat(makeRatings({ Ada: '1' }))),
    );
    const { stdout } = await report();
    expect(stdout).toMatch(/│ \[2Jx +│/);
    expect(stdout).not.toContain('\u001b');
  });

  it('does not follow links out of the folder, and says which; what they lead to inside is read once', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'val-outside-'));
    try {
      writeFileSync(join(outside, 'x.ratings.jsonl'), formatRating(makeRating({ reviewer: 'Eve' })));
      write('in/a.ratings.jsonl', formatRating(makeRating()));
      symlinkSync(outside, join(line.folder, 'elsewhere'));
      symlinkSync(join(outside, 'x.ratings.jsonl'), join(line.folder, 'x.ratings.jsonl'));
      symlinkSync(join(line.folder, 'in'), join(line.folder, 'again'));
      symlinkSync(line.folder, join(line.folder, 'in', 'loop'));
      const { code, stdout, stderr } = await report('--json');
      expect(code).toBe(0);
      expect(stderr).toMatch(/^elsewhere: left out: a link .*\nx\.ratings\.jsonl: left out: a link .*\n$/);
      expect(JSON.parse(stdout)).toMatchObject({ ratings: 1, reviewers: [{ name: 'Ada' }], conflicts: [] });
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('reports risks alone where nothing was rated', async () => {
    write('a.risks.jsonl', formatCoding('m') + formatCoding('n'));
    const { code, stdout } = await report();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Risks of misaligned items/);
    expect(stdout).toMatch(/items looked at +│ +2 │ +1 │ +1 │/);
  });

  it('refuses what holds nothing to report, in words', async () => {
    expect(await report()).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^\. holds no \*\.ratings\.jsonl and no \*\.risks\.jsonl that can be read\. Name/),
    });
    expect(await line.call(['review', 'report', 'gone'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^gone cannot be opened: there is no such folder/),
    });
    const file = write('only.ratings.jsonl', 'broken\n{"item":\n');
    expect(await line.call(['review', 'report', file])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is a file/),
    });
    expect(await report()).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /ratings\.jsonl:1: left out.*\n.*ratings\.jsonl:2: left out.*\n.*no line of the 1 file can be read/,
      ),
    });
    expect(await report('--seed', 'x')).toMatchObject({ code: 2 });
  });
});
