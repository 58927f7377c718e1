// Draws the charts panel in a real browser, in every theme and state, tries it by mouse and keyboard, and saves the
// pictures to test-output/preview/. Exit code 1 where something is wrong.
// Run: node test/webview/preview.mjs [name of a picture …]

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { changeTheme, expectNoMarkup, exploreStudy, hoverRow, moveByKeys, useTable } from './behaviour.mjs';
import { THEMES } from './themes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = `${root}test-output/preview`;
await mkdir(out, { recursive: true });
const options = { bundle: true, absWorkingDir: root, logLevel: 'warning', metafile: true, minify: true };
const bundle = await build({
  ...options,
  entryPoints: ['webview-ui/charts/main.ts'],
  outfile: `${out}/charts.js`,
  format: 'iife',
  target: 'es2022',
});
await build({
  ...options,
  entryPoints: ['test/webview/sampleResults.ts'],
  outfile: `${out}/sampleResults.mjs`,
  format: 'esm',
  platform: 'node',
});
await build({
  ...options,
  entryPoints: ['test/webview/sampleStudy.ts'],
  outfile: `${out}/sampleStudy.cjs`,
  format: 'cjs',
  platform: 'node',
});
await build({
  ...options,
  entryPoints: ['src/extension/panels/chartsHtml.ts'],
  outfile: `${out}/chartsHtml.mjs`,
  format: 'esm',
  platform: 'node',
});
const size = Object.values(bundle.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
console.log(`bundle: ${Math.round(size / 1024)} KB minified`);

const samples = await import(`${out}/sampleResults.mjs`);
const { chartRuns, makeStudyRun, readRecordedRun, showRuns, RECORDED_MODELS } = createRequire(import.meta.url)(
  `${out}/sampleStudy.cjs`,
);
const { renderChartsHtml } = await import(`${out}/chartsHtml.mjs`);
const three = samples.makeShow(samples.makeThreeModels());
const running = samples.makeShow(
  samples.makeThreeModels().filter((_, i) => i % 12 < 5 || i < 8),
  { running: true },
);
const single = samples.makeShow(samples.makeThreeModels().filter((item) => item.run === 'openai/gpt-4o-mini'));
const two = samples.makeShow(samples.makeTwoScenarios());
const eight = samples.makeShow(samples.makeEightModels());
const recorded = existsSync(`${root}../shared/data`) ? RECORDED_MODELS.map(readRecordedRun) : [];
if (recorded.length === 0) console.log('../shared/data is absent: pictures of the recorded study are left out');
const places = ['Nigeria', 'Germany', 'India', 'Egypt'];
const themes = ['Politics', 'Health and Health Care', 'Family & Changing Gender Roles'];
const ownValues = ['Privacy', 'Freedom', 'Candour', 'Thrift', 'A value of my own with rather a long name'];
const small = [1, 2].map((seed) =>
  makeStudyRun({ model: `lab/model-${seed}`, countries: places, topics: themes, values: ownValues, seed: seed * 99 }),
);
const many = Array.from({ length: 8 }, (_, at) =>
  makeStudyRun({ model: `endpoint/model-${at + 1}`, countries: places, topics: themes, seed: 1000 + at }),
);
const cell = { by: 'country', group: 'Nigeria', value: 'Social Power', run: 'gpt-4o-mini' };
const scenario = { by: 'scenario', group: 'Nigeria · Politics' };
const asked = (question) => ({ tables: [], hidden: [], all: [], chosen: [], scrollY: 0, question });
const study = recorded.length > 0 ? { message: showRuns(recorded), charted: chartRuns(recorded) } : undefined;
const studyTables = {
  tables: ['rate-by-country', 'distance-heatmap', 'ranking', 'prompt-effects'],
  hidden: [],
  all: [],
  scrollY: 0,
};
const tables = {
  tables: ['alignment-rate', 'directions', 'stated-acted', 'distance'],
  hidden: [],
  all: [],
  scrollY: 0,
};
const empty = {
  type: 'empty',
  reason: 'No run to show yet. Tick a model in the Models view, then run a scenario file.',
};
const started = { type: 'show', title: three.title, models: [], items: [], running: true };

const PICTURES = {
  'dark-wide': { theme: 'dark', width: 1280, message: three },
  dark: { theme: 'dark', width: 760, message: three },
  light: { theme: 'light', width: 760, message: three },
  'light-wide': { theme: 'light', width: 1280, message: three },
  'high-contrast': { theme: 'high-contrast', width: 760, message: three, act: hoverRow },
  'high-contrast-light': { theme: 'high-contrast-light', width: 760, message: three },
  hover: { theme: 'dark', width: 760, message: three, act: hoverRow },
  keyboard: { theme: 'light', width: 760, message: three, act: moveByKeys },
  'table-by-keys': { theme: 'dark', width: 760, message: three, act: useTable },
  'theme-changed': { theme: 'dark', width: 1280, message: three, act: changeTheme },
  narrow: { theme: 'dark', width: 360, message: two, act: expectNoMarkup },
  tables: { theme: 'dark', width: 760, message: three, state: tables },
  'tables-light': { theme: 'light', width: 1280, message: two, state: tables, act: expectNoMarkup },
  'two-scenarios': { theme: 'light', width: 900, message: two },
  eight: { theme: 'dark', width: 900, message: eight },
  'eight-light': { theme: 'light', width: 900, message: eight },
  single: { theme: 'dark', width: 760, message: single },
  ...(study && {
    study: { theme: 'dark', width: 1280, ...study },
    'study-light': { theme: 'light', width: 1280, ...study },
    'study-contrast': { theme: 'high-contrast', width: 1280, ...study },
    'study-panel': { theme: 'dark', width: 720, ...study },
    'study-narrow': { theme: 'light', width: 400, ...study },
    'study-tables': { theme: 'dark', width: 1280, ...study, state: studyTables },
    'study-cell': { theme: 'dark', width: 900, ...study, state: asked(cell) },
    'study-scenario': { theme: 'light', width: 900, ...study, state: asked(scenario) },
    'study-by-hand': { theme: 'dark', width: 1280, ...study, act: exploreStudy },
  }),
  'own-values': { theme: 'light', width: 1000, message: showRuns(small), charted: chartRuns(small) },
  'eight-studies': { theme: 'dark', width: 1280, message: showRuns(many), charted: chartRuns(many) },
  running: { theme: 'dark', width: 760, message: running },
  empty: { theme: 'dark', width: 760, message: empty },
  started: { theme: 'light', width: 760, message: started },
};

const wanted = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const [name, picture] of Object.entries(PICTURES)) {
    if (wanted.length === 0 || wanted.includes(name)) await take(name, picture);
  }
} finally {
  await browser.close();
}

