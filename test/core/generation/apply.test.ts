import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AcceptedAction, applyEdits, placeActions } from '../../../src/core/generation/apply';
import type { Polarity } from '../../../src/core/scenario/model';
import { parseScenarioFile } from '../../../src/core/scenario/parse';

const accepted = (polarity: Polarity, more: Partial<AcceptedAction> = {}): AcceptedAction => ({
  scenario: 'India · Politics',
  value: 'Wealth',
  polarity,
  action: `I act as one who would ${polarity}.`,
  attributions: ['act as one'],
  explanation: 'Because I do.',
  ...more,
});
const NEW = accepted('agree', { action: 'I save: every day #1.', attributions: ['save', 'every day #1'] });

function place(text: string, actions: readonly AcceptedAction[], replace = false): string {
  const { placed, unplaced } = placeActions(text, actions, { replace });
  expect(unplaced).toEqual([]);
  return applyEdits(
    text,
    placed.map(({ edit }) => edit),
  );
}

const head = 'country: India\ntopic: Politics\nitems:\n';

describe('an action that is missing', () => {
  it('stands behind what the item has, comments and layout as they were', () => {
    const text = `# mine\n${head}  # first\n  - value: Wealth   # gold\n    note: mine # too\n    # nothing yet\n\n  - value: Freedom\n# end\n`;
    expect(place(text, [NEW])).toBe(
      `# mine\n${head}  # first\n  - value: Wealth   # gold\n    note: mine # too\n    agree:\n      action: "I save: every day #1."\n      attributions:\n        - save\n        - "every day #1"\n      explanation: Because I do.\n    # nothing yet\n\n  - value: Freedom\n# end\n`,
    );
  });

  it('fills what is there of it', () => {
    const written = '\n      action: I go.\n      explanation: So.';
    const go = accepted('agree', { action: 'I go.', attributions: [], explanation: 'So.' });
    const cases = [
      ['    agree:', `    agree:${written}`],
      ['    agree: # soon', `    agree: # soon${written}`],
      ['    agree: ""', `    agree:${written}`],
      ['    agree: ~ # soon', `    agree:  # soon${written}`],
      ['    agree:\n      action: ', `    agree:${written}`],
      ['    agree:\n      action:   # soon', '    agree:\n      action: I go.   # soon\n      explanation: So.'],
      [
        '    agree:\n      # why\n      explanation: >\n        Old\n        one',
        `    agree:\n      action: I go.\n      # why\n      explanation: So.`,
      ],
      ['    agree: {}', '    agree: {action: I go., explanation: So.}'],
      ['    agree: { action: "" }', '    agree: { action: I go., explanation: So. }'],
      ['    agree: { explanation: Old }', '    agree: { action: I go., explanation: So. }'],
    ];
    for (const [before, after] of cases) {
      for (const tail of ['\n', '', '\n    # end\n']) {
        expect(place(`${head}  - value: Wealth\n${before}${tail}`, [go])).toBe(
          `${head}  - value: Wealth\n${after}${tail}`,
        );
      }
    }
  });

  it('and its other side stand beside each other, whichever of them has a key', () => {
    for (const there of [
      '',
      '\n    disagree:',
      '\n    agree:',
      '\n    disagree:\n      action:',
      '\n    agree: {}\n    disagree:',
    ]) {
      const text = `${head}  - value: Wealth${there}`;
      const [item] =
        parseScenarioFile(place(text, [accepted('disagree'), accepted('agree')])).scenarios[0]?.items ?? [];
      expect([item?.agree?.action, item?.disagree?.action]).toEqual([
        accepted('agree').action,
        accepted('disagree').action,
      ]);
    }
  });

  it('keeps line ends, byte order mark, and the style of lists', () => {
    const text =
      `\uFEFF${head}- value: Freedom\n  agree: {action: I go., attributions: [I]}\n- value: Wealth\n  disagree:\n    action: I do.\n    attributions: [do]\n`.replaceAll(
        '\n',
        '\r\n',
      );
    const changed = place(text, [accepted('agree')]);
    expect(changed.startsWith('\uFEFF')).toBe(true);
    expect(changed.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(changed).toContain(
      '  agree:\r\n    action: I act as one who would agree.\r\n    attributions: [act as one]\r\n',
    );
  });

  it('goes into braces in their layout', () => {
    expect(place(`${head}  - {value: Wealth, note: x}\n`, [NEW])).toBe(
      `${head}  - {value: Wealth, note: x, agree: {action: "I save: every day #1.", attributions: [save, "every day #1"], explanation: Because I do.}}\n`,
    );
    const json = {
      country: 'India',
      topic: 'Politics',
      items: [{ value: 'Freedom' }, { value: 'Wealth', disagree: {} }],
    };
    const both = [accepted('agree'), accepted('disagree')];
    const content = (polarity: Polarity) => {
      const { action, attributions, explanation } = accepted(polarity);
      return { action, attributions, explanation };
    };
    for (const space of [0, 2, 4]) {
      const changed = place(JSON.stringify(json, null, space), both);
      expect(JSON.parse(changed)).toEqual({
        ...json,
        items: [{ value: 'Freedom' }, { value: 'Wealth', agree: content('agree'), disagree: content('disagree') }],
      });
      if (space === 2) {
        expect(changed).toContain('\n      "agree": {\n        "action": "I act as one who would agree.",\n');
      } else if (space === 0) expect(changed).not.toContain('\n');
    }
  });
});

describe('an action that is there', () => {
  const text = `${head}  - value: Wealth\n    agree: # old\n      action: |\n        I keep\n        it.\n      # its parts\n      attributions:\n        - keep\n        - it\n      explanation: Old.\n    disagree: {action: I give.}\n`;

  it('stays unless it is to be replaced', () => {
    const { placed, unplaced } = placeActions(text, [NEW]);
    expect(placed).toEqual([]);
    expect(unplaced[0]?.reason).toBe('"Wealth" has its agree action already.');
  });

  it('is replaced as a whole, parts that the new one lacks included', () => {
    expect(place(text, [NEW], true)).toBe(
      `${head}  - value: Wealth\n    agree: # old\n      action: "I save: every day #1."\n      # its parts\n      attributions:\n        - save\n        - "every day #1"\n      explanation: Because I do.\n    disagree: {action: I give.}\n`,
    );
    expect(place(text, [accepted('agree', { action: 'I go.', attributions: [], explanation: undefined })], true)).toBe(
      `${head}  - value: Wealth\n    agree: # old\n      action: I go.\n      # its parts\n    disagree: {action: I give.}\n`,
    );
    expect(place(text, [accepted('disagree', { explanation: undefined, attributions: [] })], true)).toContain(
      '    disagree: {action: I act as one who would disagree.}\n',
    );
  });
});

describe('what cannot be placed', () => {
  it.each([
    ['is gone', head, NEW, /has no value "Wealth"|no scenario/],
    ['has another scenario', `${head}  - value: Wealth\n`, { ...NEW, scenario: 'x' }, /no scenario "x" any more/],
    ['holds something else', `${head}  - value: Wealth\n    agree: I save.\n`, NEW, /Something else than an action/],
    [
      'is shared',
      `${head}  - value: Freedom\n    agree: &a {action: I go.}\n  - value: Wealth\n    agree: *a\n`,
      NEW,
      /has its agree action already/,
    ],
    ['is broken', `${head}  - value: Wealth\n    note: "open\n`, NEW, /broken/],
    ['is nothing', `${head}  - value: Wealth\n`, { ...NEW, action: ' ' }, /empty/],
  ])('is named where the item %s', (_, text, action, reason) => {
    const { placed, unplaced } = placeActions(text, [action]);
    expect(placed).toEqual([]);
    expect(unplaced[0]?.reason).toMatch(reason);
  });

  it('leaves an anchor alone that others use', () => {
    const text = `${head}  - value: Wealth\n    agree: &a {action: I go.}\n  - value: Freedom\n    agree: *a\n`;
    const { unplaced } = placeActions(text, [NEW, { ...NEW, value: 'Freedom' }], { replace: true });
    expect(unplaced.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/anchor or alias/),
      expect.stringMatching(/anchor or alias/),
    ]);
  });
});

