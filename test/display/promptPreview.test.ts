import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewPrompts } from '../../src/core/prompts/preview';
import { Exchange } from '../../src/core/runs/exchange';
import { listRequests, snapshotScenario } from '../../src/core/runs/plan';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { formatPromptPreview } from '../../src/display/promptPreview';
import { formatCurl, nameKeyVariable } from '../../src/models/curl';

const [scenario] = parseScenarioFile(`
country: Egypt
topic: Politics
system: You are brief.
items:
  - value: Wealth
    agree: {action: 'I save {{country}}.'}
    disagree: {action: I give.}
  - value: Freedom
    agree: {action: I speak.}
`).scenarios;
const snapshot = snapshotScenario({ file: 'a', scenario: scenario! });

describe('the preview of prompts', () => {
  it('is what a run sends, to the letter', () => {
    const header = {
      scenarios: [snapshot],
      variants: { task1: [0, 1, 2, 3, 4, 5, 6, 7], task2: [0, 1, 2, 3, 4, 5, 6, 7] },
      repeats: 1,
    };
    const exchange = new Exchange(header);
    expect(snapshot.items.map((item) => item.act)).toEqual(['asked', 'incomplete']);
    const sent = [...listRequests(header)].map((key) => exchange.render(key).messages);
    expect(previewPrompts(snapshot, snapshot.items[0]).map((prompt) => prompt.messages)).toEqual(sent);
  });

  it('leaves Task 2 out where an action is missing', () => {
    expect(previewPrompts(snapshot, snapshot.items[1])).toHaveLength(8);
    expect(previewPrompts(snapshot)).toHaveLength(8);
  });

  it('reads as one text, with an estimate', () => {
    const text = formatPromptPreview({
      title: 'Egypt · Politics, Wealth',
      ways: [
        {
          models: ['a/b'],
          prompts: previewPrompts(snapshot, snapshot.items[0]),
          notes: ['Noted.'],
          parts: ({ messages }) => messages.map(({ role, content }) => ({ role, text: content })),
        },
      ],
    });
    expect(text).toMatch(/^# Egypt · Politics, Wealth\n\n## a\/b\n\n16 prompts, about [\d,]+ tokens\. Noted\./);
    expect(text).toContain('### Task 2, act · variant 5: second wording, disagree first, explanation');
    expect(text).toContain('[system]\nYou are brief.');
    expect(text).toContain('Option 2: I save {{country}}.');
  });
});

describe('a request as cURL', () => {
  it('names the key and never holds it', () => {
    const command = formatCurl('https://example.org/v1/', { model: 'm', messages: [] }, nameKeyVariable('my-lab.2/m'));
    expect(command).toContain("curl 'https://example.org/v1/chat/completions'");
    expect(command).toContain('"Authorization: Bearer $MY_LAB_2_API_KEY"');
    expect(formatCurl('http://localhost:1/v1', {})).not.toContain('Authorization');
  });

  it('gives any text through a shell unchanged', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
        (text) => {
          const command = formatCurl('http://h/v1', { text }).replace(/^curl /, 'printf "%s\\n" ');
          const printed = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
          const body = printed.slice(printed.indexOf('--data-raw\n') + '--data-raw\n'.length, -1);
          expect(JSON.parse(body)).toEqual({ text });
        },
      ),
      { numRuns: 25, seed: 5 },
    );
  });
});
