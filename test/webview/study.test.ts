/** The charts of several scenarios, from runs through the host's message to what is drawn. */

import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type ItemsQuestion, toChartsSchema } from '../../src/protocol/charts';
import { CHARTS } from '../../webview-ui/charts/catalogue';
import { type ChartDefinition, type ChartView, FIRST_CHART_VIEW } from '../../webview-ui/charts/definition';
import { distanceHeatmap } from '../../webview-ui/charts/distanceHeatmap';
import { promptEffects } from '../../webview-ui/charts/promptEffects';
import { ranking } from '../../webview-ui/charts/ranking';
import { rateByCountry } from '../../webview-ui/charts/rateByGroup';
import { type Selection, selectResults } from '../../webview-ui/charts/selection';
import { groupByType } from '../../webview-ui/charts/valueTypes';
import { describeQuestion } from '../../webview-ui/format';
import { chartRuns, makeStudyRun, showRuns } from './sampleStudy';

const NONE = new Set<string>();
const COUNTRIES = ['Nigeria', 'Germany', 'Egypt'];
const TOPICS = ['Politics', 'Health and Health Care'];
const VALUES = ['Freedom', 'Thrift', 'Wealth', '__proto__', 'Social Power'];

const small = ['a', 'b'].map((model, at) =>
  makeStudyRun({ model, countries: COUNTRIES, topics: TOPICS, values: VALUES, seed: 11 + at }),
);
const show = showRuns(small);
const selection = selectResults(show, NONE);

const view = (chosen: Record<string, string> = {}, all = false): ChartView => ({
  all,
  chosen: new Map(Object.entries(chosen)),
});

function rowsOf(chart: ChartDefinition, on: Selection, seen: ChartView = FIRST_CHART_VIEW) {
  const { plot } = chart.build(on, seen);
  if (plot.kind !== 'rows') throw new Error(`${chart.id} draws no rows.`);
  return plot.rows;
}

function heatmapOf(seen: ChartView, on = selection) {
  const { plot } = distanceHeatmap.build(on, seen);
  if (plot.kind !== 'heatmap') throw new Error('The heatmap draws rows.');
  return plot;
}

describe('what the host sends', () => {
  it('passes the check of the webview, and is plain data', () => {
    z.config({ jitless: true });
    const sent = JSON.parse(JSON.stringify(show));
    expect(toChartsSchema.parse(sent)).toEqual(show);
  });

  it('is refused where a profile holds anything but shares', () => {
    for (const wrong of [1.5, '0.5', undefined, Number.NaN]) {
      const sent = structuredClone(show);
      const group = sent.study?.runs[0]?.overall as unknown as { stated: unknown[] };
      group.stated[0] = wrong;
      expect(toChartsSchema.safeParse(sent).success).toBe(false);
    }
  });

  it('holds items while they are few and only aggregates beyond', () => {
    expect(show.itemCount).toBe(60);
    expect(show.items).toHaveLength(60);
    const full = ['a', 'b', 'c'].map((model) => makeStudyRun({ model, countries: COUNTRIES, topics: ['x', 'y', 'z'] }));
    const large = showRuns(full);
    expect(large.itemCount).toBe(3 * 9 * 56);
    expect(large.items).toEqual([]);
    expect(large.study?.runs).toHaveLength(3);
  });

  it('has no study where there is one scenario', () => {
    const one = makeStudyRun({ model: 'a', countries: ['Egypt'], topics: ['Politics'] });
    expect(showRuns([one]).study).toBeUndefined();
  });

  it('names two runs of one model apart, in name and in series', () => {
    const again = makeStudyRun({ model: 'a', countries: COUNTRIES, topics: TOPICS, values: VALUES, seed: 5 });
    const { models } = showRuns([...small, again]);
    expect(models.map(({ name, series }) => [name, series])).toEqual([
      ['a', 0],
      ['b', 1],
      ['a (2)', 2],
    ]);
  });

  it('brings runs with different values onto one list', () => {
    const other = makeStudyRun({ model: 'c', countries: ['Kenya'], topics: TOPICS, values: ['Wealth', 'Daring'] });
    const { study } = showRuns([...small, other]);
    expect(study?.values).toEqual([...VALUES, 'Daring']);
    const kenya = study?.runs[2]?.byCountry[0];
    expect(kenya?.name).toBe('Kenya');
    expect(kenya?.stated.map((share) => share !== null)).toEqual([false, false, true, false, false, true]);
  });

  it('keeps a country called like a property of every object', () => {
    const odd = makeStudyRun({ model: 'o', countries: ['constructor', '__proto__'], topics: TOPICS, values: VALUES });
    const groups = showRuns([odd]).study?.runs[0]?.byCountry ?? [];
    expect(groups.map(({ name }) => name)).toEqual(['constructor', '__proto__']);
    for (const { alignmentRate } of groups) expect(typeof alignmentRate === 'number').toBe(true);
  });
});

