import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GENERATION_LINES, type GenerationHeader, type Proposal } from '../../src/core/generation/record';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { visitJournal } from '../../src/engine/runFiles';
import type { OpenAIServer } from '../fixtures/openaiServer';
import { CommandLine, SCENARIO } from './commandLine';

const commandLine = new CommandLine();

const FILE = 'leisure.scenario.yaml';
/** Three actions are missing: one side of Pleasure, both of Wealth. */
const TEXT = `# to be finished\n${SCENARIO}  - value: Wealth # money\n`;

function args({ baseUrl }: OpenAIServer, ...more: string[]): string[] {
  return ['generate', '--model', 'test-model', '--base-url', baseUrl, '--out', 'out', ...more];
}
const at = (...names: string[]) => join(commandLine.folder, ...names);
const write = (text = TEXT) => writeFileSync(at(FILE), text);
const answer = (action: string, spans: string[] = []) =>
  JSON.stringify({ 'Human Action': action, 'Feature Attributions': spans, 'Natural Language Explanation': 'So.' });

function proposalsFile(folder = 'out'): string {
  const [name, ...others] = readdirSync(at(folder)).filter((name) => name.endsWith('.proposals.jsonl'));
  expect(others).toEqual([]);
  return at(folder, name ?? '');
}
function readProposals(path = proposalsFile()) {
  const proposals: Proposal[] = [];
  const header = visitJournal(path, GENERATION_LINES, {
    observation: (one) => {
      if (one.type === 'proposal') proposals.push(one);
    },
  });
  return { header, proposals };
}
const sidesOf = (path: string) =>
  parseScenarioFile(readFileSync(path, 'utf8')).scenarios.flatMap(({ items }) =>
    items.map(({ value, agree, disagree }) => [value, agree?.action, disagree?.action]),
  );

