import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem, ProblemCode } from '../../src/core/scenario/model';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { collectDefinitions, computeQuickFixes, fixAll } from '../../src/language/quickFixes';
import type { QuickFix } from '../../src/language/quickFixModel';
import { SAMPLES } from './samples';
import { applyEdits, openText } from './source';

const HEAD = 'country: India\ntopic: Religion\n';
const AGREE = '    agree:\n      action: I save every coin.\n';
const DISAGREE = '    disagree:\n      action: I give.\n';
const WEALTH = `  - value: Wealth\n${AGREE}${DISAGREE}`;
const json = (items: string) => `{ "country": "India", "topic": "Religion", "items": [${items}] }`;
const JSON_WEALTH = '{ "value": "Wealth", "agree": { "action": "I save." }, "disagree": { "action": "I give." } }';

function fixesOf(text: string, code?: ProblemCode): QuickFix[] {
  const file = openText(text);
  return computeQuickFixes(
    file,
    file.problems.filter((problem) => code === undefined || problem.code === code),
  );
}

function applyFirst(text: string, code: ProblemCode, title?: string): string {
  const fixes = fixesOf(text, code);
  const fix = title === undefined ? fixes[0] : fixes.find((each) => each.title === title);
  if (!fix) throw new Error(`No fix among: ${fixes.map((each) => each.title).join(', ')}`);
  return applyEdits(text, fix.edits);
}

/** How often each problem occurs, wherever it is. */
function countProblems(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { message } of problems) counts.set(message, (counts.get(message) ?? 0) + 1);
  return counts;
}

/** Each fix takes its problem away and brings none; where it leaves a place to write in, once that is done. */
function checkFixes(text: string): number {
  const before = countProblems(parseScenarioFile(text).problems);
  const fixes = fixesOf(text);
  for (const fix of fixes) {
    const fixed = fillPlace(applyEdits(text, fix.edits), fix.cursor);
    const after = parseScenarioFile(fixed).problems;
    const told = `${fix.title}\n${text}\n=>\n${fixed}`;
    const { message } = fix.problem;
    expect(countProblems(after).get(message) ?? 0, told).toBeLessThan(before.get(message) ?? 0);
    const news = after.filter((problem) => problem.severity === 'error' && !before.has(problem.message));
    // What is written here is no value that is known; and warnings may come to light that nobody could see before.
    expect(
      news.filter(({ code }) => code !== 'unknown-definition'),
      told,
    ).toEqual([]);
  }
  return fixes.length;
}

function fillPlace(text: string, cursor: number | undefined): string {
  return cursor === undefined ? text : `${text.slice(0, cursor)}I act${text.slice(cursor)}`;
}

describe('replacing what was mistyped', () => {
  it.each<[string, ProblemCode, string, string]>([
    [
      'a value',
      'unknown-value',
      `${HEAD}items:\n${WEALTH.replace('Wealth', 'Welth # x')}`,
      `${HEAD}items:\n${WEALTH.replace('Wealth', 'Wealth # x')}`,
    ],
    ['a value in quotes', 'unknown-value', json(JSON_WEALTH.replace('Wealth', 'wealth')), json(JSON_WEALTH)],
    ['a key', 'unknown-key', `${HEAD}itms:\n${WEALTH}`, `${HEAD}items:\n${WEALTH}`],
    ['a key in JSON', 'unknown-key', json(JSON_WEALTH.replace('agree', 'agre')), json(JSON_WEALTH)],
    [
      'a key of an action',
      'unknown-key',
      `${HEAD}items:\n${WEALTH}`.replace('I give.', 'I give.\n      explanaton: x'),
      `${HEAD}items:\n${WEALTH}`.replace('I give.', 'I give.\n      explanation: x'),
    ],
    [
      'a placeholder',
      'unknown-placeholder',
      `${HEAD}prompts:\n  task1:\n    survey:\n      context: In {{ contry }}\nitems:\n${WEALTH}`,
      `${HEAD}prompts:\n  task1:\n    survey:\n      context: In {{country}}\nitems:\n${WEALTH}`,
    ],
    ['a country', 'unknown-country', `${HEAD.replace('India', 'Indja')}items:\n${WEALTH}`, `${HEAD}items:\n${WEALTH}`],
  ])('%s', (_, code, text, expected) => {
    expect(applyFirst(text, code)).toBe(expected);
    checkFixes(text);
  });

  it('writes no value and no key twice', () => {
    expect(
      fixesOf(`${HEAD}items:\n${WEALTH}${WEALTH.replace('Wealth', 'Welth')}`, 'unknown-value').map(
        ({ title }) => title,
      ),
    ).toEqual(['Add a definition']);
    expect(fixesOf(`${HEAD}countri: x\nitems:\n${WEALTH}`, 'unknown-key')).toEqual([]);
  });
});

