/** The files VS Code reads: the generated schema, the grammar and the language configuration. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeScenarioFormat } from '../../src/core/scenario/jsonSchema';

const media = join(import.meta.dirname, '../../media');
const readText = (file: string) => readFileSync(join(media, file), 'utf8');

it('media/scenario.schema.json is up to date (npm run generate writes it)', () => {
  expect(readText('scenario.schema.json')).toBe(`${JSON.stringify(describeScenarioFormat(), null, 2)}\n`);
});

interface Rule {
  include?: string;
  patterns?: Rule[];
  name?: string;
  contentName?: string;
  captures?: Record<string, Rule>;
  beginCaptures?: Record<string, Rule>;
  endCaptures?: Record<string, Rule>;
  match?: string;
  begin?: string;
}

describe('the grammar', () => {
  const grammar = JSON.parse(readText('scenario.tmLanguage.json')) as Rule & {
    scopeName: string;
    repository: Record<string, Rule>;
  };
  const rules: Rule[] = [];
  const visit = (rule: Rule) => {
    rules.push(rule);
    for (const inner of rule.patterns ?? []) visit(inner);
    for (const captures of [rule.captures, rule.beginCaptures, rule.endCaptures])
      for (const inner of Object.values(captures ?? {})) visit(inner);
  };
  visit(grammar);
  for (const rule of Object.values(grammar.repository)) visit(rule);

  it('includes only rules that are there, and uses them all', () => {
    const included = new Set(rules.flatMap(({ include }) => (include ? [include.slice(1)] : [])));
    expect([...included].sort()).toEqual(Object.keys(grammar.repository).sort());
  });

  it('names scopes in the language of ours', () => {
    const scopes = rules
      .flatMap(({ name, contentName }) => [name, contentName])
      .filter((scope) => scope?.includes('.'));
    expect(scopes.length).toBeGreaterThan(20);
    for (const scope of scopes) expect(scope).toMatch(/\.value-action-scenario$/);
  });

  it.each([
    ['value: {{value}}', 'placeholder', '{{value}}'],
    ['    disagree:', 'key', 'disagree:'],
    ['"agree": {', 'key', '"agree":'],
    ['--- # next', 'document', '---'],
    ['x # why', 'comment', '# why'],
  ])('finds in %j the %s', (line, name, expected) => {
    const rule = grammar.repository[name];
    const patterns = [rule, ...(rule?.patterns ?? [])].flatMap((each) => (each?.match ? [new RegExp(each.match)] : []));
    expect(patterns.map((pattern) => pattern.exec(line)?.[0])).toContain(expected);
  });
});

describe('the language configuration', () => {
  const configuration = JSON.parse(readText('language-configuration.json')) as {
    wordPattern: string;
    indentationRules: { increaseIndentPattern: string };
    onEnterRules: { beforeText: string }[];
  };

  it('indents below a key that opens a block', () => {
    const increase = new RegExp(configuration.indentationRules.increaseIndentPattern);
    for (const line of ['items:', '    agree:', '  action: >-', '  - agree:', '{', '  "items": ['])
      expect(line).toMatch(increase);
    for (const line of ['country: India', '  - value: Wealth', '# note:']) expect(line).not.toMatch(increase);
  });

  it('continues an item below its first key', () => {
    expect('  - value: Wealth').toMatch(new RegExp(configuration.onEnterRules[0]!.beforeText));
  });
});
