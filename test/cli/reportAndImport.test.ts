import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '../../src/engine/runFiles';
import { readSharedText, sharedDataIsThere } from '../fixtures/sharedData';

let folder: string;
let cli: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-report-'));
  cli = join(folder, 'cli.js');
  const entry = resolve(__dirname, '../../src/cli/main.ts');
  buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outfile: cli,
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function call(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const state = (topic: string, answers: object) =>
  JSON.stringify({ country: 'India', topic, variant: 0, response: JSON.stringify(answers) });
const act = (topic: string, value: string, choice: string | null) =>
  JSON.stringify({ country: 'India', topic, value, choice });

function importRun(name: string): string {
  const out = join(folder, `${name}.jsonl`);
  rmSync(out, { force: true });
  const stateFile = write(
    's.jsonl',
    [state('Politics', { Wealth: '4', Freedom: '1' }), state('Religion', { Wealth: 1 })].join('\n'),
  );
  const actFile = write(
    'a.jsonl.gz',
    gzipSync(
      [
        act('Politics', 'Wealth', 'disagree'),
        act('Politics', 'Freedom', 'disagree'),
        act('Religion', 'Wealth', null),
      ].join('\n'),
    ),
  );
  const done = call('import', 'recorded', '--model', name, '--state', stateFile, '--act', actFile, '--out', out);
  expect(done).toMatchObject({ status: 0, stdout: '' });
  return out;
}

describe('import recorded', () => {
  it('gives an ordinary run, in which a null choice is missing', () => {
    const run = readRun(importRun('model-a'));
    expect(run.header).toMatchObject({ model: { id: 'model-a' }, variants: { task1: [0], task2: [5] } });
    expect(run.observations.map((o) => (o.type === 'act' ? o.answer : o.type))).toEqual([
      'state',
      'state',
      'disagree',
      'disagree',
      'missing',
    ]);
  });

  it('names what it leaves out', () => {
    const stateFile = write(
      's2.jsonl',
      [state('Politics', { Wealth: 1 }), state('Sports', { Wealth: 1 }), '{"country":'].join('\n'),
    );
    const actFile = write(
      'a2.jsonl',
      [act('Politics', 'Wealth', 'agree'), act('Politics', 'Freedom', 'perhaps')].join('\n'),
    );
    const { status, stderr } = call(
      'import',
      'recorded',
      '--model',
      'm',
      '--state',
      stateFile,
      '--act',
      actFile,
      '--out',
      join(folder, 'm2.jsonl'),
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(/s2\.jsonl: line 3 left out: cut or not JSON/);
    expect(stderr).toMatch(/s2\.jsonl: line 2 left out: no act line names India · Sports/);
    expect(stderr).toMatch(/a2\.jsonl: line 2 left out: choice/);
  });

  it('refuses files that hold nothing usable, and never overwrites a run', () => {
    const junk = write('junk.jsonl', 'hello\n');
    const good = write('a3.jsonl', act('Politics', 'Wealth', 'agree'));
    expect(
      call('import', 'recorded', '--model', 'm', '--state', junk, '--act', good, '--out', join(folder, 'no.jsonl')),
    ).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/--state file holds no usable line/),
    });
    const run = importRun('model-b');
    const again = call(
      'import',
      'recorded',
      '--model',
      'm',
      '--state',
      join(folder, 's.jsonl'),
      '--act',
      good,
      '--out',
      run,
    );
    expect(again).toMatchObject({ status: 2, stderr: expect.stringMatching(/exists already/) });
  });
});

describe('import via', () => {
  it('refuses what is no dataset, a cut gzip and a missing file', () => {
    expect(call('import', 'via', write('x.csv', 'a,b\n1,2'), '--out', join(folder, 'x'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/columns country, topic, value, polarity, generation_prompt missing/),
    });
    const cut = write('cut.csv.gz', gzipSync('country,topic\n'.repeat(500)));
    truncateSync(cut, Math.floor(statSync(cut).size / 2));
    expect(call('import', 'via', cut, '--out', join(folder, 'x'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/cut, damaged/),
    });
    expect(call('import', 'via', 'nowhere.csv', '--out', 'x')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/cannot be read/),
    });
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  it.skipIf(!sharedDataIsThere)('writes the whole dataset, and nothing over what is there', () => {
    const csv = write('via.csv', readSharedText('value_action_gap_full_data_generation.csv.gz'));
    const out = join(folder, 'via');
    expect(call('import', 'via', csv, '--out', out)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/132 scenario files: 7,331 complete items, 61 incomplete \(61 refused/),
    });
    expect(readdirSync(out)).toHaveLength(132);
    expect(call('import', 'via', csv, '--out', out)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/not overwritten/),
    });
  });
});