describe('an answer with items', () => {
  const charted = chartRuns(small);
  const ask = (question: ItemsQuestion) => charted.answer(question);

  it('holds the items of a cell: one value, one run, each scenario of the group', () => {
    const { items, total } = ask({ by: 'country', group: 'Germany', value: 'Thrift', run: 'b' });
    expect(total).toBe(2);
    expect(items.map(({ run, scenario, value }) => [run, scenario, value])).toEqual([
      ['b', 'Germany · Politics', 'Thrift'],
      ['b', 'Germany · Health and Health Care', 'Thrift'],
    ]);
  });

  it.each([
    [{ by: 'topic', group: 'Politics' }, 2 * 3 * 5],
    [{ by: 'scenario', group: 'Egypt · Politics' }, 2 * 5],
    [{ by: 'overall', group: '', value: '__proto__' }, 2 * 6],
    [{ by: 'country', group: 'nowhere' }, 0],
  ] as const)('counts what %j is about', (question, total) => {
    expect(ask(question)).toMatchObject({ question, total });
    expect(ask(question).items).toHaveLength(total);
  });

  it('sends the farthest apart where there are too many', () => {
    const full = makeStudyRun({
      model: 'f',
      countries: COUNTRIES,
      topics: Array.from({ length: 11 }, (_, i) => `t${i}`),
    });
    const { items, total } = chartRuns([full]).answer({ by: 'overall', group: '' });
    expect(total).toBe(33 * 56);
    expect(items).toHaveLength(1500);
    expect(items[0]?.distance).toBe(Math.max(...items.map(({ distance }) => distance ?? 0)));
  });

  it('is named in words', () => {
    expect(describeQuestion({ by: 'country', group: 'Nigeria', value: 'Wealth', run: 'a' })).toBe(
      'Wealth in Nigeria, a',
    );
    expect(describeQuestion({ by: 'overall', group: '', value: 'Wealth' })).toBe('Wealth in all scenarios');
    expect(describeQuestion({ by: 'topic', group: 'Politics' })).toBe('Politics');
  });
});

describe('alignment rate by country', () => {
  it('is sorted by the highest rate of any model, with interval, number and n in each lane', () => {
    const rows = rowsOf(rateByCountry, selection);
    const highest = rows.map(({ key }) =>
      Math.max(...(selection.study?.runs ?? []).map((run) => run.country.get(key)?.alignmentRate ?? -1)),
    );
    expect(highest).toEqual([...highest].sort((a, b) => b - a));
    const group = selection.study?.runs[0]?.country.get(rows[0]?.key ?? '');
    const marks = rows[0]?.lanes[0]?.marks ?? [];
    expect(marks).toContainEqual({ kind: 'interval', from: group?.interval?.[0], at: group?.interval?.[1] });
    expect(marks.at(-1)).toMatchObject({
      kind: 'text',
      text: group?.alignmentRate?.toFixed(2),
      quiet: `n ${group?.items}`,
      at: Math.max(group?.alignmentRate ?? 0, group?.interval?.[1] ?? 0),
    });
  });

  it('leads to the items of the country', () => {
    const [row] = rowsOf(rateByCountry, selection);
    expect(row?.target).toEqual({ kind: 'items', question: { by: 'country', group: row?.key } });
  });

  it('is left out where there is one country, while the topics stay', () => {
    const one = selectResults(
      showRuns([makeStudyRun({ model: 'a', countries: ['Egypt'], topics: TOPICS, values: VALUES })]),
      NONE,
    );
    const shown = CHARTS.filter((chart) => chart.appliesTo?.(one) ?? true).map(({ id }) => id);
    expect(shown).not.toContain('rate-by-country');
    expect(shown).toContain('rate-by-topic');
    expect(heatmapOf(FIRST_CHART_VIEW, one).columns.map(({ label }) => label)).toEqual(TOPICS);
  });
});

