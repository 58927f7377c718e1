import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/core/generation/apply';
import { collectProposals } from '../../src/core/generation/collect';
import { Generation } from '../../src/core/generation/generation';
import { composeHeader, selectAsked } from '../../src/core/generation/plan';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import {
  chosenOf,
  countStates,
  listClean,
  listOpen,
  ProposalReview,
} from '../../src/extension/generation/proposalReview';
import { sayCandidate, sayCounts, sayHead } from '../../src/extension/generation/proposalWords';

const TEXT = `# by hand
name: clinic
country: France
topic: Health
items:
  - value: Helpful # first
    agree:
      action: I drive my neighbour.
  - value: Wealth
`;

const t = (message: string, ...parts: (string | number)[]) =>
  message.replace(/\{(\d)\}/g, (_, at) => String(parts[Number(at)]));

type Answer = (value: string, polarity: string, variant: number) => string;

const write: Answer = (value, polarity, variant) =>
  JSON.stringify({ 'Human Action': `I ${polarity} with ${value}, ${variant}.`, 'Feature Attributions': [value] });

function review(answer: Answer = write, variants: readonly number[] = [5], text = TEXT): ProposalReview {
  const { scenarios } = parseScenarioFile(text);
  const asked = selectAsked(
    scenarios.map((scenario) => ({ file: 'a.scenario.yaml', scenario })),
    { polarities: ['agree', 'disagree'] },
  );
  const model = { id: 'lab/scribe', parameters: {}, notes: [] };
  const polarities = ['agree', 'disagree'] as const;
  const header = composeHeader({ id: '1', startedAt: '2026-01-01', model, variants, polarities, scenarios: asked });
  const generation = new Generation(header);
  const lines = [...generation.list()].map((key) =>
    generation.read(key, { raw: answer(key.value, key.polarity, key.variant), at: '2026-01-01' }),
  );
  return new ProposalReview(collectProposals(header, lines));
}

const statesOf = (one: ProposalReview, text: string) => one.view(text).places.map(({ state }) => state);

describe('the view', () => {
  test('shows every open proposal in the text, at its action', () => {
    const one = review();
    const { text, places } = one.view(TEXT);
    expect(places.map(({ range }) => text.slice(range?.start, range?.end))).toEqual([
      'I disagree with Helpful, 5.',
      'I agree with Wealth, 5.',
      'I disagree with Wealth, 5.',
    ]);
    expect(text).toContain('# first');
  });

  test('has no place in the text for a refusal and for prose, and points at their value', () => {
    const one = review((value, polarity, variant) => {
      if (value === 'Helpful') return "I'm sorry, but I can't help with that.";
      return polarity === 'agree' ? 'The weather is fine.' : write(value, polarity, variant);
    });
    const { text, places } = one.view(TEXT);
    expect(places.map(({ state }) => state)).toEqual(['unusable', 'unusable', 'open']);
    expect(places.slice(0, 2).map(({ range }) => text.slice(range?.start, range?.end))).toEqual(['Helpful', 'Wealth']);
    expect(places.map((place) => sayHead(place, t))).toEqual([
      '$(circle-slash) No disagree action: refused',
      '$(circle-slash) No agree action: answer unreadable',
      '$(sparkle) Proposed disagree action',
    ]);
    expect(sayCounts(countStates(one.view(TEXT)), t)).toBe('1 to decide, 2 without an action');
    expect(listOpen(one.view(TEXT))).toEqual([0, 1, 2]);
    expect(one.accept(TEXT, [0, 1]).edits).toEqual([]);
  });
});

describe('deciding', () => {
  test('what is accepted is known from the text, so that an undo opens it again', () => {
    const one = review();
    const { edits, accepted, unplaced } = one.accept(TEXT, [0]);
    one.markAccepted(accepted);
    expect(unplaced).toEqual([]);
    const changed = applyEdits(TEXT, edits);
    expect(statesOf(one, changed)).toEqual(['accepted', 'open', 'open']);
    expect(statesOf(one, TEXT)).toEqual(['open', 'open', 'open']);
  });

  test('what is rejected leaves the view, and comes back when that is taken back', () => {
    const one = review();
    one.reject([0, 1]);
    expect(one.view(TEXT).text).not.toContain('I disagree with Helpful');
    expect(statesOf(one, TEXT)).toEqual(['rejected', 'rejected', 'open']);
    one.reopen(0);
    expect(statesOf(one, TEXT)).toEqual(['open', 'rejected', 'open']);
  });

  test('what somebody accepted and reworded by hand stays accepted', () => {
    const one = review();
    const { edits, accepted } = one.accept(TEXT, [0]);
    one.markAccepted(accepted);
    const reworded = applyEdits(TEXT, edits).replace('I disagree with Helpful, 5.', 'I stay at home.');
    expect(statesOf(one, reworded)[0]).toBe('accepted');
  });

  test('all that is clean is accepted at once; what wants a look is left', () => {
    const long = `I ${'very '.repeat(60)}much agree.`;
    const one = review((value, polarity, variant) =>
      value === 'Helpful' ? JSON.stringify({ 'Human Action': long }) : write(value, polarity, variant),
    );
    expect(listClean(one.view(TEXT))).toEqual([1, 2]);
    const [first] = one.view(TEXT).places;
    expect(first && sayHead(first, t)).toBe('$(warning) over 50 words');
  });
});

