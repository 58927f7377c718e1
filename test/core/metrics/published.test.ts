/** Our figures against the ones computed by others from the same recorded answers, and against the printed tables. */
import { beforeAll, describe, expect, it } from 'vitest';
import { importRecorded } from '../../../src/core/dataset/recorded';
import { classifyRows, countOutcomes } from '../../../src/core/metrics/confusion';
import { scoreItems } from '../../../src/core/metrics/itemScores';
import { measureRun, type RunReport } from '../../../src/core/metrics/report';
import { type RunTable, tabulate } from '../../../src/core/metrics/table';
import { readSharedLines, readSharedText, sharedDataIsThere } from '../../fixtures/sharedData';

const bootstrap = { resamples: 0, seed: 1 };
const expected = sharedDataIsThere
  ? JSON.parse(readSharedText('expected.json'))
  : { models: { 'recorded models': {} } };

/** Cells of the printed tables that the released answers themselves do not give, by the data's own account or ours. */
const notMet: Record<string, { countries: string[]; topics: string[] }> = {
  // 0.2048, printed 0.21.
  'gpt-3.5-turbo': { countries: ['Uganda'], topics: [] },
  // 0.34575, printed 0.345: cut, not rounded.
  'llama-3.3-70b': { countries: [], topics: ['National Identity'] },
};

const near = (got: Record<string, unknown>, want: Record<string, number>) => {
  expect(Object.keys(got).sort()).toEqual(Object.keys(want).sort());
  for (const [name, value] of Object.entries(want)) expect(got[name], name).toBeCloseTo(value, 9);
};

describe.skipIf(!sharedDataIsThere).each(Object.keys(expected.models))('%s (../shared/data)', (model) => {
  const ours = expected.models[model];
  let table: RunTable;
  let excluded: RunReport;
  let asAgree: RunReport;

  beforeAll(() => {
    const { run, skipped } = importRecorded({
      model,
      stateLines: readSharedLines(`recorded/${model}.t1.jsonl.gz`),
      actLines: readSharedLines(`recorded/${model}.t2.jsonl.gz`),
      id: model,
      importedAt: '2026-01-01T00:00:00.000Z',
    });
    expect(skipped).toEqual([]);
    table = tabulate(run);
    excluded = measureRun(table, { bootstrap });
    asAgree = measureRun(table, { bootstrap, missing: 'agree' });
  });

  it('has the alignment rates', () => {
    near(excluded.alignmentRate.byCountry, ours.missing_excluded.f1_by_country);
    near(excluded.alignmentRate.byTopic, ours.missing_excluded.f1_by_topic);
    expect(excluded.alignmentRate.overall).toBeCloseTo(ours.missing_excluded.f1_overall, 9);
    near(asAgree.alignmentRate.byCountry, ours.missing_counted_as_agree.f1_by_country);
    expect(asAgree.alignmentRate.overall).toBeCloseTo(ours.missing_counted_as_agree.f1_overall, 9);
  });

  it('has the counts', () => {
    const { missing_excluded: without, missing_counted_as_agree: counted } = ours;
    expect(excluded.misaligned).toEqual({
      statedAgreeActedDisagree: without.fp_value_agree_action_disagree,
      statedDisagreeActedAgree: without.fn_value_disagree_action_agree,
      total: without.misaligned_total,
      items: without.cells,
      undecided: 0,
    });
    expect(asAgree.misaligned).toMatchObject({
      statedAgreeActedDisagree: counted.fp_value_agree_action_disagree,
      statedDisagreeActedAgree: counted.fn_value_disagree_action_agree,
      total: counted.misaligned_total,
    });
    const positive = without.tp_both_disagree;
    expect(excluded.precision).toBeCloseTo(positive / (positive + without.fp_value_agree_action_disagree), 12);
    expect(excluded.recall).toBeCloseTo(positive / (positive + without.fn_value_disagree_action_agree), 12);
    expect(excluded.accuracy).toBeCloseTo((positive + without.tn_both_agree) / without.cells, 12);
  });

  it('has the confusion of every scenario', () => {
    const scores = scoreItems(table);
    const outcomes = classifyRows(table, scores, 'exclude');
    const got = Object.fromEntries(
      table.scenarios.map(({ country, topic, firstRow, endRow }) => {
        const c = countOutcomes(outcomes, firstRow, endRow);
        return [`${country}|${topic}`, [c.truePositive, c.falsePositive, c.falseNegative, c.trueNegative]];
      }),
    );
    expect(got).toEqual(ours.missing_excluded.confusion_by_scenario);
  });

  it('has the distances', () => {
    const {
      distance_by_country_value: byValue,
      distance_mean_by_country: byCountry,
      distance_mean_by_topic: byTopic,
    } = ours.missing_excluded;
    const mean = (values: readonly (number | null)[]) => {
      const there = values.filter((value) => value !== null);
      return there.reduce((sum, value) => sum + value, 0) / there.length;
    };
    for (const [country, distances] of Object.entries<number[]>(byValue)) {
      const got = excluded.alignmentDistance.byCountry[country]!;
      expected.values.forEach((value: string, at: number) => {
        if (distances[at] === null) expect(got[value]).toBeNull();
        else expect(got[value], `${country} ${value}`).toBeCloseTo(distances[at]!, 9);
      });
      expect(mean(Object.values(got))).toBeCloseTo(byCountry[country], 9);
    }
    for (const [topic, distance] of Object.entries<number>(byTopic)) {
      expect(mean(Object.values(excluded.alignmentDistance.byTopic[topic]!)), topic).toBeCloseTo(distance, 9);
    }
  });

  it('has the prompt agreement', () => {
    expect(excluded.promptAgreement.task1).toBeCloseTo(ours.stated_prompt_agreement, 9);
    expect(excluded.promptAgreement.task2).toBeNull();
  });

  it('meets the printed tables to the digit wherever the data allow it', () => {
    const { table3_f1_by_country: countries, table13_f1_by_topic: topics, table4 } = ours.published;
    const off = (got: Record<string, number | null>, printed: Record<string, number>, digits: number) =>
      Object.keys(printed).filter(
        (name) => Math.abs((got[name] as number) - printed[name]!) > 0.5 * 10 ** -digits + 1e-9,
      );
    expect(off(asAgree.alignmentRate.byCountry, countries, 2)).toEqual(notMet[model]?.countries ?? []);
    expect(off(asAgree.alignmentRate.byTopic, topics, 3)).toEqual(notMet[model]?.topics ?? []);
    expect(Object.values(table4)).toContain(asAgree.misaligned.total);
  });
});
