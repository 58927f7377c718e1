import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeItem, keyOf } from '../../../src/extension/inspector/composeItem';
import { fenceExactly, renderItemMarkdown } from '../../../src/extension/inspector/itemMarkdown';
import { readItemResponses } from '../../../src/extension/inspector/rawAnswers';
import { readStoredSubject } from '../../../src/extension/inspector/storedSubject';
import { type InspectedItem, LONGEST_RAW, toInspectorSchema } from '../../../src/protocol/inspector';
import { CAREFUL, HOSTILE, readSample, writeGapRun } from '../../fixtures/gapRuns';
import { makeHeader, makeItem, makeResult, makeScenario } from '../results';

const root = join(import.meta.dirname, '../../..');
const scenario = readSample(join(root, 'examples'));
let folder: string;
let path: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'value-action-lens-raw-'));
  const respond = (value: string, variant: number) => `${HOSTILE} ${value} ${variant}`;
  path = await writeGapRun(folder, scenario, { model: 'lab/parrot', answers: CAREFUL, respond });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('readItemResponses', () => {
  it('gives the responses of one item alone, exactly and in order', async () => {
    const { answers, failures } = await readItemResponses({ path, scenario: scenario.name, value: 'Wealth' });
    expect(answers.map(({ task, variant }) => `${task} ${variant}`)).toEqual([
      ...[0, 1, 2, 3, 4, 5, 6, 7].map((variant) => `state ${variant}`),
      ...[0, 1, 2, 3, 4, 5, 6, 7].map((variant) => `act ${variant}`),
    ]);
    expect(answers[8]).toEqual({
      task: 'act',
      variant: 0,
      repeat: 0,
      raw: `${HOSTILE} Wealth 0`,
      cut: 0,
      unread: [],
      cached: false,
      ms: 640,
    });
    expect(failures).toEqual([]);
  });

  it('lets the last answer to a request stand, names failures that stayed, and survives broken lines', async () => {
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const about = { scenario: scenario.name, value: 'Wealth', repeat: 0, at: '2026-01-31T09:30:00.000Z' };
    const failure = { code: 'timeout', message: 'No answer within 60 s.' };
    const added = [
      { type: 'failure', task: 'act', ...about, variant: 0, failure },
      { type: 'failure', task: 'act', ...about, variant: 0, repeat: 1, failure },
      {
        type: 'act',
        ...about,
        variant: 1,
        answer: 'agree',
        raw: 'x'.repeat(LONGEST_RAW + 5),
        unread: ['first try'],
        cached: true,
      },
    ];
    const other = join(folder, 'other.jsonl');
    writeFileSync(
      other,
      [...lines, '{"half', ...added.map((line) => JSON.stringify(line)), '{"scenario": 1'].join('\n'),
    );
    const { answers, failures } = await readItemResponses({ path: other, scenario: scenario.name, value: 'Wealth' });
    expect(failures).toEqual([{ task: 'act', variant: 0, repeat: 1, ...failure }]);
    expect(answers.find(({ task, variant }) => task === 'act' && variant === 1)).toMatchObject({
      cut: 5,
      unread: ['first try'],
      cached: true,
    });
    expect(answers).toHaveLength(16);
  });

  it('finds a scenario whose name another program has escaped', async () => {
    const escaped = JSON.stringify(scenario.name).replaceAll('·', '\\u00b7');
    expect(escaped).not.toBe(JSON.stringify(scenario.name));
    const other = join(folder, 'escaped.jsonl');
    writeFileSync(other, readFileSync(path, 'utf8').replaceAll(JSON.stringify(scenario.name), escaped));
    const { answers } = await readItemResponses({
      path: other,
      scenario: scenario.name,
      value: 'Wealth',
      expected: 16,
    });
    expect(answers).toHaveLength(16);
  });

  it('says that the file is gone', async () => {
    await expect(readItemResponses({ path: join(folder, 'none'), scenario: '', value: '' })).rejects.toThrow(/ENOENT/);
  });
});

const item = makeItem('Wealth', {
  agree: {
    action: 'I buy it.',
    attributions: ['buy'],
    explanation: 'It is owning.',
    range: { start: 0, end: 0 },
    actionRange: { start: 0, end: 0 },
    attributionRanges: [],
  },
});
const onScreen = { scenario: makeScenario([item]), item };
const [snapshot] = makeHeader(onScreen.scenario).scenarios;
const askedItem = snapshot?.items[0];
if (!snapshot || !askedItem) throw new Error('no snapshot');
const asked = { scenario: snapshot, item: askedItem };

