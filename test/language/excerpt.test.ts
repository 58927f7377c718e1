/** In a long file a place is looked up in an excerpt; it has to mean there what it means in the whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VALUES } from '../../src/core/values';
import { ReadableFile } from '../../src/language/documents';
import { findCursor } from '../../src/language/findCursor';

fc.configureGlobal({ seed: 2502 });

const SAY = 'I say what I see in the market, and I say it again to whoever asks me for it on the way home'.repeat(3);
const COUNT = 80;

function writeBlock(indent: string): string {
  const items = Array.from({ length: COUNT }, (_, at) =>
    [
      `- value: ${VALUES[at % VALUES.length]?.name} ${at}`,
      '  definition: "mine: of my own"',
      ...(at % 5 === 0 ? ['', '  # a comment'] : []),
      '  agree:',
      `    action: ${SAY}`,
      `    attributions: [say what, 'I see']`,
      '',
      `  disagree: {action: "${SAY}"}`,
    ]
      .map((line) => (line === '' ? '' : indent + line))
      .join('\n'),
  );
  return `# head\ncountry: Canada\ntopic: Religion\nitems:\n${items.join('\n')}\nsystem: |\n  one\n  two\n\nprompts:\n  task1: {}\n`;
}

const JSON_TEXT = JSON.stringify(
  {
    country: 'India',
    items: Array.from({ length: COUNT }, (_, at) => ({ value: `v ${at}`, definition: 'd', agree: { action: SAY } })),
    topic: 'Politics',
  },
  null,
  2,
);
const TEXTS: Readonly<Record<string, string>> = {
  block: writeBlock('  '),
  'dashes not indented': writeBlock(''),
  CRLF: writeBlock('  ').replaceAll('\n', '\r\n'),
  'the second document': `name: a\ncountry: Peru\ntopic: Tea\nitems:\n  - value: Wealth\n---\n${writeBlock('  ')}---\ncountry: Chad\n`,
  JSON: JSON_TEXT,
  'JSON on one line': JSON.stringify(JSON.parse(JSON_TEXT)),
};
const scraps = fc.constantFrom(
  '',
  '\n',
  '\n  ',
  '\n    ',
  '- ',
  '"',
  "'",
  ': ',
  '#',
  ', ',
  '{',
  '}',
  '[',
  'a',
  '\n  - ',
);

describe.each(Object.entries(TEXTS))('%s', (_, whole) => {
  it('is long enough to be cut', () => {
    expect(new ReadableFile(whole).cutAt(whole.length / 2)?.pieces?.items.length).toBeGreaterThanOrEqual(COUNT);
  });

  it('means the same at any offset, also while somebody types there', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(12),
        scraps,
        fc.nat(6),
        (share, cut, scrap, by) => {
          const at = Math.floor(share * whole.length);
          const text = whole.slice(0, at) + scrap + whole.slice(at + cut);
          const offset = Math.min(text.length, at + by);
          expect(findCursor(new ReadableFile(text), offset)).toEqual(findCursor({ text }, offset));
        },
      ),
      { numRuns: 400 },
    );
  });
});
