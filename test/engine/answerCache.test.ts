import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Evaluation } from '../../src/core/runs/evaluation';
import type { RequestKey } from '../../src/core/runs/plan';
import type { RunHeader } from '../../src/core/runs/record';
import { FileAnswerCache, type FileAnswerCacheOptions } from '../../src/engine/answerCache';
import { AnswerPlaces } from '../../src/engine/answerPlace';
import { buildHeader, buildScenario } from '../fixtures/runs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'val-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hex = (text: string) => Buffer.from(text.padEnd(16, '.')).toString('hex');
const place = (shelf: string, key: string) => ({ shelf: hex(shelf), key: hex(key) });

async function keep(answers: Record<string, string>, shelf = 'a', options: FileAnswerCacheOptions = {}) {
  const cache = new FileAnswerCache(folder, options);
  for (const [key, text] of Object.entries(answers)) {
    cache.remember(place(shelf, key), { text, usage: { input: 7, output: 2 } });
  }
  await cache.close();
}
const find = (key: string, shelf = 'a', options: FileAnswerCacheOptions = {}) =>
  new FileAnswerCache(folder, options).find(place(shelf, key));
const shelfFile = (shelf = 'a') => join(folder, `${hex(shelf)}.jsonl`);

describe('known answers', () => {
  test('are found again by another process, as they were received', async () => {
    const text = 'a\u2028b\n"c" \u0000 ü \u{1f600}';
    await keep({ one: text, two: '' });
    expect(await find('one')).toEqual({ text, usage: { input: 7, output: 2 } });
    expect(await find('two')).toMatchObject({ text: '' });
    expect(await find('three')).toBeUndefined();
    expect(await find('one', 'b')).toBeUndefined();
  });

  test('are found at once by whoever gave them, without usage where none was counted', async () => {
    const cache = new FileAnswerCache(folder);
    expect(await cache.find(place('a', 'one'))).toBeUndefined();
    cache.remember(place('a', 'one'), { text: 'yes' });
    await Promise.resolve();
    expect(await cache.find(place('a', 'one'))).toEqual({ text: 'yes' });
    await cache.close();
  });

  test('are replaced by newer ones', async () => {
    await keep({ one: 'old' });
    await keep({ one: 'new' }, 'a', { finds: false });
    expect(await find('one')).toMatchObject({ text: 'new' });
    expect(await find('one', 'a', { finds: false })).toBeUndefined();
  });

  test('of several processes at once all stay', async () => {
    const text = 'x'.repeat(3000);
    const names = (n: number) => Array.from({ length: 60 }, (_, m) => `w${n}-${m}`);
    await Promise.all(
      Array.from({ length: 6 }, (_, n) => keep(Object.fromEntries(names(n).map((name) => [name, text])))),
    );
    for (let n = 0; n < 6; n++) for (const name of names(n)) expect(await find(name)).toMatchObject({ text });
  });

  test.skipIf(process.platform === 'win32')('are for their owner alone', async () => {
    await keep({ one: 'yes' });
    expect(statSync(shelfFile()).mode & 0o077).toBe(0);
  });
});

describe('a broken entry is a miss', () => {
  test('where a line was cut, and the next one is whole all the same', async () => {
    await keep({ one: 'first', two: 'second' });
    const text = readFileSync(shelfFile(), 'utf8').trimEnd();
    writeFileSync(shelfFile(), text.slice(0, -9));
    await keep({ three: 'third' });
    expect(await find('one')).toMatchObject({ text: 'first' });
    expect(await find('two')).toBeUndefined();
    expect(await find('three')).toMatchObject({ text: 'third' });
  });

  test('where a character was changed, or the shape is another', async () => {
    await keep({ one: 'Option 1', two: 'Option 1' });
    const [one = '', two = ''] = readFileSync(shelfFile(), 'utf8').trim().split('\n');
    const changed = one.replace('Option 1', 'Option 2');
    const foreign = JSON.stringify({ ...JSON.parse(two), answer: { text: 'Option 1' } });
    writeFileSync(shelfFile(), `${changed}\n${foreign}\nnonsense\n{"key":"\n\n`);
    expect(await find('one')).toBeUndefined();
    expect(await find('two')).toBeUndefined();
  });

  test('where the folder cannot be read or written: the run goes on, and is told once', async () => {
    const file = join(folder, 'file');
    appendFileSync(file, '');
    const told: string[] = [];
    const cache = new FileAnswerCache(join(file, 'answers'), { onProblem: (message) => told.push(message) });
    for (let n = 0; n < 3; n++) {
      cache.remember(place('a', `k${n}`), { text: 'yes' });
      await cache.close();
    }
    expect(await cache.find(place('a', 'k9'))).toBeUndefined();
    expect(told).toEqual([expect.stringMatching(/cannot be kept .*This run goes on/)]);
  });
});