const nasty = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'a: b',
    '# c',
    "it's",
    '"q"',
    'x\ny',
    '- d',
    '| e',
    '*a',
    '&b',
    '{}',
    '[',
    '...',
    '---',
    'null',
    'yes',
    '0x1',
    '~',
    '\u2028',
    '\u0000',
    '\ud83d',
    '%',
    '@',
    'a #b',
    'a:',
    '\tt',
    '\\n',
    '\ufeff',
    '<b>',
    '\x85',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const hostile = fc
  .array(nasty, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(' ').trim())
  .filter((text) => text !== '');
const texts = fc.record({
  action: hostile,
  attributions: fc.array(hostile, { maxLength: 3 }),
  explanation: fc.option(hostile, { nil: undefined }),
});

const layouts = [
  (side: string) =>
    `# top\n${head}  - value: Freedom # keep\n    ${side}:\n  - value: Wealth # me\n    note: "n: # ö"\n    # loose\n\n  - value: Power\n    definition: d\n`,
  (side: string) => `${head}- value: Wealth\n  ${side}: # c\n    action: \n- value: Freedom\n`,
  (side: string) =>
    `${head}  - {value: Freedom}\n  - {value: Wealth, ${side}: {action: "", attributions: [x] }, } # t\n`,
  (side: string) => `${head}  - value: Wealth\n    ${side}: { explanation: old, action: older } # t\n`,
  (side: string) =>
    `${head}  - value: Wealth\n    ${side}:\n      action: older\n      # c\n      attributions: [x, y]\n`,
  (side: string) =>
    `${head}  - value: Wealth\n    ${side}:\n      explanation: x\n      attributions:\n      - x\n  - value: Freedom`,
  () => JSON.stringify({ country: 'India', topic: 'Politics', items: [{ value: 'Wealth', note: '#' }] }, null, 2),
  (side: string) => JSON.stringify({ country: 'India', topic: 'Politics', items: [{ [side]: {}, value: 'Wealth' }] }),
  (side: string) => `{country: India, topic: Politics, items: [{value: Freedom}, {value: Wealth, ${side}: }]}`,
  () => `topic: Politics\ncountry: India\nitems:\n  - value: Wealth\nsystem: s\n---\n${head}  - value: Freedom\n`,
];

