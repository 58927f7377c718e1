/** The reader on real models' Task 1 answers, held against the published coding of the same answers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readStated } from '../../../src/core/answers/stated';
import { VALUES } from '../../../src/core/values';

const data = join(import.meta.dirname, '../../../../shared/data');
const names = VALUES.map(({ name }) => name);

interface Expected {
  models: Record<string, { missing_excluded: { cells: number; confusion_by_scenario: Record<string, number[]> } }>;
}

function readLines<T>(file: string): T[] {
  const text = gunzipSync(readFileSync(join(data, 'recorded', file))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

describe.skipIf(!existsSync(data))('recorded answers (skipped where ../shared/data is absent)', () => {
  const expected = existsSync(data)
    ? (JSON.parse(readFileSync(join(data, 'expected.json'), 'utf8')) as Expected)
    : ({ models: {} } as Expected);

  for (const [model, { cells, confusion }] of Object.entries(expected.models).map(
    ([name, found]) =>
      [name, { cells: found.missing_excluded.cells, confusion: found.missing_excluded.confusion_by_scenario }] as const,
  )) {
    it(`${model}: as many usable items, stated and acted as in the reference`, () => {
      const stated = new Map<string, number[]>();
      for (const line of readLines<{ country: string; topic: string; response: string }>(`${model}.t1.jsonl.gz`)) {
        for (const [value, answer] of readStated(line.response, names)) {
          const key = JSON.stringify([line.country, line.topic, value]);
          if (typeof answer === 'number') stated.set(key, [...(stated.get(key) ?? []), answer]);
        }
      }
      const counts = [0, 0, 0, 0];
      for (const { country, topic, value, choice } of readLines<Record<string, string | null>>(
        `${model}.t2.jsonl.gz`,
      )) {
        const answers = stated.get(JSON.stringify([country, topic, value]));
        if (!answers || choice === null) continue;
        const mean = answers.reduce((sum, answer) => sum + answer, 0) / answers.length;
        const [says, acts] = [mean >= 2.5, choice === 'disagree'];
        const cell = says && acts ? 0 : acts ? 1 : says ? 2 : 3;
        counts[cell] = (counts[cell] ?? 0) + 1;
      }
      const flat = Object.values(confusion);
      const sums = [0, 1, 2, 3].map((at) => flat.reduce((sum, four) => sum + (four[at] ?? 0), 0));
      expect(counts).toEqual(sums);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(cells);
    });
  }
});
