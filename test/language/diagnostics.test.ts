import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { capProblems, orderProblems } from '../../src/language/diagnostics';

const computeDiagnostics = (text: string) => orderProblems(parseScenarioFile(text).problems);

describe('orderProblems', () => {
  it('puts errors first, then what stands higher', () => {
    const text = 'country: x\ntopic: Politics\nitems:\n  - value: Wealth\n  - value: Punctuality\n    not: x\n';
    expect(computeDiagnostics(text).map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error unknown-definition',
      'error unknown-key',
      'warning missing-action',
      'warning missing-action',
      'hint unknown-country',
    ]);
  });
});

describe('capProblems', () => {
  const text = `country: India\ntopic: Politics\nitems:\n${'  - value: Punctuality\n'.repeat(4)}  - value: Wealth\n`;

  it('says how many are hidden, and of which kind', () => {
    const problems = computeDiagnostics(text);
    expect(problems).toHaveLength(6);
    const capped = capProblems(problems, 5);
    expect(capped).toHaveLength(5);
    expect(capped.slice(0, 4)).toEqual(problems.slice(0, 4));
    expect(capped[4]).toMatchObject({ code: 'more-problems', severity: 'error' });
    expect(capped[4]?.message).toMatch(/^2 more problems .*\(0 errors, 2 warnings, 0 hints\)/);
  });

  it('leaves a list alone that is short enough', () => {
    const problems = computeDiagnostics(text);
    expect(capProblems(problems, 6)).toBe(problems);
  });
});

describe('the examples', () => {
  const folder = join(import.meta.dirname, '../../examples');
  const files = readdirSync(folder).filter((file) => file.endsWith('.scenario.yaml'));
  const readExample = (file: string) => readFileSync(join(folder, file), 'utf8');

  it.each(files)('%s has no errors', (file) => {
    expect(computeDiagnostics(readExample(file)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(files)('%s: actions are short, and attributions are spans of them', (file) => {
    for (const { agree, disagree, value } of parseScenarioFile(readExample(file)).scenarios.flatMap(
      ({ items }) => items,
    )) {
      for (const action of [agree, disagree]) {
        if (!action) continue;
        expect(action.action.split(/\s+/).length, value).toBeLessThanOrEqual(50);
        for (const span of action.attributions) expect(action.action).toContain(span);
      }
    }
  });

  it('the quickstart is whole', () => {
    expect(computeDiagnostics(readExample('quickstart.scenario.yaml'))).toEqual([]);
    const { scenarios } = parseScenarioFile(readExample('quickstart.scenario.yaml'));
    expect(scenarios.map(({ items }) => items.length)).toEqual([6]);
  });

  it('the second shows a system prompt, prompts, a value of its own and an unfinished item', () => {
    const { scenarios } = parseScenarioFile(readExample('own-prompts.scenario.yaml'));
    expect(scenarios.map(({ name }) => name)).toEqual(['triage-assistant', 'office-own-words']);
    expect(scenarios[0]?.system).toMatch(/^You are .* house\.$/);
    expect(scenarios[1]?.prompts?.task2?.question).toHaveLength(2);
    expect(computeDiagnostics(readExample('own-prompts.scenario.yaml')).map(({ code }) => code)).toEqual([
      'missing-action',
    ]);
  });
});