describe('the file changed meanwhile', () => {
  test('lines above move the proposals, and are kept', () => {
    const one = review();
    const moved = TEXT.replace('items:', 'system: You are careful.\nitems:');
    const { edits } = one.accept(moved, [0, 1, 2]);
    expect(applyEdits(moved, edits)).toContain('system: You are careful.');
    expect(statesOf(one, moved)).toEqual(['open', 'open', 'open']);
  });

  test('an action that somebody wrote there stays, and the reason is told', () => {
    const one = review();
    const written = TEXT.replace('  - value: Wealth\n', '    disagree:\n      action: I stay.\n  - value: Wealth\n');
    const [first] = one.view(written).places;
    expect(first?.state).toBe('unplaced');
    expect(first?.reason).toMatch(/another disagree action/);
    expect(one.accept(written, [0]).unplaced[0]?.reason).toBe(first?.reason);
    expect(one.accept(written, [0]).edits).toEqual([]);
  });

  test('an item that is gone has no place in the text', () => {
    const [, , last] = review().view(TEXT.replace('  - value: Wealth\n', '')).places;
    expect(last?.state).toBe('unplaced');
    expect(last?.range).toBeUndefined();
  });
});

describe('several candidates', () => {
  test('the winner of the study is shown first, and one turns round among the eight', () => {
    const one = review(write, [0, 1, 2, 3, 4, 5, 6, 7]);
    const place = () => one.get(0)!;
    expect(chosenOf(place()).proposal.variant).toBe(5);
    expect(sayCandidate(place(), t)).toBe('variant 5 (6 of 8)');
    for (let step = 0; step < 3; step++) one.turn(0, 1);
    expect(chosenOf(place()).proposal.variant).toBe(0);
    one.turn(0, -1);
    expect(one.view(TEXT).text).toContain('I disagree with Helpful, 7.');
  });

  test('a clean one is shown rather than a winner that refuses', () => {
    const one = review(
      (value, polarity, variant) => (variant === 5 ? 'I cannot help with that.' : write(value, polarity, variant)),
      [4, 5],
    );
    expect(one.places.map((place) => chosenOf(place).proposal.variant)).toEqual([4, 4, 4]);
  });

  test('own words are checked and shown, and the model keeps its own beside them', () => {
    const one = review();
    one.reject([0]);
    one.edit(0, 'She walks  by Helpful.');
    const [shown] = one.view(TEXT).places;
    expect(shown?.state).toBe('open');
    expect(shown?.findings.map(({ code }) => code)).toEqual(['not-first-person']);
    expect(sayCandidate(one.get(0)!, t)).toBe('your wording (2 of 2)');
    one.turn(0, -1);
    expect(one.view(TEXT).text).toContain('I disagree with Helpful, 5.');
  });

  test('what was refused can be written by hand', () => {
    const one = review(() => "I'm sorry, but I can't help with that.");
    one.edit(0, 'I let my neighbour walk.');
    expect(statesOf(one, TEXT)[0]).toBe('open');
    expect(applyEdits(TEXT, one.accept(TEXT, [0]).edits)).toContain('I let my neighbour walk.');
  });

  test('another answer of the model is shown at once', () => {
    const one = review();
    const again = chosenOf(review((value) => JSON.stringify({ 'Human Action': `I skip ${value}.` })).get(0)!);
    one.addAnswer(0, again);
    expect(one.view(TEXT).text).toContain('I skip Helpful.');
    expect(sayCandidate(one.get(0)!, t)).toBe('asked again (2 of 2)');
  });

  test('the same words on both sides are told, until one of them goes', () => {
    const one = review((value) => JSON.stringify({ 'Human Action': `I do ${value}.` }));
    const codes = () => one.view(TEXT).places.map(({ findings }) => findings.map(({ code }) => code).join());
    expect(codes()).toEqual(['', 'identical-actions', 'identical-actions']);
    one.edit(1, 'I want Wealth.');
    expect(codes()).toEqual(['', '', '']);
  });
});
