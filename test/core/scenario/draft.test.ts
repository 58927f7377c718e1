import { describe, expect, it } from 'vitest';
import { draftScenario } from '../../../src/core/scenario/draft';
import { parseScenarioFile } from '../../../src/core/scenario/parse';

describe('the draft of a scenario', () => {
  it('is a scenario once its actions are written, whatever it is called', () => {
    const { text, firstAction } = draftScenario('Côte d’Ivoire: "north"', '#1 topic', ['Wealth', 'Self-Respect']);
    expect(text.slice(0, firstAction)).toMatch(/agree:\n {6}action: $/);
    const filled = text.replaceAll(/action: $/gm, 'action: I do it.');
    const { scenarios, problems } = parseScenarioFile(filled);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(scenarios[0]).toMatchObject({ country: 'Côte d’Ivoire: "north"', topic: '#1 topic' });
    expect(scenarios[0]?.items.map(({ value, agree, disagree }) => [value, agree?.action, disagree?.action])).toEqual([
      ['Wealth', 'I do it.', 'I do it.'],
      ['Self-Respect', 'I do it.', 'I do it.'],
    ]);
  });

  it('says what is still missing', () => {
    const { problems, scenarios } = parseScenarioFile(draftScenario('India', 'Politics', ['Wealth']).text);
    expect(scenarios[0]?.items).toHaveLength(1);
    expect(problems.length).toBeGreaterThan(0);
  });
});
