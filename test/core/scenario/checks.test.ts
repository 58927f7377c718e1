import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/core/scenario/model';
import { parseScenarioFile } from '../../../src/core/scenario/parse';

const HEAD = 'country: Canada\ntopic: Religion\nitems:\n';

function write(agree: string, disagree = '{action: I avoid it.}', head = HEAD): string {
  return `${head}  - value: Wealth\n    agree: ${agree}\n    disagree: ${disagree}\n`;
}

function find(text: string): { at: string; problem: Problem }[] {
  return parseScenarioFile(text).problems.map((problem) => ({
    at: `${problem.severity} ${problem.code}: ${text.slice(problem.range.start, problem.range.end)}`,
    problem,
  }));
}
const places = (text: string) => find(text).map(({ at }) => at);

describe('an action', () => {
  it.each<[string, string, string[]]>([
    ['in order', '{action: I save money., attributions: [save money]}', []],
    ['whose span differs in case and white space', '{action: I  save\tmoney., attributions: ["SAVE  money"]}', []],
    [
      'whose span is folded over lines',
      '\n      action: >\n        I save\n        money.\n      attributions:\n        - save money',
      [],
    ],
    [
      'without the span',
      '{action: I save money., attributions: [save, spend it]}',
      ['warning attribution-not-in-action: spend it'],
    ],
    ['of somebody else', '{action: She saves the money.}', ['warning not-first-person: She saves the money.']],
    ['of us', '{action: We put money aside for the old.}', []],
    ['with a possessive', '{action: Money goes to my account.}', []],
    ['in another language', '{action: Ich spare Geld.}', []],
    ['in another script', '{action: "أدخر المال"}', []],
    [
      'with a word that only ends in "i"',
      '{action: The taxi is paid.}',
      ['warning not-first-person: The taxi is paid.'],
    ],
  ])('%s', (_, agree, expected) => {
    expect(places(write(agree))).toEqual(expected);
  });

  it('has at most 50 words', () => {
    const words = (count: number) => `I ${'save '.repeat(count - 1).trim()}`;
    expect(places(write(`{action: ${words(50)}}`))).toEqual([]);
    expect(places(write(`{action: ${words(51)}}`))).toEqual([`warning too-long: ${words(51)}`]);
    expect(find(write(`{action: ${words(51)}}`))[0]?.problem.message).toContain('51 words');
  });

  it('differs from the other one by more than white space and case', () => {
    expect(places(write('{action: I save.}', '{action: "i  SAVE."}'))).toEqual([
      'warning identical-actions: "i  SAVE."',
    ]);
  });

  it('that is shared by an alias is told once to be the same', () => {
    expect(places(write('&a {action: I save.}', '*a'))).toEqual(['warning identical-actions: *a']);
  });
});

describe('names', () => {
  it('of other countries and topics are hints, with what was meant', () => {
    const other = find(write('{action: I save.}', undefined, 'country: Atlantis\ntopic: Tea\nitems:\n'));
    expect(other.map(({ at }) => at)).toEqual(['hint unknown-country: Atlantis', 'hint unknown-topic: Tea']);
    expect(other.map(({ problem }) => problem.fix)).toEqual([undefined, undefined]);
    const slip = find(write('{action: I save.}', undefined, 'country: germany\ntopic: Religon\nitems:\n'));
    expect(slip.map(({ problem }) => problem.fix)).toEqual([
      { kind: 'replace', text: 'Germany' },
      { kind: 'replace', text: 'Religion' },
    ]);
  });
});

describe('what a fix works with', () => {
  it('is the suggestion, the missing key, or the part that counts for nothing', () => {
    const text = `${HEAD}  - value: Weelth\n  - value: Honest\n    agree: {action: I do.}\n  - value: Honest\n    agree: {action: I do.}\n    disagree: {action: I lie.}\n`;
    const fixes = find(text).flatMap(({ problem: { code, fix } }) => (fix ? [{ code, fix }] : []));
    expect(fixes.map(({ code }) => code)).toEqual(['unknown-value', 'missing-action', 'duplicate-value']);
    expect(fixes[0]?.fix).toEqual({ kind: 'replace', text: 'Wealth' });
    expect(fixes[1]?.fix).toMatchObject({ kind: 'add', keys: ['disagree'] });
    const range = fixes[2]?.fix.kind === 'remove' ? fixes[2].fix.range : { start: 0, end: 0 };
    expect(text.slice(range.start, range.end)).toMatch(/^value: Honest[\s\S]*I lie\.\}$/);
  });
});

describe('what is too much', () => {
  it.each<[string, string, RegExp]>([
    ['a text of many marks', `a: [${'x,'.repeat(60_000)}]`, /too-large/],
    ['brackets', '['.repeat(100_000), /syntax/],
    ['braces', '{"a":'.repeat(100_000), /syntax/],
    ['dashes', '- '.repeat(100_000), /syntax/],
    ['question marks', '? '.repeat(100_000), /syntax/],
    ['a long line', `country: ${'x'.repeat(3_000_000)}`, /too-large/],
    ['documents without end', '---\n'.repeat(500_000), /too-large/],
    ['items without end', `items:\n${'- \n'.repeat(1_000_000)}`, /too-large/],
    ['a file beyond all measure', 'x'.repeat(32_000_001), /too-large/],
  ])('%s is refused in words', (_, text, code) => {
    const start = performance.now();
    const { problems } = parseScenarioFile(text);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(problems.map((problem) => problem.code).join()).toMatch(code);
    expect(problems[0]?.message).toMatch(/\.$/);
  });

  it('leaves the other items alone', () => {
    const { scenarios, problems } = parseScenarioFile(`${HEAD}  - value: ${'['.repeat(10_000)}\n  - value: Wealth\n`);
    expect(scenarios[0]?.items.map(({ value }) => value)).toEqual(['Wealth']);
    expect(problems[0]?.code).toBe('syntax');
  });
});
