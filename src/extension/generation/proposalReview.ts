/**
 * What somebody has decided about the proposals for one scenario file. What stands in the file is read from its text
 * each time, so that an undo, or what was typed meanwhile, needs no telling.
 */
import { placeProposals } from '../../core/generation/accept';
import { type ActionEdit, applyEdits } from '../../core/generation/apply';
import { checkAnswer, checkSides, isClean } from '../../core/generation/checks';
import type { OfferedProposal } from '../../core/generation/collect';
import type { Finding } from '../../core/generation/record';
import { BEST_GENERATION_VARIANT } from '../../core/prompts/generation';
import type { Polarity, TextRange } from '../../core/scenario/model';
import { parseScenarioFile } from '../../core/scenario/parse';

export interface Candidate {
  readonly offered: OfferedProposal;
  readonly origin: 'model' | 'again' | 'edited';
}

/** One action that was asked for, and everything that was proposed for it. */
export interface ProposedPlace {
  /** From 0, in the order of asking; names the place in commands. */
  readonly index: number;
  readonly scenario: string;
  readonly value: string;
  readonly polarity: Polarity;
  readonly candidates: readonly Candidate[];
  /** Which of them is shown. */
  readonly chosen: number;
}

/**
 * `open`: to be decided. `unusable`: there is no action in the answer. `unplaced`: the text has changed so that it no
 * longer fits.
 */
export type PlaceState = 'open' | 'accepted' | 'rejected' | 'unusable' | 'unplaced';

export interface ShownPlace {
  readonly place: ProposedPlace;
  readonly state: PlaceState;
  readonly findings: readonly Finding[];
  /** Why it is not in the text, for `unplaced`. */
  readonly reason?: string;
  /** In the text of the view: the action, or the value it belongs to; undefined where the item is gone. */
  readonly range?: TextRange;
}

export interface ReviewView {
  /** The file as it is. */
  readonly source: string;
  /** The file with every open proposal in it. */
  readonly text: string;
  readonly places: readonly ShownPlace[];
}

export interface Acceptance {
  /** In the text that was given, in order; together they are one step. */
  readonly edits: readonly ActionEdit[];
  readonly accepted: readonly number[];
  readonly unplaced: readonly { readonly place: ProposedPlace; readonly reason: string }[];
}

interface KeptPlace {
  index: number;
  scenario: string;
  value: string;
  polarity: Polarity;
  candidates: Candidate[];
  chosen: number;
  decision?: 'accepted' | 'rejected';
}

export class ProposalReview {
  private readonly kept: KeptPlace[] = [];

  constructor(offered: readonly OfferedProposal[]) {
    const known = new Map<string, KeptPlace>();
    for (const one of offered) {
      const { value, polarity } = one.proposal;
      const { key, name } = one.scenario;
      const id = JSON.stringify([key, value, polarity]);
      const place = known.get(id);
      if (place) place.candidates.push({ offered: one, origin: 'model' });
      else {
        const candidates: Candidate[] = [{ offered: one, origin: 'model' }];
        const fresh = { index: this.kept.length, scenario: name, value, polarity, candidates, chosen: 0 };
        known.set(id, fresh);
        this.kept.push(fresh);
      }
    }
    for (const place of this.kept) place.chosen = pickBest(place.candidates);
  }

  get places(): readonly ProposedPlace[] {
    return this.kept;
  }

  get(index: number): ProposedPlace | undefined {
    return this.kept[index];
  }

  /** @param step 1 for the next, -1 for the one before; after the last comes the first. */
  turn(index: number, step: 1 | -1): void {
    const place = this.kept[index];
    if (!place) return;
    const { length } = place.candidates;
    place.chosen = (place.chosen + step + length) % length;
    place.decision = undefined;
  }

  reject(indices: readonly number[]): void {
    for (const index of indices) {
      const place = this.kept[index];
      if (place) place.decision = 'rejected';
    }
  }

  /** Takes a rejection back. */
  reopen(index: number): void {
    const place = this.kept[index];
    if (place) place.decision = undefined;
  }

  /** Somebody's own words; checked as a model's are. The proposal that they came from stays beside them. */
  edit(index: number, action: string): void {
    const place = this.kept[index];
    const from = place?.candidates[place.chosen]?.offered;
    if (!place || !from) return;
    const { answer } = from.proposal;
    const { attributions, explanation } = answer.kind === 'action' ? answer : { attributions: [] };
    const read = { kind: 'action', action, attributions, explanation, repaired: false } as const;
    const checked = checkAnswer(read, place.polarity);
    const proposal = { ...from.proposal, answer: checked.answer, checks: [...checked.findings] };
    const offered = { ...from, proposal, findings: checked.findings, isClean: isClean(checked.findings) };
    this.addCandidate(place, { offered, origin: 'edited' });
  }

  /** Another answer of the model. */
  addAnswer(index: number, offered: OfferedProposal): void {
    const place = this.kept[index];
    if (place) this.addCandidate(place, { offered, origin: 'again' });
  }

