import { describe, expect, it } from 'vitest';
import { alignmentRate } from '../../webview-ui/charts/alignmentRate';
import { CHARTS } from '../../webview-ui/charts/catalogue';
import { directions, findReach } from '../../webview-ui/charts/directions';
import { distance } from '../../webview-ui/charts/distance';
import { selectResults } from '../../webview-ui/charts/selection';
import { statedActed } from '../../webview-ui/charts/statedActed';
import { makeItem, makeModel, makeShow, makeThreeModels } from './sampleResults';

const NONE = new Set<string>();
const three = selectResults(makeShow(makeThreeModels()), NONE);

describe('alignment rate', () => {
  const { plot, table } = alignmentRate.build(three, false);

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
    const { plot: alone } = alignmentRate.build(selectResults(makeShow(items), NONE), false);
    expect(JSON.stringify(alone.rows[0]?.lanes)).toContain('no item has usable answers in both tasks');
  });

  it('keeps a rate of 0 apart from no rate', () => {
    const items = [makeItem('m', 'Freedom', 0.2, 0.9)];
    const { plot: alone } = alignmentRate.build(selectResults(makeShow(items), NONE), false);
    expect(alone.rows[0]?.lanes[0]?.marks).toContainEqual(expect.objectContaining({ text: '0.00', quiet: 'n 1' }));
  });

  it('puts number and n at the end of the bar, and three decimals in the table', () => {
    expect(plot.rows[0]?.lanes[0]?.marks).toEqual([
      { kind: 'bar', from: 0, at: 0.4, series: 1 },
      { kind: 'text', at: 0.4, text: '0.40', quiet: 'n 10', side: 1 },
    ]);
    expect(table.rows[0]?.cells.slice(0, 6).map((cell) => cell.text)).toEqual([
      'ollama/llama3.2',
      '0.400',
      '10',
      '0.700',
      '0.312',
      '0.333',
    ]);
  });
});

describe('stated and acted', () => {
  const { plot, table, notes } = statedActed.build(three, false);

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
    const [, lane] = statedActed.build(selectResults(makeShow(items), NONE), false).plot.rows[0]?.lanes ?? [];
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
      file: 'examples/health.scenario.yaml',
      scenario: 'us-health',
      value: 'Social Power',
    });
  });

  it('shows 20 rows first and at most 200', () => {
    const items = Array.from({ length: 450 }, (_, i) => makeItem('m', `Value ${i}`, 0, i / 450));
    const selection = selectResults(makeShow(items), NONE);
    const few = statedActed.build(selection, false);
    expect(few.plot.rows).toHaveLength(20);
    expect(few.plot.rows[0]?.label).toBe('Value 449');
    expect(few.more?.showAll).toBe('Show 200 of 450 rows');
    expect(statedActed.build(selection, true).plot.rows).toHaveLength(200);
  });
});

describe('distance', () => {
  it('keeps file order and one lane a value', () => {
    const { plot } = distance.build(three, false);
    expect(plot.rows[0]?.label).toBe('Social Power');
    expect(plot.rows[1]?.label).toBe('Equality');
    expect(plot.rows.every((row) => row.lanes.length === 1)).toBe(true);
  });

  it('shifts points that would cover each other', () => {
    const items = ['a', 'b', 'c'].map((run) => makeItem(run, 'Freedom', 0, 0.25));
    const { plot } = distance.build(selectResults(makeShow(items), NONE), false);
    const shifts = plot.rows[0]?.lanes[0]?.marks.map((mark) => (mark.kind === 'dot' ? mark.shift : undefined));
    expect(new Set(shifts).size).toBe(3);
  });

  it('brings the scenarios of a value onto one line that leads to the farthest', () => {
    const items = [makeItem('m', 'Freedom', 0, 0.25, 'one'), makeItem('m', 'Freedom', 0, 1, 'two')];
    const { plot, table } = distance.build(selectResults(makeShow(items), NONE), false);
    expect(plot.rows).toHaveLength(1);
    expect(plot.rows[0]?.target?.scenario).toBe('two');
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
    const { plot } = directions.build(selectResults(makeShow(items), NONE), false);
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

describe('every chart', () => {
  it.each(CHARTS.map((chart) => [chart.id, chart] as const))('%s: its table has a cell for each column', (_, chart) => {
    const { table } = chart.build(three, false);
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row.cells).toHaveLength(table.columns.length);
  });

  it.each(CHARTS.map((chart) => [chart.id, chart] as const))('%s: stands empty without results', (_, chart) => {
    const content = chart.build(selectResults(makeShow([]), NONE), false);
    expect(content.plot.rows).toEqual([]);
    expect(content.table.rows).toEqual([]);
  });

  it.each(CHARTS.map((chart) => [chart.id, chart] as const))('%s: keeps its marks on the scale', (_, chart) => {
    const { plot } = chart.build(three, false);
    const places = plot.rows.flatMap((row) => row.lanes.flatMap((lane) => lane.marks.map((mark) => mark.at)));
    expect(places.length).toBeGreaterThan(0);
    expect(places.every((at) => at >= plot.min && at <= plot.max)).toBe(true);
  });
});