describe('adding what is missing', () => {
  it.each<[string, string, string]>([
    [
      'in block style',
      `${HEAD}items:\n  - value: Wealth # mine\n${AGREE}\n  # next\n${WEALTH.replace('Wealth', 'Authority')}`,
      `${HEAD}items:\n  - value: Wealth # mine\n${AGREE}    disagree:\n      action: \n\n  # next\n${WEALTH.replace('Wealth', 'Authority')}`,
    ],
    [
      'with dashes that are not indented',
      `${HEAD}items:\n- value: Wealth\n  agree:\n    action: I save.`,
      `${HEAD}items:\n- value: Wealth\n  agree:\n    action: I save.\n  disagree:\n    action: `,
    ],
    [
      'with CRLF',
      `${HEAD}items:\n  - value: Wealth\n${AGREE}`.replaceAll('\n', '\r\n'),
      `${HEAD}items:\n  - value: Wealth\n${AGREE}    disagree:\n      action: \n`.replaceAll('\n', '\r\n'),
    ],
    [
      'in brackets',
      `${HEAD}items:\n  - { value: Wealth, agree: { action: I save. } }\n`,
      `${HEAD}items:\n  - { value: Wealth, agree: { action: I save. }, disagree: { action: "" } }\n`,
    ],
    [
      'in JSON',
      json('{ "value": "Wealth", "agree": { "action": "I save." } }'),
      json('{ "value": "Wealth", "agree": { "action": "I save." }, "disagree": { "action": "" } }'),
    ],
    [
      'in JSON over several lines',
      json('\n{\n  "value": "Wealth",\n  "agree": { "action": "I save." }\n}\n'),
      json('\n{\n  "value": "Wealth",\n  "agree": { "action": "I save." },\n  "disagree": { "action": "" }\n}\n'),
    ],
    [
      'an action of which there is only the key',
      `${HEAD}items:\n  - value: Wealth\n${AGREE}    disagree:\n`,
      `${HEAD}items:\n  - value: Wealth\n${AGREE}    disagree:\n      action: \n`,
    ],
    [
      'an action that has an explanation already',
      `${HEAD}items:\n  - value: Wealth\n${AGREE}    disagree: # why\n        explanation: x\n`,
      `${HEAD}items:\n  - value: Wealth\n${AGREE}    disagree: # why\n        action: \n        explanation: x\n`,
    ],
    [
      'an action in an empty map',
      json('{ "value": "Wealth", "agree": { "action": "I save." }, "disagree": {} }'),
      json('{ "value": "Wealth", "agree": { "action": "I save." }, "disagree": {"action": ""} }'),
    ],
  ])('an action, %s', (_, text, expected) => {
    const [fix] = fixesOf(text, 'missing-action');
    expect(fix && applyEdits(text, fix.edits)).toBe(expected);
    expect(expected.slice(0, fix?.cursor)).toMatch(/action"?: "?$/);
    expect(parseScenarioFile(fillPlace(expected, fix?.cursor)).problems).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['a country', `topic: Religion\nitems:\n${WEALTH}`, `country: \ntopic: Religion\nitems:\n${WEALTH}`],
    ['a topic in JSON', '{ "country": "x", "items": [] }', '{ "topic": "", "country": "x", "items": [] }'],
    [
      'a value',
      `${HEAD}items:\n  - agree:\n      action: I save.\n`,
      `${HEAD}items:\n  - value: \n    agree:\n      action: I save.\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(applyFirst(text, 'missing-key')).toBe(expected);
  });

  it('a definition, with the words of another item where it has some', () => {
    const own = `${HEAD}items:\n${WEALTH.replace('Wealth', 'Digital Privacy')}`;
    expect(applyFirst(own, 'unknown-definition')).toContain('value: Digital Privacy\n    definition: \n    agree:');
    const file = openText(own);
    const other = openText(`${HEAD}items:\n  - value: Digital Privacy\n    definition: "who: sees"\n`);
    const [fix] = computeQuickFixes(file, file.problems, collectDefinitions([other]));
    expect(fix?.title).toBe('Add the definition that another item has');
    const fixed = applyEdits(own, fix?.edits ?? []);
    expect(parseScenarioFile(fixed)).toMatchObject({
      problems: [],
      scenarios: [{ items: [{ definition: 'who: sees' }] }],
    });
    expect(applyFirst(json(JSON_WEALTH.replace('Wealth', 'Zzz')), 'unknown-definition')).toContain(
      '"value": "Zzz", "definition": "", "agree"',
    );
  });
});

describe('removing a duplicate', () => {
  const other = WEALTH.replace('Wealth', 'Authority');
  it.each<[string, string, string]>([
    ['in the middle', `${HEAD}items:\n${WEALTH}\n${WEALTH}\n${other}`, `${HEAD}items:\n${WEALTH}\n\n${other}`],
    ['at the end', `${HEAD}items:\n${WEALTH}${WEALTH.trimEnd()}`, `${HEAD}items:\n${WEALTH}`],
    [
      'with a comment behind',
      `${HEAD}items:\n${WEALTH}${WEALTH.trimEnd()} # twice\n# end\n`,
      `${HEAD}items:\n${WEALTH}# end\n`,
    ],
    ['in JSON', json(`${JSON_WEALTH}, ${JSON_WEALTH}`), json(JSON_WEALTH)],
    [
      'in the middle of JSON',
      json(`${JSON_WEALTH}, ${JSON_WEALTH}, ${JSON_WEALTH.replace('Wealth', 'Authority')}`),
      json(`${JSON_WEALTH}, ${JSON_WEALTH.replace('Wealth', 'Authority')}`),
    ],
  ])('%s', (_, text, expected) => {
    expect(applyFirst(text, 'duplicate-value')).toBe(expected);
    checkFixes(text);
  });

  it('is not offered where something in it is repeated elsewhere', () => {
    const named = WEALTH.replace('disagree:', 'disagree: &give');
    expect(
      fixesOf(`${HEAD}items:\n${WEALTH}${named}${other.replace(DISAGREE, '    disagree: *give\n')}`, 'duplicate-value'),
    ).toEqual([]);
  });
});