  /** How the file looks with the open proposals in it, and where each stands. */
  view(text: string): ReviewView {
    const placement = placeProposals(text, this.listWanted());
    const there = new Set(placement.there);
    const placed = new Set(placement.placed.map(({ offered }) => offered));
    const reasons = new Map(placement.unplaced.map(({ offered, reason }) => [offered, reason]));
    const viewed = applyEdits(
      text,
      placement.placed.map(({ edit }) => edit),
    );
    const find = locate(viewed);
    const places = this.kept.map((place): ShownPlace => {
      const offered = chosenOf(place);
      // What was accepted and no longer stands there was undone.
      if (place.decision === 'accepted' && placed.has(offered)) place.decision = undefined;
      const reason = reasons.get(offered);
      const state = stateOf(place, offered, there.has(offered), reason);
      const range = find(place, state);
      return {
        place,
        state,
        findings: this.findingsOf(place),
        ...(state === 'unplaced' && { reason }),
        ...(range && { range }),
      };
    });
    return { source: text, text: viewed, places };
  }

  /**
   * The change that takes proposals into the text as it is now. Whoever makes it says so with `markAccepted`.
   * @param indices Refusals among them are left out.
   */
  accept(text: string, indices: readonly number[]): Acceptance {
    const wanted = new Map(
      indices.flatMap((index) => {
        const place = this.kept[index];
        const offered = place && chosenOf(place);
        return place && offered?.proposal.answer.kind === 'action' ? [[offered, place] as const] : [];
      }),
    );
    const { placed, there, unplaced } = placeProposals(text, [...wanted.keys()]);
    const taken = [...placed.map(({ offered }) => offered), ...there];
    return {
      edits: placed.map(({ edit }) => edit),
      accepted: taken.flatMap((offered) => wanted.get(offered)?.index ?? []),
      unplaced: unplaced.flatMap(({ offered, reason }) => {
        const place = wanted.get(offered);
        return place ? [{ place, reason }] : [];
      }),
    };
  }

  markAccepted(indices: readonly number[]): void {
    for (const index of indices) {
      const place = this.kept[index];
      if (place) place.decision = 'accepted';
    }
  }

  private addCandidate(place: KeptPlace, candidate: Candidate): void {
    place.candidates.push(candidate);
    place.chosen = place.candidates.length - 1;
    place.decision = undefined;
  }

  /** Rejected ones are not in the file's picture. */
  private listWanted(): OfferedProposal[] {
    return this.kept.flatMap((place) => (place.decision === 'rejected' ? [] : [chosenOf(place)]));
  }

  /** With what the proposal shares with the one that is chosen for the other side. */
  private findingsOf(place: KeptPlace): readonly Finding[] {
    const { proposal, findings } = chosenOf(place);
    const other = this.kept.find(
      ({ scenario, value, polarity }) =>
        scenario === place.scenario && value === place.value && polarity !== place.polarity,
    );
    const otherAnswer = other && other.decision !== 'rejected' ? chosenOf(other).proposal.answer : undefined;
    const own = findings.filter(({ code }) => code !== 'identical-actions' || !otherAnswer);
    if (proposal.answer.kind !== 'action' || otherAnswer?.kind !== 'action') return own;
    return [...own, ...checkSides(proposal.answer.action, otherAnswer.action)];
  }
}

/** Those that nothing speaks against: what can be accepted unread. */
export function listClean({ places }: ReviewView): number[] {
  return places.filter(({ state, findings }) => state === 'open' && isClean(findings)).map(({ place }) => place.index);
}

export function listOpen({ places }: ReviewView): number[] {
  return places.filter(({ state }) => state === 'open' || state === 'unusable').map(({ place }) => place.index);
}

export function countStates({ places }: ReviewView): Readonly<Record<PlaceState, number>> {
  const counts = { open: 0, accepted: 0, rejected: 0, unusable: 0, unplaced: 0 };
  for (const { state } of places) counts[state]++;
  return counts;
}

export function chosenOf({ candidates, chosen }: ProposedPlace): OfferedProposal {
  const candidate = candidates[chosen];
  if (!candidate) throw new RangeError(`There is no candidate ${chosen}: there are ${candidates.length}.`);
  return candidate.offered;
}

/** The published winner where it is clean, else the first clean one, else the first with an action in it. */
function pickBest(candidates: readonly Candidate[]): number {
  const isBest = ({ offered }: Candidate) => offered.isClean && offered.proposal.variant === BEST_GENERATION_VARIANT;
  const rules = [
    isBest,
    ({ offered }: Candidate) => offered.isClean,
    ({ offered }: Candidate) => offered.proposal.answer.kind === 'action',
  ];
  for (const rule of rules) {
    const at = candidates.findIndex(rule);
    if (at >= 0) return at;
  }
  return 0;
}

function stateOf(place: KeptPlace, offered: OfferedProposal, isThere: boolean, reason?: string): PlaceState {
  if (place.decision === 'rejected') return 'rejected';
  if (isThere) return 'accepted';
  if (offered.proposal.answer.kind !== 'action') return 'unusable';
  if (reason === undefined) return 'open';
  // What was accepted and reworded by hand since is settled.
  return place.decision === 'accepted' ? 'accepted' : 'unplaced';
}

function locate(text: string): (place: ProposedPlace, state: PlaceState) => TextRange | undefined {
  const items = new Map(
    parseScenarioFile(text).scenarios.flatMap(({ name, items }) =>
      items.map((item) => [JSON.stringify([name, item.value]), item] as const),
    ),
  );
  return ({ scenario, value, polarity }, state) => {
    const item = items.get(JSON.stringify([scenario, value]));
    const isWritten = state === 'open' || state === 'accepted';
    return (isWritten ? item?.[polarity]?.actionRange : undefined) ?? item?.valueRange;
  };
}
