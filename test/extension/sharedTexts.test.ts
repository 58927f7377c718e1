/** Texts that several runs hold are kept once, and only where they are the same. */
import { describe, expect, it } from 'vitest';
import type { RunHeader } from '../../src/core/runs/record';
import { shareTexts } from '../../src/extension/runs/sharedTexts';
import { StoredRun } from '../../src/extension/runs/storedRun';
import { makeHeader, makeItem, makeScenario } from './results';

const header = makeHeader(makeScenario([makeItem('Wealth'), makeItem('Freedom')]));
const known = new StoredRun('/ws/one.jsonl', '/ws', header);
const itemsOf = ({ scenarios }: RunHeader) => scenarios.flatMap(({ items }) => items);

describe('shareTexts', () => {
  it('takes the items of a run that is known', () => {
    const copy = structuredClone(header);
    const shared = shareTexts(copy, [known]);
    expect(shared).toEqual(header);
    expect(itemsOf(copy).map((item, at) => item === itemsOf(header)[at])).toEqual([false, false]);
    expect(itemsOf(shared).map((item, at) => item === itemsOf(header)[at])).toEqual([true, true]);
  });

  it('believes no hash: another text stays another', () => {
    const other = structuredClone(header);
    for (const item of itemsOf(other)) item.disagree = 'I give it away.';
    expect(itemsOf(shareTexts(other, [known])).map(({ disagree }) => disagree)).toEqual(
      itemsOf(other).map(() => 'I give it away.'),
    );
  });

  it('leaves a header as it is where nothing is known', () => {
    expect(shareTexts(header, [])).toBe(header);
  });
});