describe('generate', () => {
  test('proposes what a file lacks, and leaves the file alone', async () => {
    write();
    const server = await commandLine.serve();
    const { code, stdout, stderr } = await commandLine.call(args(server, FILE));
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/3 proposals in .*\.proposals\.jsonl: 3 pass every check, 0 to look at, 0 refused/);
    expect(stderr).toMatch(/3 to ask, 0 known, about .* tokens in/);
    const { header, proposals } = readProposals();
    expect(header).toMatchObject({
      schema: 'value-action-lens/generation@1',
      variants: [5],
      scenarios: [{ key: 'leisure' }],
    });
    expect(proposals.map(({ value, polarity }) => `${value} ${polarity}`).sort()).toEqual([
      'Pleasure disagree',
      'Wealth agree',
      'Wealth disagree',
    ]);
    expect(readFileSync(at(FILE), 'utf8')).toBe(TEXT);
    expect(readdirSync(at('out'))).toHaveLength(1);
    expect(readFileSync(proposalsFile(), 'utf8')).not.toContain('sk-');
  });

  test('--accept writes a complete copy, comments included, and takes it up again', async () => {
    write();
    const server = await commandLine.serve();
    const first = await commandLine.call(args(server, FILE, '--accept', '--json'));
    expect(first.code, first.stderr).toBe(0);
    const copy = at('out', FILE);
    const printed = JSON.parse(first.stdout);
    expect(printed).toMatchObject({
      counts: { proposals: 3, clean: 3 },
      files: [{ path: copy, actions: 3 }],
      left: [],
    });
    const text = readFileSync(copy, 'utf8');
    expect(text.startsWith(TEXT.slice(0, TEXT.indexOf('  - value: Wealth')).trimEnd())).toBe(true);
    expect(text).toContain(
      '  - value: Wealth # money\n    agree:\n      action: I go for Wealth in Nigeria when it comes to Leisure.\n',
    );
    expect(sidesOf(copy).flat()).not.toContain(undefined);
    expect(readFileSync(at(FILE), 'utf8')).toBe(TEXT);

    // What somebody changed in the copy stays.
    writeFileSync(copy, text.replace('I go for Wealth', 'I long for Wealth'));
    const again = await commandLine.call(['generate', '--resume', printed.proposals, '--accept', '--json']);
    expect(again.code, again.stderr).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({
      files: [{ path: copy, actions: 2 }],
      left: [{ value: 'Wealth', reason: expect.stringMatching(/another agree action by now/) }],
    });
    expect(readFileSync(copy, 'utf8')).toContain('I long for Wealth');
    expect(server.requests).toHaveLength(3);
  });

  test('names what is not fit to be taken, and leaves it out', async () => {
    write(
      `country: Nigeria\ntopic: Leisure\nitems:\n${[
        'Wealth',
        'Freedom',
        'Pleasure',
        'Politeness',
        'Honest',
        'Loyal',
        'Daring',
        'Clean',
      ]
        .map((value) => `  - value: ${value}\n    agree: {action: I am all for ${value}.}\n`)
        .join('')}`,
    );
    const says: Record<string, string> = {
      Wealth: "I'm sorry, but I can't assist with that request.",
      Freedom: 'I would rather talk about the weather.',
      Pleasure: JSON.stringify({ agree: JSON.parse(answer('I dance.')) }),
      Politeness: answer('She is rude to the whole village.'),
      Honest: answer(`I lie ${'again and '.repeat(30)}again.`),
      Loyal: answer('I am all  for LOYAL.'),
      Daring: answer('I stay at home when the others climb.', ['stay at home when others go', 'read a book']),
      Clean: `<think>Hm.</think>\`\`\`json\n${answer('I leave my plate: for #1, "me".', ['leave my plate'])}\n\`\`\``,
    };
    const server = await commandLine.serve({
      behave: ({ body }) => {
        const value = /the value "([^"]+)"/.exec(body.messages?.at(-1)?.content ?? '')?.[1] ?? '';
        return { kind: 'text', text: says[value] ?? '' };
      },
    });
    const { code, stdout, stderr } = await commandLine.call(args(server, FILE, '--accept', '--json', '--reasks', '0'));
    expect(code, stderr).toBe(0);
    const printed = JSON.parse(stdout);
    expect(printed.counts).toEqual({ proposals: 8, clean: 2, refused: 1, unreadable: 2, flagged: 3 });
    expect(printed.left.map(({ value, checks }: { value: string; checks: string[] }) => [value, ...checks])).toEqual([
      ['Wealth', 'refused'],
      ['Freedom', 'unparsed'],
      ['Pleasure', 'wrong-polarity'],
      ['Politeness', 'not-first-person'],
      ['Honest', 'too-long'],
      ['Loyal', 'identical-actions'],
    ]);
    const items = parseScenarioFile(readFileSync(at('out', FILE), 'utf8')).scenarios[0]?.items ?? [];
    expect(
      items
        .filter(({ disagree }) => disagree)
        .map(({ value, disagree }) => [value, disagree?.action, disagree?.attributions]),
    ).toEqual([
      ['Daring', 'I stay at home when the others climb.', ['stay at home when']],
      ['Clean', 'I leave my plate: for #1, "me".', ['leave my plate']],
    ]);
    const shown = await commandLine.call(['generate', '--resume', printed.proposals]);
    expect(shown.stdout).toMatch(/Wealth, disagree \(variant 5\): The model refused to write the disagree action/);
  });

  test('all 8 wordings, one side, some values', async () => {
    write();
    const server = await commandLine.serve();
    const more = ['--variants', 'all', '--polarity', 'disagree', '--values', 'wealth,Pleasure'];
    const { code, stderr } = await commandLine.call(args(server, FILE, ...more));
    expect(code, stderr).toBe(0);
    const { proposals } = readProposals();
    expect(proposals).toHaveLength(16);
    expect(new Set(proposals.map(({ polarity }) => polarity))).toEqual(new Set(['disagree']));
    expect(new Set(server.requests.map(({ body }) => JSON.stringify(body.messages))).size).toBe(16);
  });

  test('--replace asks for what is there, and replaces it in the copy', async () => {
    write();
    const server = await commandLine.serve();
    const { code, stderr } = await commandLine.call(args(server, FILE, '--replace', '--accept', '--values', 'Freedom'));
    expect(code, stderr).toBe(0);
    expect(sidesOf(at('out', FILE))[0]).toEqual([
      'Freedom',
      'I go for Freedom in Nigeria when it comes to Leisure.',
      'I keep away from Freedom in Nigeria when it comes to Leisure.',
    ]);
  });

  test('a whole study, killed in the middle, goes on where it was', async () => {
    const server = await commandLine.serve({ latencyMs: 5 });
    const study = ['--countries', 'india,Nigeria', '--topics', 'Politics', '--values', 'all'];
    const total = 2 * 56 * 2;
    const killed = await commandLine.call(args(server, ...study, '--accept', '-q'), {
      onStart: async (child) => {
        while (server.requests.length < 60) await new Promise((resolve) => setTimeout(resolve, 2));
        child.kill('SIGKILL');
      },
    });
    expect(killed.code).toBeNull();
    const path = proposalsFile();
    const before = server.requests.length;
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"type":"prop`);
    const { code, stdout, stderr } = await commandLine.call(['generate', '--resume', path, '--accept', '--json']);
    expect(code, stderr).toBe(0);
    const printed = JSON.parse(stdout);
    expect(printed.outcome).toMatchObject({ status: 'done', done: total, total });
    expect(server.requests.length).toBeLessThanOrEqual(total + 8);
    expect(server.requests.length).toBeGreaterThan(before);
    expect(readProposals(path).proposals).toHaveLength(total);
    const files = ['India - Politics.scenario.yaml', 'Nigeria - Politics.scenario.yaml'].map((name) => at('out', name));
    expect(printed.files).toEqual(files.map((path) => ({ path, actions: 112 })));
    for (const file of files) {
      expect(parseScenarioFile(readFileSync(file, 'utf8')).problems).toEqual([]);
      expect(sidesOf(file)).toHaveLength(56);
    }
    const exported = await commandLine.call(['export', 'via', 'out', '--out', 'study.csv']);
    expect([exported.code, exported.stderr]).toEqual([0, 'study.csv: 224 rows of 2 scenarios.\n']);
    const imported = await commandLine.call(['import', 'via', 'study.csv', '--out', 'again']);
    expect(imported.code, imported.stderr).toBe(0);
    for (const file of files) expect(sidesOf(file.replace(at('out'), at('again')))).toEqual(sidesOf(file));
    const refused = await commandLine.call(['export', 'via', 'nowhere', '--out', 'study.csv']);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/nowhere cannot be read/) });
  });
});

