/** A file as the features read it, parsed anew each time. */

import type { Scenario, TextRange } from '../../src/core/scenario/model';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { documentAt } from '../../src/language/findCursor';
import type { TextEdit } from '../../src/language/model';

export function openText(text: string) {
  const { scenarios, problems } = parseScenarioFile(text);
  const inside = (at: number, { start, end }: TextRange) => at >= start && at < end;
  return {
    text,
    isJson: /^\s*[{[]/.test(text),
    scenarios,
    problems,
    scenarioAt: (offset: number): Scenario | undefined =>
      scenarios.find(({ range }) => inside(range.start, documentAt({ text }, offset))),
  };
}

/** @throws {RangeError} for edits that overlap or lie outside of the text */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let last = 0;
  for (const { range, text: insert } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    if (range.start < last || range.end < range.start || range.end > text.length) {
      throw new RangeError(`An edit of ${range.start} to ${range.end} does not fit.`);
    }
    result += text.slice(last, range.start) + insert;
    last = range.end;
  }
  return result + text.slice(last);
}
