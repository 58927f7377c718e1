/**
 * The Gaps view and the inspector over 4 runs of a whole study, 4 × 7,392 items: what each step costs, in milliseconds
 * (median, slowest). Whoever uses the view waits for filter and page; the list itself is made when runs change.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { COUNTRIES, TOPICS } from '../../src/core/study';
import { collectGaps } from '../../src/extension/gaps/collectGaps';
import { filterGaps, type GapFilter, NO_FILTER } from '../../src/extension/gaps/gapFilter';
import { readItemResponses } from '../../src/extension/inspector/rawAnswers';
import { StoredRun } from '../../src/extension/runs/storedRun';
import { makeStudyRun } from '../webview/sampleStudy';

const MODELS = ['lab/one', 'lab/two', 'lab/three', 'lab/four'];
const ROUNDS = 15;

async function time(name: string, act: () => unknown, rounds = ROUNDS): Promise<void> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await act();
    took.push(performance.now() - started);
  }
  took.sort((a, b) => a - b);
  const say = (ms: number | undefined) => (ms ?? 0).toFixed(1).padStart(8);
  console.log(`${name.padEnd(44)}${say(took[Math.floor(rounds / 2)])}${say(took.at(-1))}`);
}

const studies = MODELS.map((model, at) =>
  makeStudyRun({ model, countries: COUNTRIES, topics: TOPICS, seed: 11 + at, file: 'study.scenario.yaml' }),
);
const runs = studies.map(({ header, observations }) => {
  const run = new StoredRun(`/runs/${header.id}.jsonl`, '/workspace', header);
  run.read(observations);
  return run;
});
const { gaps, items } = collectGaps(runs);
console.log(`${items.toLocaleString('en')} items, ${gaps.length.toLocaleString('en')} gaps\n`);
console.log(`${''.padEnd(44)}${'median'.padStart(8)}${'slowest'.padStart(8)}`);

async function measureList(): Promise<void> {
  await time('list, ranked (when runs change)', () => collectGaps(runs));
  const filters: Record<string, Partial<GapFilter>> = {
    'filter by model': { models: ['lab/two'] },
    'filter by direction, type and distance': {
      directions: ['stated-agree-acted-disagree'],
      types: ['Power', 'Security'],
      threshold: 0.5,
    },
    'search in value, scenario and model': { text: 'power germany' },
    'only new since a baseline': { onlyNew: true },
  };
  const known = new Set(gaps.slice(0, 1000).map(({ scenario, value }) => `${scenario}\n${value}`));
  const baseline = {
    isNew: ({ scenario, value }: { scenario: string; value: string }) => !known.has(`${scenario}\n${value}`),
  };
  for (const [name, filter] of Object.entries(filters)) {
    await time(name, () => filterGaps(gaps, { ...NO_FILTER, ...filter }, baseline).slice(0, 200));
  }
}

async function measureResponses(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'value-action-lens-bench-'));
  try {
    const [study] = studies;
    if (!study) throw new Error('no study');
    const path = join(folder, 'run.jsonl');
    // As long as answers are in the published recordings: a few hundred characters each.
    const raw = `{"explanation": "${'Because it matters to the people around me. '.repeat(6)}", "action": "Option 1"}`;
    const lines = study.observations.map((observation) => JSON.stringify({ ...observation, raw }));
    writeFileSync(path, `${[JSON.stringify(study.header), ...lines].join('\n')}\n`);
    const scenario = study.header.scenarios.at(-1)?.key ?? '';
    const size = (statSync(path).size / 1e6).toFixed(0);
    await time(`responses of one item (run file of ${size} MB)`, () =>
      readItemResponses({ path, scenario, value: 'Wealth', expected: 16 }),
    );
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await readItemResponses({ path, scenario, value: 'Wealth', expected: 16 });
    clearInterval(watch);
    console.log(`longest time that reading holds everything else up: ${longest.toFixed(1)} ms`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void measureList().then(measureResponses);