describe('attributions', () => {
  const item = (list: string) =>
    `${HEAD}items:\n  - value: Wealth\n    agree:\n      action: I save every coin for the big, old clinic.\n      attributions: ${list}\n${DISAGREE}`;
  it.each<[string, string, string]>([
    ['to the words that are there', '[save each coin for the big]', '[coin for the big]'],
    ['with a comma that needs quotes', '[for the big old clinic]', "['for the big, old clinic']"],
    ['in quotes', '["he saves every coin!"]', '["every coin"]'],
    ['in a list of lines', '\n        - save\n        - a coin for the', '\n        - save\n        - coin for the'],
    ['whatever the case', '[SAVE Every Dime]', '[save every]'],
  ])('are trimmed %s', (_, list, expected) => {
    const fixed = applyFirst(item(list), 'attribution-not-in-action');
    expect(fixed).toBe(item(expected));
    expect(parseScenarioFile(fixed).problems).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['one of several', '[save, zzz, every]', '[save, every]'],
    ['the last', '[save, zzz]', '[save]'],
    ['the only one', '[zzz]', '[]'],
    ['a line', '\n        - save\n        - zzz # no', '\n        - save'],
    ['the only line', '\n        # none\n        - zzz', '[] \n        # none'],
  ])('are removed: %s', (_, list, expected) => {
    expect(fixesOf(item(list)).map(({ title }) => title)).toEqual(['Remove this attribution']);
    expect(applyFirst(item(list), 'attribution-not-in-action')).toBe(item(expected));
    checkFixes(item(list));
  });
});

describe('fixing all', () => {
  const fixed = (text: string) => {
    const file = openText(text);
    return applyEdits(text, fixAll(file, file.problems));
  };

  it('does what is safe, and leaves the rest', () => {
    const text = `${HEAD.replace('India', 'Indja')}itms:\n  - value: Welth\n${AGREE}      attributions: ["save, every coin", zzz]\n${DISAGREE}  - value: Sociable Oder\n${AGREE}`;
    // Below a wrong key nothing is looked at, nor the actions of a value that is not known: one turn each.
    expect(fixed(fixed(fixed(text)))).toBe(
      `${HEAD.replace('India', 'Indja')}items:\n  - value: Wealth\n${AGREE}      attributions: ["save every coin", zzz]\n${DISAGREE}  - value: Sociable Oder\n${AGREE}`,
    );
  });

  it('writes a value once where two were mistyped', () => {
    const text = `${HEAD}items:\n${WEALTH.replace('Wealth', 'Welth')}${WEALTH.replace('Wealth', 'Wealthh')}`;
    expect(fixed(text)).toBe(`${HEAD}items:\n${WEALTH}${WEALTH.replace('Wealth', 'Wealthh')}`);
  });
});

describe('whatever the text', () => {
  const samples = Object.values(SAMPLES);

  it('each fix takes its problem away and brings none', () => {
    // Slips of the pen in whole files: a sign is lost, doubled or changed.
    const slip = fc.record({
      sample: fc.nat(samples.length - 1),
      at: fc.nat(2000),
      sign: fc.constantFrom('', 'x', 'e', ' '),
    });
    let fixes = 0;
    fc.assert(
      fc.property(slip, ({ sample, at, sign }) => {
        const text = samples[sample] ?? '';
        const place = at % text.length;
        const slipped = text.slice(0, place) + sign + text.slice(place + 1);
        // In broken text nobody knows what belongs where.
        const isBroken = parseScenarioFile(slipped).problems.some(({ code }) => code === 'syntax');
        if (isBroken) for (const { edits } of fixesOf(slipped)) applyEdits(slipped, edits);
        else fixes += checkFixes(slipped);
      }),
      { numRuns: 500, seed: 5 },
    );
    expect(fixes).toBeGreaterThan(100);
  }, 20_000);

  it('no text makes it throw', () => {
    const bits = fc.constantFrom(
      'country: x\n',
      'topic: y\n',
      'items:\n',
      '  - value: Welth\n',
      '    agree:\n',
      '      action: I\n',
      '      attributions: [x]\n',
      '{',
      '}',
      '"',
      ',',
      '&a ',
      '*a',
      '\r\n',
      '\t',
      '😀',
      '---\n',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        for (const { edits } of fixesOf(text)) applyEdits(text, edits);
        const file = openText(text);
        applyEdits(text, fixAll(file, file.problems));
      }),
      { numRuns: 1000, seed: 5 },
    );
  });
});
