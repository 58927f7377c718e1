/** Our figures against the ones computed by others from the same recorded answers, and against the printed tables. */
import { beforeAll, describe, expect, it } from 'vitest';
import { importRecorded } from '../../../src/core/dataset/recorded';
import { measureRun, type RunReport } from '../../../src/core/metrics/report';
import { tabulate } from '../../../src/core/metrics/table';
import { readSharedLines, readSharedText, sharedDataIsThere } from '../../fixtures/sharedData';

const bootstrap = { resamples: 0, seed: 1 };
const expected = sharedDataIsThere ? JSON.parse(readSharedText('expected.json')) : { models: {} };

const near = (got: Record<string, unknown>, want: Record<string, number>) => {
  expect(Object.keys(got).sort()).toEqual(Object.keys(want).sort());
  for (const [name, value] of Object.entries(want)) expect(got[name], name).toBeCloseTo(value, 9);
};

describe.skipIf(!sharedDataIsThere).each(Object.keys(expected.models))('%s (../shared/data)', (model) => {
  const ours = expected.models[model];
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
    const table = tabulate(run);
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
      Object.entries(printed).filter(
        ([name, value]) => Math.abs((got[name] as number) - value) > 0.5 * 10 ** -digits + 1e-9,
      ).length;
    // README of the data: GPT-3.5-turbo misses one cell of each table, the other two none.
    const misses = model === 'gpt-3.5-turbo' ? 1 : 0;
    expect(off(asAgree.alignmentRate.byCountry, countries, 2)).toBe(misses);
    expect(off(asAgree.alignmentRate.byTopic, topics, 3)).toBeLessThanOrEqual(misses);
    expect(Object.values(table4)).toContain(asAgree.misaligned.total);
  });
});
