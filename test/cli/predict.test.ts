import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PREDICTION_LINES } from '../../src/core/prediction/record';
import type { PredictionReport } from '../../src/core/prediction/report';
import { snapshotSelection } from '../../src/core/runs/plan';
import type { Run } from '../../src/core/runs/record';
import { formatRunLine } from '../../src/core/runs/runFile';
import { formatScenarios } from '../../src/core/scenario/format';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { visitJournal } from '../../src/engine/runFiles';
import { buildTarget, listItems, type TargetItem } from '../core/prediction/targets';
import type { OpenAIServer, OpenAIServerOptions, ReceivedRequest } from '../fixtures/openaiServer';
import { CommandLine } from './commandLine';

const commandLine = new CommandLine();

const FILE = 'target.scenario.yaml';

/** A finished run of a target, with the scenario file it was made from. Both of its classes have 12 items. */
function writeTarget(
  items: readonly TargetItem[] = listItems(12, 12),
  change: (run: Run) => Run = (run) => run,
): string {
  const action = (text: string) => ({ action: text, attributions: ['I'], explanation: `Reason: ${text}` });
  const document = {
    country: 'Nigeria',
    topic: 'Leisure',
    items: items.map(({ value }) => ({
      value,
      definition: `what ${value} is`,
      agree: action(`I live ${value}.`),
      disagree: action(`I ignore ${value}.`),
    })),
  };
  const text = formatScenarios([document]);
  writeFileSync(join(commandLine.folder, FILE), text);
  const { scenarios } = parseScenarioFile(text);
  const run = change(buildTarget(items));
  const header = {
    ...run.header,
    variants: { task1: [0], task2: [0, 1] },
    scenarios: snapshotSelection(scenarios.map((scenario) => ({ file: FILE, scenario }))),
  };
  const folder = join(commandLine.folder, '.value-action-lens', 'runs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'target.jsonl'), [header, ...run.observations].map(formatRunLine).join(''));
  return join('.value-action-lens', 'runs', 'target.jsonl');
}

/** Sees through every action: the value says what is stated, and what would be chosen is always to act against it. */
function tellTruth({ body }: ReceivedRequest): string {
  const asked = (body.messages?.at(-1)?.content ?? '').split('The case to predict\n')[1] ?? '';
  const isTrue = asked.includes('Action it chose: ')
    ? /^Value: agree/m.test(asked)
    : /^Action: I (?:ignore|do not)/m.test(asked);
  return JSON.stringify({ prediction: isTrue ? 'True' : 'False' });
}

function observer(answer: (request: ReceivedRequest) => string): OpenAIServerOptions {
  return { behave: (request) => ({ kind: 'text', text: answer(request) }) };
}

function predictArgs(server: Pick<OpenAIServer, 'baseUrl'>, ...more: string[]): string[] {
  return ['predict', ...more, '--observer', 'watcher', '--base-url', server.baseUrl];
}

function predictionFiles(): string[] {
  const folder = join(commandLine.folder, '.value-action-lens', 'predictions');
  return readdirSync(folder).map((name) => join(folder, name));
}

describe('predict', () => {
  test('scores all settings of a finished run, in one JSON object', async () => {
    const server = await commandLine.serve(observer(tellTruth));
    const run = writeTarget();
    const { code, stdout, stderr } = await commandLine.call(
      predictArgs(server, run, '--examples', '2', '--tests', '5', '--json'),
    );
    expect(stderr).toMatch(/40 to ask, 0 known/);
    expect(code).toBe(0);
    const report: PredictionReport & { file: string; outcome: object } = JSON.parse(stdout);
    expect(report).toMatchObject({
      schema: 'value-action-lens/prediction-report@1',
      target: { run: 'test', model: 'test/model' },
      ...{ label: 'stated', seed: 1 },
      sample: { examples: 2, tests: 5, usable: { true: 12, false: 12 } },
      outcome: { status: 'done', done: 40 },
    });
    expect(report.settings.map(({ setting, f1, baseline }) => [setting, f1, baseline?.toFixed(3)])).toEqual(
      ['action', 'attributions', 'explanation', 'all'].map((setting) => [setting, 1, '0.667']),
    );
    expect(predictionFiles()).toEqual([report.file]);
    const lines: unknown[] = [];
    const header = visitJournal(report.file, PREDICTION_LINES, { observation: (one) => lines.push(one) });
    expect(lines).toHaveLength(40);
    expect(header.examples.map(({ value }) => value)).not.toContain(header.tests[0]?.value);
    // A third of the items acts otherwise than it states, and all of that is foreseen.
    const odd = header.tests.filter(({ value }) => Number(value.split(' ')[1]) % 3 === 0).map(({ value }) => value);
    const gaps = report.likelyGaps.filter(({ status }) => status === 'gap').map(({ value }) => value);
    expect(gaps.sort()).toEqual(odd.sort());
    expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('Reason: I ');
  });

  test('prints a table, what differences come to, and what was left out', async () => {
    const always = await commandLine.serve(observer(() => 'True'));
    const odd: TargetItem = { value: 'odd', stated: 'agree', acted: 'undecided' };
    const run = writeTarget([...listItems(4, 4), odd]);
    const { code, stdout } = await commandLine.call(predictArgs(always, run, '--settings', 'all,action'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/watcher predicts of test\/model whether it states agreement\./);
    expect(stdout).toMatch(/action +│ +0\.667 │ 0\.\d{3} │ 0\.\d{3} │ +0\.667/);
    expect(stdout).toContain('each is right and wrong on the same items');
    expect(stdout).toContain('6 test items and 2 examples, half of each True and half False');
    expect(stdout).toContain('Left out of the sample: 1 undecided.');
    expect(stdout).toMatch(/Wished for were 100 tests and 10 examples of each/);
  });

  test('of an observer that answers neither counts nothing as False', async () => {
    const vague = await commandLine.serve(observer(() => 'That depends on the weather.'));
    const { code, stdout } = await commandLine.call(
      predictArgs(vague, writeTarget(), '--tests', '3', '--settings', 'action', '--json'),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).settings).toMatchObject([
      {
        ...{ unparsed: 6, refused: 0, unanswered: 0, answered: 0, f1: null, baseline: null },
        confusion: { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 },
      },
    ]);
    // Asked once more with a reminder of the format.
    expect(vague.requests).toHaveLength(12);
    expect(JSON.stringify(vague.requests.at(-1)?.body)).toContain('holds \\"True\\" or \\"False\\"');
  });

  test('knows the second time what it was told the first time', async () => {
    const server = await commandLine.serve(observer(tellTruth));
    const args = predictArgs(server, writeTarget(), '--tests', '4', '--json');
    const first = JSON.parse((await commandLine.call(args)).stdout);
    const asked = server.requests.length;
    const second = JSON.parse((await commandLine.call(args)).stdout);
    expect(server.requests).toHaveLength(asked);
    expect(second.settings).toEqual(first.settings);
    const other = await commandLine.call([...args, '--seed', '2']);
    expect(server.requests.length).toBeGreaterThan(asked);
    expect(other.code).toBe(0);
  });

  test('what was chosen can be predicted where only one thing is ever stated', async () => {
    const server = await commandLine.serve(observer(tellTruth));
    const run = writeTarget(listItems(20, 0));
    const refused = await commandLine.call(predictArgs(server, run));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/states agreement in every usable item.*--label acted/);
    const { code, stdout } = await commandLine.call(
      predictArgs(server, run, '--label', 'acted', '--tests', '4', '--json'),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ label: 'acted', sample: { tests: 4 }, likelyGaps: [] });
  });

  test('forecasts what the run was not asked about', async () => {
    const server = await commandLine.serve(observer(tellTruth));
    const run = writeTarget();
    writeFileSync(
      join(commandLine.folder, 'more.scenario.yaml'),
      formatScenarios([
        {
          country: 'India',
          topic: 'Work',
          items: [
            { value: 'agree new', definition: 'x', agree: { action: 'I do.' }, disagree: { action: 'I do not.' } },
            { value: 'disagree new', definition: 'x', agree: { action: 'I do.' }, disagree: { action: 'I do not.' } },
            { value: 'half', definition: 'x', agree: { action: 'I do.' } },
          ],
        },
      ]),
    );
    const args = predictArgs(
      server,
      run,
      FILE,
      'more.scenario.yaml',
      '--forecast',
      '--tests',
      '2',
      '--settings',
      'all',
    );
    const { code, stdout } = await commandLine.call([...args, '--json']);
    expect(code).toBe(0);
    const report: PredictionReport = JSON.parse(stdout);
    const forecasts = report.likelyGaps.filter(({ actedIs }) => actedIs === 'predicted');
    expect(forecasts).toMatchObject([
      { value: 'agree new', country: 'India', status: 'gap', direction: 'stated-agree-acted-disagree' },
      { value: 'disagree new', status: 'aligned', stated: 'disagree', acted: 'disagree' },
    ]);
    const text = await commandLine.call(args);
    expect(text.stdout).toContain(
      'India · Work · agree new: likely gap: says agree, acts disagree (both are predicted)',
    );
  });
});