describe('the heatmap', () => {
  it('groups rows by motivational type, with values of a user’s own last', () => {
    const { rows } = heatmapOf(FIRST_CHART_VIEW);
    expect(rows.map(({ heading, label }) => [heading, label])).toEqual([
      ['Power', 'Wealth'],
      [undefined, 'Social Power'],
      ['Self-direction', 'Freedom'],
      ['Other values', 'Thrift'],
      [undefined, '__proto__'],
    ]);
  });

  it('shows the chosen measure, grouping and model, and each cell leads to its items', () => {
    const seen = view({ by: 'topic', measure: 'meanItemDistance', model: 'b' });
    const { rows, columns } = heatmapOf(seen);
    expect(columns.map(({ label }) => label)).toEqual(TOPICS);
    const cell = rows[0]?.cells[1];
    const group = selection.study?.runs[1]?.topic.get(TOPICS[1] ?? '');
    expect(cell?.amount).toBe(group?.meanItemDistance[VALUES.indexOf('Wealth')]);
    expect(cell?.target).toEqual({
      kind: 'items',
      question: { by: 'topic', group: TOPICS[1], value: 'Wealth', run: 'b' },
    });
  });

  it('falls back where a choice is no longer offered', () => {
    const hidden = selectResults(show, new Set(['b']));
    const { controls, plot } = distanceHeatmap.build(hidden, view({ model: 'b', by: 'planet' }));
    expect(controls?.map(({ chosen }) => chosen)).toEqual(['country', 'alignmentDistance', 'a']);
    expect(plot.kind === 'heatmap' && plot.rows[0]?.cells[0]?.target).toMatchObject({ question: { run: 'a' } });
  });

  it('uses one scale for all models on show', () => {
    expect(heatmapOf(view({ model: 'a' })).max).toBe(heatmapOf(view({ model: 'b' })).max);
    for (const row of heatmapOf(view({ model: 'b' })).rows) {
      for (const { amount } of row.cells) expect(amount ?? 0).toBeLessThanOrEqual(heatmapOf(view()).max);
    }
  });

  it('says in words where there is no distance', () => {
    const run = makeStudyRun({ model: 'a', countries: COUNTRIES, topics: ['Politics'], values: VALUES });
    const silent = {
      ...run,
      observations: run.observations.filter(({ type, scenario }) => type === 'state' || !scenario.startsWith('Egypt')),
    };
    const egypt = heatmapOf(FIRST_CHART_VIEW, selectResults(showRuns([silent]), NONE)).rows[0]?.cells[2];
    expect(egypt).toMatchObject({ amount: null, text: 'none' });
    expect(egypt?.details[0]?.text).toBe('no usable answer in a task');
  });
});

