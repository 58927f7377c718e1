import { describe, expect, it } from 'vitest';
import { collectProposals, toAccepted } from '../../../src/core/generation/collect';
import { Generation } from '../../../src/core/generation/generation';
import { composeHeader, composeStudy, selectAsked } from '../../../src/core/generation/plan';
import { GENERATION_LINES, type GenerationObservation } from '../../../src/core/generation/record';
import { generationVariant, renderGeneration } from '../../../src/core/prompts/generation';
import { formatLine, visitLines } from '../../../src/core/runs/runFile';
import { parseScenarioFile } from '../../../src/core/scenario/parse';
import { COUNTRIES, TOPICS } from '../../../src/core/study';
import { VALUES } from '../../../src/core/values';

const text = `name: __proto__
country: India
topic: Politics
system: You are a clerk.
items:
  - value: Wealth
    agree: {action: I save.}
  - value: Freedom
  - value: Pleasure
    agree: {action: I dance.}
    disagree: {action: I sit.}
`;
const both = ['agree', 'disagree'] as const;
const [scenario] = parseScenarioFile(text).scenarios;
if (!scenario) throw new Error('unreadable');

function plan(variants: readonly number[] = [5], replace = false, values?: readonly string[]) {
  return composeHeader({
    id: 'g',
    startedAt: '2026-01-31T09:30:00.000Z',
    model: { id: 'test/model', parameters: { temperature: 0.2 }, notes: [] },
    variants,
    polarities: both,
    scenarios: selectAsked(scenario ? [{ file: 'a.scenario.yaml', scenario, values }] : [], {
      polarities: both,
      replace,
    }),
  });
}
const raw = (action: string) =>
  JSON.stringify({ 'Human Action': action, 'Feature Attributions': [], 'Natural Language Explanation': 'So.' });
const at = '2026-01-31T09:30:01.000Z';

describe('the 8 wordings', () => {
  it('are numbered as released', () => {
    expect(generationVariant(5)).toEqual({
      index: 5,
      wording: 1,
      order: 'explanation-first',
      requirement: 'completion',
    });
    expect(generationVariant(2)).toEqual({ index: 2, wording: 0, order: 'attributions-first', requirement: 'plain' });
    expect(() => generationVariant(8)).toThrow(RangeError);
  });

  it('differ from one another, name everything, and send no system prompt', () => {
    const subject = { country: 'India', topic: 'Politics', value: 'Wealth', definition: 'material possessions, money' };
    const prompts = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((variant) =>
      both.map((polarity) => renderGeneration(subject, polarity, variant)),
    );
    expect(new Set(prompts.map((messages) => JSON.stringify(messages))).size).toBe(16);
    for (const messages of prompts) {
      expect(messages.map(({ role }) => role)).toEqual(['user']);
      for (const part of [...Object.values(subject), '50 words', '"Human Action"']) {
        expect(messages[0]?.content).toContain(part);
      }
    }
    const [order0, order1] = [0, 2].map((variant) => renderGeneration(subject, 'agree', variant)[0]?.content ?? '');
    expect(order0?.indexOf('explain in')).toBeLessThan(order0?.indexOf('list the parts') ?? 0);
    expect(order1?.indexOf('explain in')).toBeGreaterThan(order1?.indexOf('list the parts') ?? 0);
    expect(renderGeneration(subject, 'agree', 4)[0]?.content).toMatch(/The answer is:$/);
  });
});

describe('a generation', () => {
  it('asks for what is missing, or for everything where told so', () => {
    const list = (header: ReturnType<typeof plan>) => [...new Generation(header).list()];
    expect(list(plan()).map(({ value, polarity }) => `${value} ${polarity}`)).toEqual([
      'Wealth disagree',
      'Freedom agree',
      'Freedom disagree',
    ]);
    expect(list(plan([0, 5], true))).toHaveLength(12);
    expect(new Generation(plan([0, 5], true)).count()).toBe(12);
    expect(list(plan([5], false, ['Freedom']))).toHaveLength(2);
    expect(plan([5], false, ['Pleasure']).scenarios).toEqual([]);
  });

  it('covers a study that has no files', () => {
    const values = VALUES.map(({ name }) => name);
    const scenarios = composeStudy({ countries: COUNTRIES, topics: TOPICS, values }, both);
    const generation = new Generation({ ...plan(), scenarios });
    expect(generation.count()).toBe(14_784);
    const ids = new Set<string>();
    for (const key of generation.list()) ids.add(generation.idOf(key));
    expect(ids.size).toBe(14_784);
  });

  it('keeps its lines, and finds in them what each proposal shares with its other side', () => {
    const header = plan();
    const generation = new Generation(header);
    const says: Record<string, string> = {
      'Wealth disagree': raw('I save.'),
      'Freedom agree': raw('I choose my work.'),
      'Freedom disagree': raw('I choose my  WORK.'),
    };
    const observations: GenerationObservation[] = [...generation.list()].map((key) =>
      generation.read(key, { raw: says[`${key.value} ${key.polarity}`] ?? '', at }),
    );
    for (const [index, key] of [...generation.list()].entries()) {
      expect(generation.requestOf(observations[index] as GenerationObservation)).toEqual(key);
    }
    const lines = [header, ...observations].map((record) => formatLine(record).trimEnd());
    const read: GenerationObservation[] = [];
    const again = visitLines(lines, GENERATION_LINES, { observation: (one) => read.push(one) });
    expect(again).toEqual(header);
    expect(read).toEqual(observations);

    const offered = collectProposals(header, read);
    expect(offered.map(({ findings, isClean }) => [isClean, ...findings.map(({ code }) => code)])).toEqual([
      [false, 'identical-actions'],
      [false, 'identical-actions'],
      [false, 'identical-actions'],
    ]);
    expect(toAccepted(offered[1] as (typeof offered)[number])).toEqual({
      scenario: '__proto__',
      value: 'Freedom',
      polarity: 'agree',
      action: 'I choose my work.',
      attributions: [],
      explanation: 'So.',
    });
  });

  it('asks again what could not be read, and argues with no refusal', () => {
    const generation = new Generation(plan());
    const [key] = generation.list();
    if (!key) throw new Error('nothing to ask');
    const judge = (text: string) => {
      const read = generation.read(key, { raw: text, at });
      return [generation.couldNotBeRead(read), generation.countUnusable(read)];
    };
    expect(judge('Nice weather.')).toEqual([true, 1]);
    expect(judge(JSON.stringify({ agree: JSON.parse(raw('I save.')) }))).toEqual([true, 1]);
    expect(judge("I'm sorry, I can't help with that.")).toEqual([false, 1]);
    expect(judge(raw('I give all I have away.'))).toEqual([false, 0]);
    const failed = generation.fail(key, { code: 'timeout', message: 'Late.', at });
    expect([generation.couldNotBeRead(failed), generation.countUnusable(failed)]).toEqual([false, 0]);
    expect(collectProposals(plan(), [failed])).toEqual([]);
  });
});