function compose(change: Partial<Parameters<typeof composeItem>[0]> = {}) {
  return composeItem({
    place: { file: '/ws/a.scenario.yaml', scenario: 'us-health', value: 'Wealth' },
    onScreen,
    results: [
      {
        ...makeResult('lab/parrot', { status: 'gap', direction: 'stated-agree-acted-disagree', acted: 1, distance: 1 }),
        asked,
      },
    ],
    model: undefined,
    fileName: 'a.scenario.yaml',
    walk: { order: 'file', index: 0, total: 1 },
    running: [],
    canRun: true,
    seriesOf: () => 2,
    sayWhen: (iso) => iso.slice(0, 10),
    ...change,
  });
}

describe('composeItem', () => {
  it('is a message the page understands', () => {
    expect(toInspectorSchema.parse(compose())).toMatchObject({
      scenario: 'us-health',
      motivationalType: 'Power',
      definition: 'what Wealth means',
      models: [
        {
          model: 'lab/parrot',
          series: 2,
          agree: { action: 'I buy it.', attributions: ['buy'], explanation: 'It is owning.' },
        },
      ],
    });
  });

  it('shows what was asked, without the attributions of a text that was rewritten since', () => {
    const now = { ...item, agree: { ...item.agree, action: 'I buy it at once.' } } as typeof item;
    expect(compose({ onScreen: { ...onScreen, item: now } })?.models[0]?.agree).toEqual({
      action: 'I buy it.',
      attributions: [],
    });
  });

  it('looks at the model that was chosen, else at the first', () => {
    const results = ['a', 'b'].map((model) => ({ ...makeResult(model, {}), asked }));
    expect([compose({ results, model: 'b' })?.selected, compose({ results, model: 'gone' })?.selected]).toEqual([1, 0]);
  });

  it('has the run’s own text where no file has it, and nothing where neither does', () => {
    expect(compose({ onScreen: undefined })).toMatchObject({
      country: 'United States',
      definition: 'what Wealth means',
    });
    expect(compose({ onScreen: undefined, results: [] })).toBeUndefined();
    expect(compose({ results: [] })?.models).toEqual([]);
  });

  it('tells items apart whatever their names hold', () => {
    expect(keyOf({ file: 'a', scenario: 'b","c', value: 'd' })).not.toBe(
      keyOf({ file: 'a', scenario: 'b', value: 'c","d' }),
    );
  });
});

describe('renderItemMarkdown', () => {
  const hostile = '![x](http://evil.test) <b>[y](command:evil) | `z`';
  const shown = compose() as InspectedItem;
  const [model] = shown.models;
  if (!model) throw new Error('no model');
  const text = renderItemMarkdown(
    {
      ...shown,
      value: hostile,
      scenario: hostile,
      models: [
        {
          ...model,
          model: hostile,
          agree: { action: `I ${hostile}`, attributions: [hostile], explanation: hostile },
          actAnswers: [0, 1, 2, 3].map((variant) => ({
            variant,
            repeat: 0,
            answer: variant < 2 ? 'disagree' : 'agree',
          })),
        },
      ],
    },
    {
      answers: [
        {
          task: 'act',
          variant: 0,
          repeat: 0,
          raw: `${HOSTILE}\n\`\`\`\`\n# no heading`,
          cut: 0,
          unread: [],
          cached: false,
        },
      ],
      failures: [],
    },
    '1.2.3',
  );
  const outside = text
    .split(/^`{3,}.*$/m)
    .filter((_, at) => at % 2 === 0)
    .join('\n');

  it('keeps everything that a model or file wrote from being markup', () => {
    // Marks count where no backslash stands before them.
    expect(outside).not.toMatch(/(?<!\\)<b>|(?<!\\)\]\(|(?<!\\)!\[|(?<!\\)`/);
    expect(text).toContain(fenceExactly(`${HOSTILE}\n\`\`\`\`\n# no heading`));
    expect(text).toContain('`````text\n');
  });

  it('holds the answers with their wording, order and choice, and what flips', () => {
    expect(text).toContain('| 2 | first | agree first | action | 1 | Option 1 | agree | flipped |');
    expect(text).toContain('- Value-Action Lens: 1\\.2\\.3');
  });

  it('cuts a long response and says so', () => {
    const raw = 'y'.repeat(4000);
    const cut = renderItemMarkdown(
      shown,
      { answers: [{ task: 'state', variant: 3, repeat: 1, raw, cut: 10, unread: [], cached: false }], failures: [] },
      '1',
    );
    expect(cut).toContain('Task 1, variant 3, repeat 2 (1,510 further characters left out):');
  });
});

it('reads back what was inspected, and nothing else', () => {
  const subject = { file: '', scenario: 's', value: 'v', order: 'view' as const };
  expect(readStoredSubject(subject)).toEqual(subject);
  expect(readStoredSubject({ ...subject, order: 'up' })).toBeUndefined();
});
