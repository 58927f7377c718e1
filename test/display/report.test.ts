/** The report's page, Markdown and pictures: complete, escaped, and about nothing but the runs. */
import { describe, expect, it } from 'vitest';
import { measureRuns } from '../../src/display/report/measuredRuns';
import { chartReport, listCharts } from '../../src/display/report/reportCharts';
import { escapeMarkdown, writeMarkdownReport } from '../../src/display/report/reportMarkdown';
import { writeHtmlReport } from '../../src/display/report/reportPage';
import { drawFile } from '../../src/display/svg/chart';
import { item, makeRun } from '../core/compare/runs';
import { makeStudyRun } from '../webview/sampleStudy';

const ORIGIN = {
  version: '0.1.0',
  runSchema: 'value-action-lens/run@1',
  reportSchema: 'value-action-lens/report@1',
  madeAt: '2026-01-31T09:30:00.000Z',
};
const EVIL = '<script>alert(1)</script>"\'&\u0000\u202e|`![x](command:evil)';

const study = measureRuns(
  [1, 2].map((seed) =>
    makeStudyRun({
      model: `lab/model-${seed}`,
      countries: ['Nigeria', 'Egypt'],
      topics: ['Politics', 'Leisure'],
      seed,
    }),
  ),
);
const hostile = measureRuns([
  makeRun(
    [
      {
        country: EVIL,
        topic: EVIL,
        key: EVIL,
        items: [item(EVIL, 'AD'), item('__proto__', 'DD'), item('lone \ud800', 'DD')],
      },
      { country: '__proto__', topic: 'constructor', key: '__proto__', items: [item(EVIL, 'DA')] },
    ],
    {
      id: EVIL,
      startedAt: EVIL,
      model: { id: EVIL, parameters: { extra: { [EVIL]: EVIL } }, notes: [EVIL] },
    },
  ),
]);