describe('the ranking', () => {
  const many = selectResults(
    showRuns(
      ['a', 'b'].map((model, at) => makeStudyRun({ model, countries: COUNTRIES, topics: TOPICS, seed: at + 3 })),
    ),
    NONE,
  );

  it('shows the top and the bottom ten of a group, and all of them on request', () => {
    const { plot, more } = ranking.build(many, FIRST_CHART_VIEW);
    expect(plot.rows).toHaveLength(20);
    const rows = rowsOf(ranking, many);
    expect(rows.map(({ heading }) => heading).filter(Boolean)).toEqual([
      'The 10 largest distances',
      'The 10 smallest of 56',
    ]);
    expect(more?.showAll).toBe('Show all 56 values');
    expect(rowsOf(ranking, many, view({}, true))).toHaveLength(56);
  });

  it('is sorted by the chosen model, in the chosen group', () => {
    const group = JSON.stringify(['country', 'Egypt']);
    const rows = rowsOf(ranking, many, view({ group, order: 'b' }, true));
    const egypt = many.study?.runs[1]?.country.get('Egypt');
    const distances = rows.map(({ key }) => egypt?.alignmentDistance[many.study?.values.indexOf(key) ?? -1] ?? 0);
    expect(distances).toEqual([...distances].sort((a, b) => b - a));
    expect(rows[0]?.target).toMatchObject({ question: { by: 'country', group: 'Egypt', value: rows[0]?.key } });
  });

  it('draws the means of the group as dumbbells, a lane a model', () => {
    const [row] = rowsOf(ranking, many);
    const at = many.study?.values.indexOf(row?.key ?? '') ?? -1;
    expect(row?.lanes).toHaveLength(2);
    many.study?.runs.forEach(({ overall }, lane) => {
      expect(row?.lanes[lane]?.marks[0]).toMatchObject({
        kind: 'dumbbell',
        from: overall.stated[at],
        at: overall.acted[at],
      });
    });
  });

  it('offers single scenarios as ways to their items', () => {
    const scenarios = ranking.build(many, FIRST_CHART_VIEW).controls?.find(({ id }) => id === 'scenario');
    expect(scenarios?.options).toHaveLength(7);
    expect(scenarios?.options[1]?.target).toEqual({
      kind: 'items',
      question: { by: 'scenario', group: 'Nigeria · Politics' },
    });
  });
});

describe('effects of wording and order', () => {
  it('has a lane a model and says in words what was not measured', () => {
    const [agreement, , bias] = rowsOf(promptEffects, selection);
    expect(agreement?.lanes).toHaveLength(2);
    expect(agreement?.lanes[0]?.marks[0]).toMatchObject({ kind: 'bar', at: show.models[0]?.promptAgreementTask1 });
    const models = show.models.map((model) => ({ ...model, positionBias: null }));
    const unknown = rowsOf(promptEffects, selectResults({ ...show, models }, NONE))[2];
    expect(bias?.lanes[0]?.marks[0]).toMatchObject({ kind: 'bar' });
    expect(unknown?.lanes[0]?.marks).toEqual([
      expect.objectContaining({ kind: 'text', quiet: 'not measured: one order only' }),
    ]);
  });
});

describe('every chart of a study', () => {
  const charts = CHARTS.filter((chart) => chart.appliesTo?.(selection) ?? true).map(
    (chart) => [chart.id, chart] as const,
  );

  it('is all of them', () => {
    expect(charts).toHaveLength(CHARTS.length);
  });

  it.each(charts)('%s: its table has a cell for each column', (_, chart) => {
    const { table } = chart.build(selection, FIRST_CHART_VIEW);
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row.cells).toHaveLength(table.columns.length);
  });

  it.each(charts)('%s: draws nothing of a run that is not ticked', (_, chart) => {
    const content = chart.build(selectResults(show, new Set(['b'])), FIRST_CHART_VIEW);
    const texts = content.table.rows.flatMap(({ cells }) => cells.map(({ text }) => text));
    expect(texts).not.toContain('b');
  });
});

describe('groupByType', () => {
  it('keeps the index of each value and leaves empty types out', () => {
    expect(groupByType(['Thrift', 'Wealth'])).toEqual([
      { type: 'Power', values: [{ value: 'Wealth', at: 1 }] },
      { type: 'Other values', values: [{ value: 'Thrift', at: 0 }] },
    ]);
  });
});