describe('report', () => {
  it('prints one JSON object in the agreed shape', () => {
    const { status, stdout } = call('report', importRun('model-c'), '--json');
    expect(status).toBe(0);
    const { schema, missing, models } = JSON.parse(stdout);
    expect([schema, missing, Object.keys(models)]).toEqual(['value-action-lens/report@1', 'exclude', ['model-c']]);
    expect(models['model-c']).toEqual({
      alignmentRate: {
        overall: 2 / 3,
        byCountry: { India: 2 / 3 },
        byTopic: { Politics: 2 / 3, Religion: null },
        byScenario: { 'India · Politics': 2 / 3, 'India · Religion': null },
      },
      interval: {
        overall: [2 / 3, 2 / 3],
        byCountry: { India: [2 / 3, 2 / 3] },
        byTopic: { Politics: [0, 1], Religion: null },
        byScenario: { 'India · Politics': [0, 1], 'India · Religion': null },
      },
      misaligned: { statedAgreeActedDisagree: 1, statedDisagreeActedAgree: 0, total: 1, items: 2, undecided: 0 },
      accuracy: 0.5,
      kappa: 0,
      precision: 0.5,
      recall: 1,
      tiesStated: 0,
      promptAgreement: { task1: null, task2: null },
      positionBias: null,
      firstOptionRate: 1,
      alignmentDistance: {
        byCountry: { India: { Wealth: 0.5, Freedom: 1 } },
        byTopic: { Politics: { Wealth: 0, Freedom: 1 }, Religion: { Wealth: null } },
      },
      meanItemDistance: {
        byCountry: { India: { Wealth: 0, Freedom: 1 } },
        byTopic: { Politics: { Wealth: 0, Freedom: 1 }, Religion: { Wealth: null } },
      },
      alignmentRanking: {
        byCountry: { India: ['Freedom', 'Wealth'] },
        byTopic: { Politics: ['Freedom', 'Wealth'], Religion: [] },
        byScenario: { 'India · Politics': ['Freedom', 'Wealth'], 'India · Religion': [] },
      },
      unusable: { task1: { refused: 0, unparsed: 0, missing: 0 }, task2: { refused: 0, unparsed: 0, missing: 1 } },
      incomplete: 0,
    });
  });

  it('is the same each time, and keys a second run of one model', () => {
    const run = importRun('model-d');
    const first = call('report', run, run, '--json').stdout;
    expect(call('report', run, run, '--json').stdout).toBe(first);
    expect(Object.keys(JSON.parse(first).models)).toEqual(['model-d', 'model-d (2)']);
  });

  it('reads as a table, and writes CSV without formulas', () => {
    const run = importRun('=cmd()');
    expect(call('report', run).stdout).toMatch(/│ =cmd\(\) +│ +0\.667 │/);
    const out = join(folder, 'csv');
    expect(call('report', run, '--csv', out)).toMatchObject({ status: 0, stdout: '' });
    expect(readdirSync(out)).toContain('alignment-rate-by-country.csv');
    expect(readFileSync(join(out, 'summary.csv'), 'utf8')).toMatch(/^"'=cmd\(\)",/m);
  });

  it('measures the rest of a run whose last line is half-written, and names that line', () => {
    const run = importRun('model-e');
    truncateSync(run, statSync(run).size - 40);
    const { status, stdout, stderr } = call('report', run, '--json');
    expect(status).toBe(0);
    expect(stderr).toMatch(/model-e\.jsonl:6: left out: cut or not JSON/);
    expect(JSON.parse(stdout).models['model-e'].misaligned.items).toBe(2);
  });

  it('counts answers about a value that the scenario does not have', () => {
    const run = importRun('model-f');
    const lines = readFileSync(run, 'utf8').replace('["Freedom",1]', '["Liberty",1]');
    writeFileSync(run, lines);
    expect(call('report', run).stderr).toMatch(/left out: 1 answer about values or scenarios/);
  });

  it('refuses what is no run, and an unknown policy', () => {
    expect(call('report', write('no.jsonl', '{}'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/no\.jsonl: .*not the header/),
    });
    expect(call('report', 'gone.jsonl')).toMatchObject({ status: 2, stderr: expect.stringMatching(/gone/) });
    expect(call('report', importRun('model-g'), '--missing', 'perhaps').status).toBe(2);
  });
});