test('what was not used for the longest time goes where there is too much', async () => {
  for (const shelf of ['a', 'b', 'c']) await keep({ one: 'x'.repeat(1000) }, shelf);
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  utimesSync(shelfFile('a'), hoursAgo(3), hoursAgo(3));
  utimesSync(shelfFile('b'), hoursAgo(2), hoursAgo(2));
  utimesSync(shelfFile('c'), hoursAgo(1), hoursAgo(1));
  // Being found is being used.
  await find('one', 'a');
  await keep({ one: 'x'.repeat(1000) }, 'd', { maxBytes: 3500 });
  expect([...'abcd'].filter((shelf) => existsSync(shelfFile(shelf)))).toEqual(['a', 'd']);
  expect(readdirSync(folder)).toHaveLength(2);
});

describe('the place of an answer', () => {
  const client = { id: 'test/model', baseUrl: 'http://a/v1' };
  const act: RequestKey = { task: 'act', scenario: 'Nigeria · Leisure', value: 'Freedom', variant: 3, repeat: 0 };
  const state: RequestKey = { task: 'state', scenario: 'Nigeria · Leisure', variant: 3, repeat: 0 };

  function placeOf(key: RequestKey, header: RunHeader, asked: ConstructorParameters<typeof AnswerPlaces>[0] = client) {
    const evaluation = new Evaluation(header);
    return new AnswerPlaces(asked, evaluation).of(key, evaluation.render(key));
  }
  const scenario = buildScenario(['Freedom', 'Wealth']);
  const header = buildHeader(scenario);
  const withParameters = (parameters: RunHeader['model']['parameters']) =>
    buildHeader(scenario, { model: { ...header.model, parameters } });

  test('is the same for the same request', () => {
    expect(placeOf(act, buildHeader(scenario, { id: 'another', startedAt: '2027' }))).toEqual(placeOf(act, header));
    const one = withParameters({ temperature: 0.2, extra: { a: 1, b: { c: 2, d: 3 } } });
    const other = withParameters({ extra: { b: { d: 3, c: 2 }, a: 1 }, temperature: 0.2, maxTokens: undefined });
    expect(placeOf(act, one)).toEqual(placeOf(act, other));
  });

  test('is another one for everything that determines the answer', () => {
    const edited = structuredClone(scenario) as typeof scenario & { system?: string };
    Object.assign(edited.items[0]?.agree ?? {}, { action: 'Edited.' });
    const places = [
      placeOf(act, header),
      placeOf(state, header),
      placeOf({ ...act, variant: 2 }, header),
      placeOf({ ...act, repeat: 1 }, header),
      placeOf({ ...act, value: 'Wealth' }, header),
      placeOf(act, header, { ...client, id: 'test/other' }),
      placeOf(act, header, { ...client, baseUrl: 'http://b/v1' }),
      placeOf(act, header, { ...client, answersAs: 'weights' }),
      placeOf(act, withParameters({ temperature: 0.3 })),
      placeOf(act, withParameters({ temperature: 0.2, maxTokens: 5 })),
      placeOf(act, withParameters({ temperature: 0.2, structuredOutput: true })),
      placeOf(act, withParameters({ temperature: 0.2, extra: { seed: 1 } })),
      placeOf(act, buildHeader(edited)),
      placeOf(act, buildHeader({ ...scenario, system: 'Be brief.' })),
    ];
    expect(new Set(places.map(({ key }) => key)).size).toBe(places.length);
    // An edited action changes nothing that Task 1 shows.
    expect(placeOf(state, buildHeader(edited))).toEqual(placeOf(state, header));
  });
});