describe('any text in any layout', () => {
  it('is read again as it was accepted, and everything else is as it was, to the byte', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...layouts),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom<Polarity>('agree', 'disagree'),
        texts,
        (layout, eol, polarity, content) => {
          const text = layout(polarity).replaceAll('\n', eol);
          const action = { scenario: 'India · Politics', value: 'Wealth', polarity, ...content };
          const { placed, unplaced } = placeActions(text, [action], { replace: true });
          expect(unplaced).toEqual([]);
          const [edit] = placed.map(({ edit }) => edit);
          const changed = applyEdits(text, edit ? [edit] : []);
          // One change, within the item, and nothing but it.
          expect(placed).toHaveLength(1);
          const { offset, length, text: added } = edit ?? { offset: 0, length: 0, text: '' };
          expect(changed).toBe(text.slice(0, offset) + added + text.slice(offset + length));
          expect(contentsOf(changed, polarity)).toEqual({
            ...contentsOf(text, polarity),
            wanted: {
              action: content.action,
              attributions: content.attributions,
              explanation: content.explanation,
            },
          });
          expect(commentsOf(changed)).toEqual(expect.arrayContaining(commentsOf(text)));
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The action in question, and all the rest. */
function contentsOf(text: string, polarity: Polarity) {
  const { scenarios } = parseScenarioFile(text);
  let wanted: object | undefined;
  const rest = scenarios.map(({ name, country, topic, system, items }) => ({
    ...{ name, country, topic, system },
    items: items.map(({ value, definition, note, agree, disagree }) => {
      const sides = { agree: strip(agree), disagree: strip(disagree) };
      if (value === 'Wealth') {
        wanted = sides[polarity];
        sides[polarity] = undefined;
      }
      return { value, definition, note, ...sides };
    }),
  }));
  return { wanted, rest };
}

function strip(action: { action: string; attributions: readonly string[]; explanation?: string } | undefined) {
  return action && { action: action.action, attributions: action.attributions, explanation: action.explanation };
}

function commentsOf(text: string): string[] {
  return text.match(/# (?:top|keep|me|loose|c|t)\b/g) ?? [];
}