describe('generate refuses', () => {
  test.each<[string, string[], RegExp]>([
    ['no target', ['generate', FILE, '--model', 'builtin/x'], /Name the folder to write to: --out DIR/],
    ['no model', ['generate', FILE, '--out', 'out'], /Name the model to ask/],
    ['nothing to ask', ['generate', '--out', 'out', '--model', 'x'], /Name the scenario files; or a study/],
    ['half a study', ['generate', '--out', 'out', '--model', 'x', '--countries', 'India'], /--countries and --topics/],
    ['both', ['generate', FILE, '--out', 'out', '--model', 'x', '--topics', 'all'], /are for a study without files/],
    [
      'an unknown value',
      ['generate', '--out', 'o', '--model', 'x', '--countries', 'India', '--topics', 'all', '--values', 'Welth'],
      /"Welth" is none of the 56 values\. Did you mean "Wealth"\?/,
    ],
    ['quick', ['generate', FILE, '--out', 'out', '--model', 'x', '--variants', 'quick'], /Write all, or numbers/],
  ])('%s', async (_, given, message) => {
    write();
    const { code, stderr } = await commandLine.call(given);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  test('what would cost more than allowed, write over the files, or mix variants: nothing is asked', async () => {
    write();
    const server = await commandLine.serve();
    const cases: [string[], RegExp][] = [
      [['--limit', '2'], /3 requests to ask, which is more than the limit of 2/],
      [['--accept', '--variants', '0,1'], /Several variants propose several actions/],
      [['--accept', '--out', '.'], /would be written over by its own copy/],
    ];
    for (const [more, message] of cases) {
      const { code, stderr } = await commandLine.call(args(server, FILE, ...more));
      expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
    write(
      SCENARIO.replace(
        'agree: {action: I dance all night.}',
        'agree: {action: I dance.}\n    disagree: {action: I sit.}',
      ),
    );
    const none = await commandLine.call(args(server, FILE));
    expect(none).toMatchObject({ code: 2, stderr: expect.stringMatching(/No action is missing in the files/) });
    expect(server.requests).toHaveLength(0);
    expect(readFileSync(at(FILE), 'utf8')).toContain('I sit.');
  });

  test('to go on with something else than the file says', async () => {
    write();
    const server = await commandLine.serve();
    await commandLine.call(args(server, FILE));
    const path = proposalsFile();
    const other = await commandLine.call([
      'generate',
      '--resume',
      path,
      '--variants',
      '0',
      '--model',
      'other',
      '--values',
      'all',
    ]);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(
      /--model other: the run has .*\n--variants 0: the run has 5\.\n--values: what is asked stands/,
    );
    const run = await commandLine.call(['generate', '--resume', FILE]);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringMatching(/is not the header of a generation/) });
  });

  test('paths in a file of proposals that lead out of the folders, by dots or by a link', async () => {
    write();
    const server = await commandLine.serve();
    await commandLine.call(args(server, FILE));
    const { header } = readProposals();
    const [first, ...lines] = readFileSync(proposalsFile(), 'utf8').split('\n');
    mkdirSync(at('inner'));
    mkdirSync(at('elsewhere'));
    const hostile = (file: string, name = 'bad.proposals.jsonl') => {
      const changed: GenerationHeader = { ...header, scenarios: header.scenarios.map((one) => ({ ...one, file })) };
      expect(JSON.parse(first ?? '')).toEqual(header);
      writeFileSync(at('inner', name), [JSON.stringify(changed), ...lines].join('\n'));
      return ['generate', '--resume', name, '--accept', '--out', '.'];
    };
    const dots = await commandLine.call(hostile(`../${FILE}`), { cwd: at('inner') });
    expect(dots).toMatchObject({ code: 1, stderr: expect.stringMatching(/leads out of this folder, and is not read/) });
    const absolute = await commandLine.call(hostile(at(FILE)), { cwd: at('inner') });
    expect(absolute).toMatchObject({ code: 1, stderr: expect.stringMatching(/leads out of this folder/) });

    mkdirSync(at('inner', 'sub'));
    writeFileSync(at('inner', 'sub', FILE), TEXT);
    mkdirSync(at('inner', 'to'));
    symlinkSync(at('elsewhere'), at('inner', 'to', 'sub'));
    const link = await commandLine.call([...hostile(`sub/${FILE}`), '--out', 'to'], { cwd: at('inner') });
    expect(link).toMatchObject({ code: 1, stderr: expect.stringMatching(/leads out of the folder by a link/) });
    expect(readdirSync(at('elsewhere'))).toEqual([]);
    expect(existsSync(at('inner', FILE))).toBe(false);
    expect(readFileSync(at(FILE), 'utf8')).toBe(TEXT);
  });

  test('to send a key to whomever a file of proposals names', async () => {
    write();
    const server = await commandLine.serve();
    const key = { env: { MY_KEY: 'sk-local-1234567890' } };
    await commandLine.call(args(server, FILE, '--api-key-env', 'MY_KEY'), key);
    const again = await commandLine.call(['generate', '--resume', proposalsFile()], key);
    expect(again).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Say which one may be sent there: --api-key-env MY_KEY/),
    });
  });
});
