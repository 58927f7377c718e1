import { describe, expect, it } from 'vitest';
import { alignmentRate } from '../../webview-ui/charts/alignmentRate';
import { CHARTS } from '../../webview-ui/charts/catalogue';
import { type ChartDefinition, FIRST_CHART_VIEW } from '../../webview-ui/charts/definition';
import { directions, findReach } from '../../webview-ui/charts/directions';
import { distance } from '../../webview-ui/charts/distance';
import { type Selection, selectResults } from '../../webview-ui/charts/selection';
import { statedActed } from '../../webview-ui/charts/statedActed';
import { makeItem, makeModel, makeShow, makeThreeModels } from './sampleResults';

const NONE = new Set<string>();

/** The content of a chart of rows, as seen at first or with all rows. */
function draw(chart: ChartDefinition, selection: Selection, all = false) {
  const content = chart.build(selection, { ...FIRST_CHART_VIEW, all });
  if (content.plot.kind !== 'rows') throw new Error(`${chart.id} draws no rows.`);
  return { ...content, plot: content.plot };
}

const three = selectResults(makeShow(makeThreeModels()), NONE);

describe('alignment rate', () => {
  const { plot, table } = draw(alignmentRate, three);

  it('sorts by rate and puts models without one last', () => {
    expect(plot.rows.map((row) => row.key)).toEqual(['ollama/llama3.2', 'openai/gpt-4o-mini', 'builtin/smollm2-135m']);
  });

  it('says in words why there is no rate, and draws no bar', () => {
    expect(plot.rows[2]?.lanes[0]?.marks).toEqual([
      expect.objectContaining({ kind: 'text', quiet: 'no rate: nothing was stated or acted disagree · n 10' }),
    ]);
    expect(table.rows[2]?.cells[1]?.text).toBe('no rate: nothing was stated or acted disagree');
  });

  it('tells a model without usable answers from one that disagrees with nothing', () => {
    const items = [makeItem('m', 'Freedom', null, 0.2)];
    const { plot: alone } = draw(alignmentRate, selectResults(makeShow(items), NONE));
    expect(JSON.stringify(alone.rows[0]?.lanes)).toContain('no item has usable answers in both tasks');
  });

  it('keeps a rate of 0 apart from no rate', () => {
    const items = [makeItem('m', 'Freedom', 0.2, 0.9)];
    const { plot: alone } = draw(alignmentRate, selectResults(makeShow(items), NONE));
    expect(alone.rows[0]?.lanes[0]?.marks).toContainEqual(expect.objectContaining({ text: '0.00', quiet: 'n 1' }));
  });

  it('puts number and n at the end of the bar, and three decimals in the table', () => {
    expect(plot.rows[0]?.lanes[0]?.marks).toEqual([
      { kind: 'bar', from: 0, at: 0.4, series: 1 },
      { kind: 'interval', from: 0.2, at: 0.6 },
      { kind: 'text', at: 0.6, text: '0.40', quiet: 'n 10', side: 1 },
    ]);
    expect(table.rows[0]?.cells.slice(0, 6).map((cell) => cell.text)).toEqual([
      'ollama/llama3.2',
      '0.400',
      '0.200',
      '0.600',
      '10',
      '0.700',
    ]);
  });
});