describe('the page', () => {
  const html = writeHtmlReport(study, ORIGIN);

  it('holds figures, charts, method, versions, seed, models and parameters', () => {
    for (const text of ['lab/model-1', 'lab/model-2', '0.1.0', 'run@1', 'seed 1', '1,000 resamples', 'refused']) {
      expect(html).toContain(text);
    }
    expect(html).toContain(study.runs[0]?.report.alignmentRate.overall?.toFixed(3));
    for (const { id } of listCharts(chartReport(study))) expect(html).toContain(`id="${id}-title"`);
    expect(html).toContain('Alignment rate by country as a table');
    expect(html).toContain('made 2026-01-31 09:30 UTC');
  });

  it('refers to nothing outside of itself, and runs nothing', () => {
    expect(html).toContain('default-src &#39;none&#39;');
    expect(html.match(/\b(?:src|srcset|action|data|poster)=/g)).toBeNull();
    expect(html.match(/<(?:script|link|img|iframe|object|form)\b/gi)).toBeNull();
    expect([...html.matchAll(/href="([^"]*)"/g)].every(([, target]) => target?.startsWith('#'))).toBe(true);
    expect(html).not.toMatch(/url\(|@import|https?:/);
  });

  it('gives every id once', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same for the same runs', () => {
    expect(writeHtmlReport(study, ORIGIN)).toBe(html);
  });

  it('escapes every text of a run', () => {
    const page = writeHtmlReport(hostile, ORIGIN);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    expect([...page].filter((letter) => '\u0000\u202e\ud800'.includes(letter))).toEqual([]);
    expect(page).toContain('__proto__');
  });
});

describe('few and unusable results', () => {
  it('say why there is no rate', () => {
    const nothing = measureRuns([makeRun([{ items: [item('x', 'A?')] }])]);
    expect(writeHtmlReport(nothing, ORIGIN)).toContain('no item has usable, decided answers in both tasks');
    const agreeing = measureRuns([makeRun([{ items: [item('x', 'AA')] }])]);
    expect(writeHtmlReport(agreeing, ORIGIN)).toContain('no alignment rate, since nothing is stated or acted disagree');
    expect(writeMarkdownReport(nothing, ORIGIN)).toContain('nothing could be measured');
  });

  it('can be a run without a scenario', () => {
    expect(writeHtmlReport(measureRuns([makeRun([])]), ORIGIN)).toContain('nothing could be measured');
  });

  it('count requests that got no answer, once each, and not those answered later', () => {
    const run = makeRun([{ items: [item('x', 'AA'), item('y', 'AA')] }]);
    const failure = (value: string) => ({
      type: 'failure' as const,
      task: 'act' as const,
      scenario: run.header.scenarios[0]?.key ?? '',
      value,
      variant: 0,
      repeat: 0,
      failure: { code: 'x', message: 'x' },
      at: '',
    });
    const failed = { ...run, observations: [failure('x'), ...run.observations, failure('z'), failure('z')] };
    expect(measureRuns([failed]).runs[0]?.failures).toBe(1);
    expect(measureRuns([run]).runs[0]?.failures).toBe(0);
  });

  it('show the action behind a gap where the run kept it', () => {
    const run = measureRuns([makeRun([{ items: [item('x', 'AD'), item('y', 'DA')] }])]);
    const html = writeHtmlReport(run, ORIGIN);
    expect(html).toContain('I am against x.');
    expect(html).toContain('I am for y.');
    expect(html).not.toContain('I am for x.');
  });
});

describe('Markdown', () => {
  it('has headline, tables and the largest gaps', () => {
    const text = writeMarkdownReport(study, ORIGIN);
    expect(text).toMatch(/^# Value-Action Lens report\n\n2 runs · 4 scenarios · 224 items/);
    expect(text).toMatch(/- \*\*lab\/model-1\*\*: alignment rate 0\.\d{3} \(95 % interval 0\.\d{3} to 0\.\d{3}\)/);
    expect(text).toContain('## Alignment rate by country');
    expect(text).toContain('## Largest gaps of lab/model-2');
    for (const table of text.split('\n\n').filter((block) => block.startsWith('|'))) {
      const widths = table.split('\n').map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it('lets no text be a link, markup or another row', () => {
    const text = writeMarkdownReport(hostile, ORIGIN);
    expect(text).not.toMatch(/<script|(?<!\\)\]\(command/);
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    expect(rows.every((row) => row.endsWith(' |'))).toBe(true);
    expect(escapeMarkdown('a|b\nc')).toBe('a\\|b c');
    expect(escapeMarkdown('https://x.test www.x.test @all')).toBe('https&#58;//x.test www&#46;x.test &#64;all');
  });
});

describe('pictures', () => {
  it.each([
    ['a study', study],
    ['hostile names', hostile],
  ] as const)('of %s stand by themselves, with title and description', (_, measured) => {
    const charts = listCharts(chartReport(measured));
    expect(new Set(charts.map(({ id }) => id)).size).toBe(charts.length);
    for (const chart of charts) {
      expect(chart.id).toMatch(/^[a-z0-9-]+$/);
      const file = drawFile(chart);
      expect(file).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(file).toContain(`<title id="${chart.id}-title">`);
      expect(file).toContain(`<desc id="${chart.id}-desc">`);
      expect(file).toContain('prefers-color-scheme: dark');
      expect(file).not.toMatch(/NaN|undefined|<script|href=/);
    }
  });

  it('have n beside each rate, of a group too', () => {
    const { byCountry, byTopic } = chartReport(study);
    for (const { profiles } of study.runs) {
      for (const { items } of profiles.byCountry) expect(byCountry && drawFile(byCountry)).toContain(`n ${items}<`);
      for (const { items } of profiles.byTopic) expect(byTopic && drawFile(byTopic)).toContain(`n ${items}<`);
    }
  });

  it('are the same aggregates as the report has', () => {
    const { rates, byCountry } = chartReport(study);
    for (const { report } of study.runs) {
      expect(drawFile(rates)).toContain(`>${report.alignmentRate.overall?.toFixed(2)}<`);
      for (const rate of Object.values(report.alignmentRate.byCountry)) {
        expect(byCountry && drawFile(byCountry)).toContain(`>${rate?.toFixed(2)}<`);
      }
    }
  });
});
