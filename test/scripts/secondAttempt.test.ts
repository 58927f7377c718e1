/** A second attempt tells of accidents and hides nothing else. */
import { describe, expect, it } from 'vitest';
import { countReport, runWithSecondAttempt } from '../../scripts/secondAttempt.mjs';

type Status = 'passed' | 'failed' | 'pending';

const file = (name: string, tests: Record<string, Status>, failed = Object.values(tests).includes('failed')) => ({
  name,
  failed,
  tests: Object.entries(tests).map(([test, status]) => ({ name: test, status })),
});
const report = (...files: ReturnType<typeof file>[]) => ({ files, code: files.some(({ failed }) => failed) ? 1 : 0 });

/** Gives one report after the other; what was asked for comes back beside the result. */
async function attempt(...reports: { files: ReturnType<typeof file>[]; code: number }[]) {
  const asked: (readonly string[] | undefined)[] = [];
  const lines: string[] = [];
  const { report: last, flaky } = await runWithSecondAttempt(
    async (files) => {
      asked.push(files);
      return reports[asked.length - 1]!;
    },
    (line) => lines.push(line),
  );
  return { asked, lines, flaky, counts: countReport(last) };
}

describe('runWithSecondAttempt', () => {
  it('leaves alone what passed', async () => {
    const { asked, flaky, counts } = await attempt(report(file('a', { one: 'passed', two: 'pending' })));
    expect(asked).toEqual([undefined]);
    expect([flaky, counts]).toEqual([[], { passed: 1, failed: 0, skipped: 1 }]);
  });

  it('runs only the files that failed, whole, and names what passes then', async () => {
    const { asked, lines, flaky, counts } = await attempt(
      report(file('a', { one: 'passed' }), file('b', { two: 'passed', three: 'failed' })),
      report(file('b', { two: 'passed', three: 'passed' })),
    );
    expect(asked).toEqual([undefined, ['b']]);
    expect(lines).toEqual(['once more, because something failed there: b']);
    expect([flaky, counts]).toEqual([['three'], { passed: 3, failed: 0, skipped: 0 }]);
  });

  it('counts as failed what fails twice, and what fails only then', async () => {
    const { flaky, counts } = await attempt(
      report(file('a', { always: 'failed', first: 'failed', second: 'passed' })),
      report(file('a', { always: 'failed', first: 'passed', second: 'failed' })),
    );
    expect([flaky, counts]).toEqual([['first'], { passed: 1, failed: 2, skipped: 0 }]);
  });

  it('names the file where something around its tests failed', async () => {
    const broken = file('a', { one: 'pending' }, true);
    expect(await attempt(report(broken), report(file('a', { one: 'passed' })))).toMatchObject({
      flaky: ['a'],
      counts: { passed: 1, failed: 0 },
    });
    expect(await attempt(report(broken), report(broken))).toMatchObject({ flaky: [], counts: { failed: 1 } });
  });

  it('fails where the second attempt did not come to an end', async () => {
    const failing = report(file('a', { one: 'failed' }));
    expect(await attempt(failing, { files: [], code: 1 })).toMatchObject({ flaky: [], counts: { failed: 1 } });
    const ended = { files: [file('a', { one: 'passed' })], code: 1 };
    expect((await attempt(failing, ended)).counts.failed).toBe(1);
  });

  it('does not try again where much failed', async () => {
    const all = report(...[...'abcdefg'].map((name) => file(name, { [name]: 'failed' })));
    const { asked, counts } = await attempt(all);
    expect([asked.length, counts.failed]).toEqual([1, 7]);
  });
});