/** Loads the extension's own page, content security policy and all, with VS Code's part played by a stub. */
async function take(name, { theme, width, message, charted, state, act }) {
  const page = await browser.newPage({ viewport: { width, height: 800 }, deviceScaleFactor: 2 });
  const problems = [];
  page.on('console', (entry) => ['error', 'warning'].includes(entry.type()) && problems.push(entry.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  const html = renderChartsHtml({ nonce: 'preview', script: '/charts.js', style: '/charts.css' });
  await page.route('http://preview.test/**', async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/') return route.fulfill({ contentType: 'text/html', body: html });
    const contentType = path.endsWith('.css') ? 'text/css' : 'text/javascript';
    if (path === '/charts.js' || path === '/charts.css') {
      return route.fulfill({ contentType, body: await readFile(out + path) });
    }
    return route.fulfill({ status: 404, body: '' });
  });
  await page.exposeFunction('answerQuestion', (question) => charted?.answer(question));
  await page.addInitScript(
    ({ bodyClass, variables, message, state }) => {
      window.sent = [];
      window.message = message;
      window.acquireVsCodeApi = () => ({
        postMessage(sent) {
          window.sent.push(sent);
          if (sent.type === 'ready') window.postMessage(message, '*');
          if (sent.type === 'items')
            window.answerQuestion(sent.question).then((reply) => window.postMessage(reply, '*'));
        },
        getState: () => state,
        setState() {},
      });
      const dress = () => {
        document.body.classList.add(bodyClass);
        for (const [key, value] of Object.entries(variables)) document.documentElement.style.setProperty(key, value);
      };
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        observer.disconnect();
        dress();
      }).observe(document, { childList: true, subtree: true });
    },
    { ...THEMES[theme], message, state },
  );
  await page.goto('http://preview.test/');
  await page.waitForFunction(() => document.querySelector('.grid') !== null);
  await page.waitForTimeout(250);
  if (act) problems.push(...(await act(page, THEMES)));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) problems.push(`the page is ${overflow} px wider than its window`);
  await writeFile(`${out}/${name}.png`, await page.screenshot({ fullPage: true }));
  if (problems.length > 0) process.exitCode = 1;
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  const first = painted === undefined ? '' : ` (first paint ${Math.round(painted)} ms after the page began)`;
  console.log(`${name}: ${problems.length === 0 ? 'no problems' : problems.join(' | ')}${first}`);
  await page.close();
}
