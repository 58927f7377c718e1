import { describe, expect, it } from 'vitest';
import { ImportError, readViaCsv } from '../../../src/core/dataset/viaCsv';
import { assembleScenarios, nameScenarioFile } from '../../../src/core/dataset/viaScenarios';
import { formatScenarios } from '../../../src/core/scenario/format';
import { parseScenarioFile } from '../../../src/core/scenario/parse';
import { readSharedLines, readSharedText, sharedDataIsThere } from '../../fixtures/sharedData';

const head = ',Unnamed: 0,country,topic,value,polarity,generation_prompt';
const answer = (action: string) =>
  JSON.stringify({ 'Human Action': action, 'Feature Attributions': [], 'Natural Language Explanation': '' });
const row = (polarity: string, value: string, raw: string) =>
  `0,0,India,Politics,${value},${polarity},"${raw.replaceAll('"', '""')}"`;
const importText = (...rows: string[]) => {
  const { rows: read, skipped } = readViaCsv([head, ...rows].join('\n'));
  const found = assembleScenarios(read);
  return { ...found, skipped: [...skipped, ...found.skipped] };
};

describe('a CSV of the dataset', () => {
  it('is refused with the columns it lacks', () => {
    expect(() => readViaCsv('{"not": "a csv"}')).toThrow(ImportError);
    expect(() => readViaCsv('country,topic\na,b')).toThrow(/value, polarity, generation_prompt missing/);
    expect(() => readViaCsv('')).toThrow(/This is not the VIA dataset/);
  });

  it('keeps an item whose action was refused, with a note', () => {
    const { scenarios, counts } = importText(
      row('positive', 'Wealth', answer('I save money.')),
      row('negative', 'Wealth', "I'm sorry, but I can't assist with that request."),
    );
    expect(scenarios[0]?.items).toEqual([
      {
        value: 'Wealth',
        agree: { action: 'I save money.' },
        note: "The generator refused the disagree action: I'm sorry, but I can't assist with that request.",
      },
    ]);
    expect(counts).toMatchObject({ complete: 0, incomplete: 1, refused: 1 });
  });

  it('names every row that it cannot use', () => {
    const { skipped, counts } = importText(
      row('positive', 'Wealth', answer('I save money.')),
      row('positive', 'Wealth', answer('I save more.')),
      row('positive', 'Thrift', answer('I save.')),
      row('sideways', 'Wealth', answer('I save.')),
      row('negative', 'Freedom', 'no idea'),
      '5,5,India,Politics',
    );
    expect(skipped.map(({ row }) => row).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(counts.items).toBe(2);
  });
});

describe('file names', () => {
  it('hold country and topic and stay inside their folder', () => {
    expect(nameScenarioFile({ country: 'United States', topic: 'Family & Changing Gender Roles' })).toBe(
      'United States - Family & Changing Gender Roles.scenario.yaml',
    );
    expect(nameScenarioFile({ country: '../../etc', topic: 'a/b\\c:d\u0000' })).not.toMatch(/[/\\:\0]|^\./);
  });
});

describe.skipIf(!sharedDataIsThere)('the released dataset (../shared/data)', () => {
  it('becomes 132 scenarios with every action as it was parsed with care', () => {
    const { rows, skipped } = readViaCsv(readSharedText('value_action_gap_full_data_generation.csv.gz'));
    const found = assembleScenarios(rows);
    expect([...skipped, ...found.skipped]).toEqual([]);
    expect(found.scenarios).toHaveLength(132);
    expect(found.counts).toMatchObject({ rows: 14784, items: 7392, complete: 7331, incomplete: 61, refused: 61 });

    const byKey = new Map(
      found.scenarios.flatMap((scenario) =>
        scenario.items.map((item) => [[scenario.country, scenario.topic, item.value].join('|'), item] as const),
      ),
    );
    let compared = 0;
    for (const line of readSharedLines('via.jsonl.gz')) {
      const expected = JSON.parse(line);
      const item = byKey.get([expected.country, expected.topic, expected.value].join('|'));
      for (const polarity of ['agree', 'disagree'] as const) {
        const { action, attributions, explanation, row } = expected[polarity];
        if (row === 7768) {
          expect(item?.[polarity]?.action).toMatch(/^I regularly check in .+ care about their lives\.$/);
        } else if (action === null) {
          expect(item?.[polarity]).toBeUndefined();
          expect(item?.note).toMatch(/^The generator refused the disagree action: [A-Z]/);
        } else {
          const got = item?.[polarity];
          expect([got?.action, got?.attributions ?? [], got?.explanation ?? '']).toEqual([
            action,
            attributions,
            explanation,
          ]);
        }
        compared++;
      }
    }
    expect(compared).toBe(14784);
  });

  it('survives being written as a scenario file and read again', () => {
    const { rows } = readViaCsv(readSharedText('value_action_gap_full_data_generation.csv.gz'));
    for (const scenario of assembleScenarios(rows).scenarios.slice(0, 12)) {
      const { scenarios, problems } = parseScenarioFile(formatScenarios([scenario]));
      expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
      expect(scenarios[0]?.items.map((item) => [item.value, item.agree?.action, item.disagree?.action])).toEqual(
        scenario.items.map((item) => [item.value, item.agree?.action, item.disagree?.action]),
      );
    }
  });
});