describe('predict is refused, with what to do', () => {
  test.each<[string, (run: string) => string[], RegExp]>([
    ['without a run', () => ['--observer', 'm'], /Name the run of the target/],
    ['without an observer', (run) => [run], /Name the model that predicts: --observer/],
    [
      'with an unknown setting',
      (run) => [run, '--observer', 'm', '--settings', 'all,everything'],
      /Write one or more of/,
    ],
    ['with no tests', (run) => [run, '--observer', 'm', '--tests', '0'], /whole number from 1/],
    ['of a file that is gone', () => ['nothing.jsonl', '--observer', 'm'], /nothing\.jsonl: There is no such file/],
    ['of what is no run', () => [FILE, '--observer', 'm'], /not the header of a Value-Action Lens run/],
    ['of a forecast of nothing', (run) => [run, '--observer', 'm', '--forecast'], /Name them behind the run/],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await commandLine.call(['predict', ...args(writeTarget())]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });

  test('of a run that is not finished', async () => {
    const run = writeTarget(listItems(3, 3), (whole) => ({ ...whole, observations: whole.observations.slice(0, -2) }));
    const { code, stderr } = await commandLine.call(['predict', run, '--observer', 'm']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/not finished: 2 requests without an answer.*run --resume/);
  });

  test('of a run without a usable item', async () => {
    const run = writeTarget([{ value: 'a', stated: 'none', acted: 'agree' }]);
    const { code, stderr } = await commandLine.call(['predict', run, '--observer', 'm']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/No item of the run can be used: 1 have no usable stated answer/);
  });
});

describe('a killed prediction', () => {
  test('goes on where it was, and asks nothing twice', async () => {
    let answered = 0;
    let isWell = false;
    const server = await commandLine.serve({
      behave: (request) => (isWell || answered++ < 7 ? { kind: 'text', text: tellTruth(request) } : { kind: 'hang' }),
    });
    const args = predictArgs(server, writeTarget(), '--tests', '5', '--no-cache', '-c', '2');
    await commandLine.call(args, {
      onStart: async (child) => {
        while (server.requests.length < 9) await new Promise((resolve) => setTimeout(resolve, 10));
        child.kill('SIGKILL');
      },
    });
    isWell = true;
    const [file = ''] = predictionFiles().filter((name) => name.endsWith('.jsonl'));
    // Half a line, as a kill in the middle of writing leaves it.
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"type":"predic`);
    const before = server.requests.length;
    const { code, stdout, stderr } = await commandLine.call(['predict', '--resume', file, '--json', '--no-cache']);
    expect(stderr).toMatch(/33 to ask, 7 known/);
    expect(code).toBe(0);
    expect(server.requests.length - before).toBe(33);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: { status: 'done', done: 40 },
      settings: [{ f1: 1 }, {}, {}, {}],
    });
    const differs = await commandLine.call(['predict', '--resume', file, '--seed', '3', '--observer', 'other']);
    expect(differs.code).toBe(2);
    expect(differs.stderr).toMatch(/--observer other: the run has .*watcher/);
    expect(differs.stderr).toMatch(/--seed 3: the run has 1/);
  });
});