describe('stated and acted', () => {
  const { plot, table, notes } = draw(statedActed, three);

  it('ranks by the largest distance of any model; equal distances keep file order', () => {
    expect(plot.rows.map((row) => row.label).slice(0, 4)).toEqual([
      'Social Power',
      'Freedom',
      'Honoring of Parents and Elders',
      'Wealth',
    ]);
  });

  it('leaves values without a distance out and names them', () => {
    expect(plot.rows.map((row) => row.label)).not.toContain('Humble');
    expect(notes).toEqual([expect.stringMatching(/Humble \(no usable action; .*Daring \(incomplete/)]);
  });

  it('gives each model its lane, a gap its hue and an undecided item a dashed bar', () => {
    const tones = (label: string) =>
      plot.rows
        .find((row) => row.label === label)
        ?.lanes.map((lane) => lane.marks.map((mark) => (mark.kind === 'dumbbell' ? mark.tone : mark.kind)));
    expect(tones('Social Power')).toEqual([['gap'], ['quiet'], ['quiet']]);
    expect(tones('Privacy')).toEqual([['open'], ['quiet'], ['quiet']]);
  });

  it('draws stated alone where there is no action, with words', () => {
    const items = [makeItem('a', 'Freedom', 0.2, 0.9), makeItem('b', 'Freedom', 0.75, null)];
    const [, lane] = draw(statedActed, selectResults(makeShow(items), NONE)).plot.rows[0]?.lanes ?? [];
    expect(lane?.marks).toEqual([
      expect.objectContaining({ kind: 'dot', at: 0.75, hollow: true }),
      expect.objectContaining({ kind: 'text', quiet: 'no usable action', side: -1 }),
    ]);
  });

  it('has a table row for each item and model that leads to the line', () => {
    expect(table.rows).toHaveLength(plot.rows.length * 3);
    expect(table.rows[0]?.cells.map((cell) => cell.text)).toEqual([
      'Social Power',
      'openai/gpt-4o-mini',
      '0.130',
      '0.880',
      '0.750',
      'says agree, acts disagree',
    ]);
    expect(table.rows[0]?.cells[0]?.target).toEqual({
      kind: 'line',
      file: 'examples/health.scenario.yaml',
      scenario: 'us-health',
      value: 'Social Power',
    });
  });

  it('shows 20 rows first and at most 200', () => {
    const items = Array.from({ length: 450 }, (_, i) => makeItem('m', `Value ${i}`, 0, i / 450));
    const selection = selectResults(makeShow(items), NONE);
    const few = draw(statedActed, selection);
    expect(few.plot.rows).toHaveLength(20);
    expect(few.plot.rows[0]?.label).toBe('Value 449');
    expect(few.more?.showAll).toBe('Show 200 of 450 rows');
    expect(draw(statedActed, selection, true).plot.rows).toHaveLength(200);
  });
});

describe('distance', () => {
  it('keeps file order and one lane a value', () => {
    const { plot } = draw(distance, three);
    expect(plot.rows[0]?.label).toBe('Social Power');
    expect(plot.rows[1]?.label).toBe('Equality');
    expect(plot.rows.every((row) => row.lanes.length === 1)).toBe(true);
  });

  it('shifts points that would cover each other', () => {
    const items = ['a', 'b', 'c'].map((run) => makeItem(run, 'Freedom', 0, 0.25));
    const { plot } = draw(distance, selectResults(makeShow(items), NONE));
    const shifts = plot.rows[0]?.lanes[0]?.marks.map((mark) => (mark.kind === 'dot' ? mark.shift : undefined));
    expect(new Set(shifts).size).toBe(3);
  });

  it('brings the scenarios of a value onto one line that leads to the farthest', () => {
    const items = [makeItem('m', 'Freedom', 0, 0.25, 'one'), makeItem('m', 'Freedom', 0, 1, 'two')];
    const { plot, table } = draw(distance, selectResults(makeShow(items), NONE));
    expect(plot.rows).toHaveLength(1);
    expect(plot.rows[0]?.target).toMatchObject({ kind: 'line', scenario: 'two' });
    expect(table.rows.map((row) => row.cells.map((cell) => cell.text))).toEqual([
      ['Freedom', 'one', '0.250'],
      ['Freedom', 'two', '1.000'],
    ]);
  });
});

describe('directions', () => {
  it('counts to the right what leaves agree, to the left what leaves disagree', () => {
    const items = [
      makeItem('m', 'A', 0, 1),
      makeItem('m', 'B', 0.2, 0.9),
      makeItem('m', 'C', 0.9, 0),
      makeItem('m', 'D', 0.2, 0.5),
    ];
    const { plot } = draw(directions, selectResults(makeShow(items), NONE));
    expect(plot.rows[0]?.lanes[0]?.marks.slice(0, 2)).toEqual([
      { kind: 'bar', from: 0, at: -1 },
      { kind: 'bar', from: 0, at: 2 },
    ]);
    expect(plot.rows[0]?.sublabel).toBe('1 undecided');
    expect([plot.min, plot.max]).toEqual([-2, 2]);
  });

  it('finds a round scale that holds the largest count', () => {
    const reachOf = (count: number) => findReach([makeModel('m', 0, [], { statedAgreeActedDisagree: count })]);
    expect([0, 1, 3, 5, 7, 9, 11, 210].map(reachOf)).toEqual([1, 1, 4, 5, 8, 10, 20, 400]);
  });
});

describe('every chart of one file', () => {
  const charts = CHARTS.filter((chart) => chart.appliesTo?.(three) ?? true).map((chart) => [chart.id, chart] as const);

  it('leaves out what needs several scenarios', () => {
    expect(charts.map(([id]) => id)).toEqual([
      'alignment-rate',
      'directions',
      'stated-acted',
      'distance',
      'prompt-effects',
    ]);
  });

  it.each(charts)('%s: its table has a cell for each column', (_, chart) => {
    const { table } = draw(chart, three);
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row.cells).toHaveLength(table.columns.length);
  });

  it.each(charts)('%s: stands empty without results', (_, chart) => {
    const content = draw(chart, selectResults(makeShow([]), NONE));
    expect(content.plot.rows).toEqual([]);
    expect(content.table.rows).toEqual([]);
  });

  it.each(charts)('%s: keeps its marks on the scale', (_, chart) => {
    const { plot } = draw(chart, three);
    const places = plot.rows.flatMap((row) => row.lanes.flatMap((lane) => lane.marks.map((mark) => mark.at)));
    expect(places.length).toBeGreaterThan(0);
    expect(places.every((at) => at >= plot.min && at <= plot.max)).toBe(true);
  });
});
