import { describe, expect, it } from 'vitest';
import { parseScenarioFile } from '../../../src/core/scenario/parse';

const ITEM = `items:
  - value: Freedom
    agree: {action: I speak my mind.}
    disagree: {action: I keep quiet.}
`;
const read = (systems: string) => parseScenarioFile(`country: Egypt\ntopic: Politics\n${systems}\n${ITEM}`);

describe('systems', () => {
  it('are labels and texts in the order of the file, whatever their names', () => {
    const { scenarios, problems } = read(
      'systems:\n  strict: Be strict.\n  "10": Ten.\n  "2": Two.\n  __proto__: Odd.\n  calm: |\n    Stay calm.\n    Breathe.',
    );
    expect(problems).toEqual([]);
    expect(scenarios[0]?.systems).toEqual([
      { label: 'strict', text: 'Be strict.' },
      { label: '10', text: 'Ten.' },
      { label: '2', text: 'Two.' },
      { label: '__proto__', text: 'Odd.' },
      { label: 'calm', text: 'Stay calm.\nBreathe.' },
    ]);
  });

  it.each([
    ['systems: Be strict.', /consists of labels.*Write "label: You are/],
    ['systems:\n  a/b: Be strict.', /"a\/b" cannot be the label.*without a slash/],
    [`systems:\n  ${'long'.repeat(20)}: Be strict.`, /cannot be the label.*at most 40/],
    ['systems:\n  strict: [Be, strict]', /"strict" has to be one text/],
    ['systems:\n  strict:', /"strict" is empty/],
  ])('%j is named with what to do, and hides nothing else', (systems, message) => {
    const { scenarios, problems } = read(systems);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
    expect(scenarios[0]?.items).toHaveLength(1);
    expect(scenarios[0]?.systems ?? []).toEqual([]);
  });
});
