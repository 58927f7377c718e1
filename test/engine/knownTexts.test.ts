/** Headers of several runs, whose scenarios are held once, say what each of them says read alone. */
import { describe, expect, test } from 'vitest';
import type { RunHeader } from '../../src/core/runs/record';
import { KnownTexts } from '../../src/engine/knownTexts';
import { makeHeader, makeItem, makeScenario } from '../extension/results';

const header = makeHeader(makeScenario([makeItem('Wealth'), makeItem('__proto__')]));
const other: RunHeader = { ...header, id: 'other', model: { ...header.model, id: 'lab/other' } };

/** With the scenarios last, as the program writes them. */
function write({ scenarios, ...rest }: RunHeader, more: object = {}): string {
  return JSON.stringify({ ...rest, scenarios, ...more });
}

describe('known texts', () => {
  test('are shared by headers that end in the same scenarios', () => {
    const texts = new KnownTexts();
    const [one, two] = [texts.readHeader(write(header)), texts.readHeader(write(other))];
    expect([one, two]).toEqual([header, other]);
    expect(two.scenarios).toBe(one.scenarios);
  });

  test('are not those of other scenarios', () => {
    const texts = new KnownTexts();
    const changed = makeHeader(makeScenario([makeItem('Wealth')]));
    expect(texts.readHeader(write(header))).toEqual(header);
    expect(texts.readHeader(write(changed))).toEqual(changed);
  });

  test.each<[string, string]>([
    ['behind the scenarios', write(header, { repeats: 7 })],
    ['before them, under the same name', write(header).replace('{', '{"scenarios":[],"id":"x",')],
    [
      'within another key',
      write({ ...header, model: { ...header.model, parameters: { extra: { a: 1, scenarios: [] } } } }),
    ],
  ])('do not hide what stands %s', (_, line) => {
    const texts = new KnownTexts();
    texts.readHeader(write(header));
    const read = new KnownTexts().readHeader(line);
    expect(texts.readHeader(line)).toEqual(read);
    expect(read).toMatchObject(JSON.parse(line));
  });

  test('take nothing for a header that is none', () => {
    const texts = new KnownTexts();
    texts.readHeader(write(header));
    for (const line of [
      '',
      'no JSON',
      '[]',
      '{"a":1,"scenarios":[]}',
      write(header).slice(0, -2),
      write(header).replace('"repeats":1', '"repeats":0'),
    ]) {
      expect(() => texts.readHeader(line)).toThrow(/not the header/);
    }
  });
});
