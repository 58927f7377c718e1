import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { writePredictionMarkdown } from '../../../src/display/predictionMarkdown';
import type { ShownPrediction } from '../../../src/extension/prediction/predictionsOnScreen';
import { sayPredictionAtEndOfLine, sayPredictionInHover } from '../../../src/extension/prediction/predictionWords';
import { StoredPrediction } from '../../../src/extension/prediction/storedPrediction';
import { buildTexts } from '../../core/prediction/targets';
import { writePrediction } from '../../fixtures/predictions';
import { makeResult } from '../results';

vi.mock('vscode', () => ({
  EventEmitter: class {
    private readonly listeners: (() => void)[] = [];
    readonly event = (listener: () => void) => {
      this.listeners.push(listener);
      return { dispose: () => {} };
    };
    fire() {
      for (const listener of this.listeners) listener();
    }
    dispose() {}
  },
}));
const { PredictionStore } = await import('../../../src/extension/prediction/predictionStore');
const { PredictionsOnScreen } = await import('../../../src/extension/prediction/predictionsOnScreen');
const { HashesOnScreen } = await import('../../../src/extension/runs/freshness');

const t = (message: string, ...args: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));

let folder: string;
let path: string;
const scenario = buildTexts(['new', 'other'], true, 'Egypt', 'Politics');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'val-predictions-'));
  path = await writePrediction({
    folder,
    target: 'lab/parrot',
    observer: 'lab/owl',
    forecast: [{ file: 'egypt.scenario.yaml', scenario }],
    answer: (value, { label, polarity }) =>
      label === 'stated' ? true : value === 'new' ? polarity === 'disagree' : true,
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const find = (prediction: StoredPrediction, value: string) =>
  prediction.find(join(folder, 'egypt.scenario.yaml'), scenario.name, value);

describe('a stored prediction', () => {
  test('knows each likely gap by the place of its item, and how well it was tested', () => {
    const prediction = StoredPrediction.read(path, folder);
    expect(find(prediction, 'new')).toMatchObject({ status: 'gap', direction: 'stated-agree-acted-disagree' });
    expect(find(prediction, 'other')).toMatchObject({ status: 'open' });
    expect(find(prediction, 'nothing')).toBeUndefined();
    expect(prediction).toMatchObject({ target: 'lab/parrot', observer: 'lab/owl', unanswered: 0 });
    expect(prediction.score).toMatchObject({ setting: 'all', answered: 200 });
  });

  test('leads nowhere but into its folder', () => {
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('egypt.scenario.yaml', '../egypt.scenario.yaml'));
    const prediction = StoredPrediction.read(path, folder);
    expect(prediction.find(join(folder, '../egypt.scenario.yaml'), scenario.name, 'new')).toBeUndefined();
  });

  test('that was cut off says how much is missing', () => {
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    writeFileSync(path, `${lines.slice(0, -3).join('\n')}\n{"type":"predi`);
    expect(StoredPrediction.read(path, folder).unanswered).toBe(3);
  });
});

describe('the store', () => {
  test('sees what comes, changes and goes, and names what it cannot read', async () => {
    const warn = vi.fn();
    const log = { warn } as never;
    const store = new PredictionStore({ roots: { list: () => [folder], whenListed: Promise.resolve() }, log });
    const changed = vi.fn();
    store.onDidChange(changed);
    await store.refresh();
    expect(store.list().map((one) => one.path)).toEqual([path]);
    await store.refresh();
    expect(changed).toHaveBeenCalledTimes(1);
    const foreign = path.replace('sample', 'foreign');
    writeFileSync(foreign, '{"hello": "world"}\n');
    appendFileSync(path, '\n');
    await store.refresh();
    expect(store.list()).toHaveLength(1);
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/foreign\.prediction\.jsonl: The first line is not/));
    rmSync(path);
    await store.refresh();
    expect(store.list()).toEqual([]);
    store.dispose();
  });

  test('shows a prediction for the text that it was made from, and says of another that it changed', async () => {
    const store = new PredictionStore({
      roots: { list: () => [folder], whenListed: Promise.resolve() },
      log: {} as never,
    });
    await store.refresh();
    const onScreen = new PredictionsOnScreen(store, new HashesOnScreen());
    const file = { fsPath: join(folder, 'egypt.scenario.yaml') } as never;
    expect(onScreen.listFor(file, scenario, 'new')).toMatchObject([{ isStale: false, gap: { status: 'gap' } }]);
    const items = scenario.items.map((item) => ({
      ...item,
      ...(item.agree && { agree: { ...item.agree, action: 'I changed my mind.' } }),
    }));
    expect(onScreen.listFor(file, { ...scenario, items }, 'new')).toMatchObject([{ isStale: true }]);
  });
});

describe('in words', () => {
  const shown = (): ShownPrediction => {
    const prediction = StoredPrediction.read(path, folder);
    const gap = find(prediction, 'new');
    if (!gap) throw new Error('The fixture forecasts "new".');
    return { from: prediction, gap, isStale: false };
  };

  test('it is never without saying that it is a prediction', () => {
    expect(sayPredictionAtEndOfLine(shown(), t)).toBe(
      '○┄┄┄●  likely gap: parrot says agree, acts disagree  predicted by owl',
    );
    const lines = sayPredictionInHover(shown(), undefined, t);
    expect(lines[0]).toBe('Prediction about parrot: likely gap: says agree, acts disagree (both are predicted).');
    expect(lines[1]).toMatch(
      /^Predicted by owl from the action, its attributions and its explanation: F1 0\.\d\d on 200 test items, where answering True always scores 0\.67\.$/,
    );
  });

  test('what was measured stands beside it, as long as it is about the same text', () => {
    const measured = makeResult('lab/parrot', { status: 'aligned', stated: 0, acted: 0, distance: 0 });
    expect(sayPredictionInHover(shown(), measured, t)).toContain('Measured: aligned, distance 0.00.');
    const lines = sayPredictionInHover({ ...shown(), isStale: true }, { ...measured, stale: true }, t);
    expect(lines.join('\n')).not.toContain('Measured');
    expect(lines[0]).toBe('An earlier text was predicted.');
  });

  test('an open prediction marks no line', () => {
    const { gap } = shown();
    expect(sayPredictionAtEndOfLine({ ...shown(), gap: { ...gap, status: 'open' } }, t)).toBe('');
  });
});

describe('the page', () => {
  test('says what was predicted, how well, and by whom, and foreign text stays text', () => {
    const { report } = StoredPrediction.read(path, folder);
    const hostile = '<img src=x onerror=alert(1)> [x](command:evil) | a `b`';
    const gaps = report.likelyGaps.map((gap) => ({ ...gap, value: hostile, scenario: hostile }));
    const page = writePredictionMarkdown({ ...report, observer: hostile, likelyGaps: gaps }, hostile, 2);
    expect(page).toContain('Not finished: 2 requests without an answer.');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('[x](');
    const rows = page.split('\n').filter((line) => line.includes('likely gap: says agree, acts disagree'));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(5);
    for (const heading of ['# Predicted gaps', '## Forecast', '## By country', '## By topic', '## The sample']) {
      expect(page).toContain(`${heading}\n`);
    }
  });
});
