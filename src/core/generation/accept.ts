/** Takes proposals into a text that may have changed since they were asked for: what somebody wrote meanwhile stays. */
import { noteUnusable } from '../dataset/generatorNotes';
import { formatScenarios } from '../scenario/format';
import type { Polarity, ScenarioFile } from '../scenario/model';
import { parseScenarioFile } from '../scenario/parse';
import type { ScenarioDocument } from '../scenario/schema';
import type { AcceptedAction } from './actionEdits';
import { type ActionEdit, applyEdits, placeActions } from './apply';
import { type OfferedProposal, toAccepted } from './collect';
import type { AskedScenario } from './record';

export interface UnplacedProposal {
  readonly offered: OfferedProposal;
  /** For people: why it is not in the text. */
  readonly reason: string;
}

export interface ProposalPlacement {
  /** Each stands by itself; together they are made in this order, with `applyEdits`. */
  readonly placed: readonly { readonly offered: OfferedProposal; readonly edit: ActionEdit }[];
  /** Those whose action stands in the text already, word for word. */
  readonly there: readonly OfferedProposal[];
  readonly unplaced: readonly UnplacedProposal[];
}

/**
 * Where each proposal goes: into an empty place, or over the action that it was asked to replace, if that still is the
 * one. Refusals and the like have no place.
 * @param read The text, read, where somebody has done so already.
 */
export function placeProposals(
  text: string,
  offered: readonly OfferedProposal[],
  read: Pick<ScenarioFile, 'scenarios'> = parseScenarioFile(text),
): ProposalPlacement {
  const written = listActions(read);
  const there: OfferedProposal[] = [];
  const unplaced: UnplacedProposal[] = [];
  const wanted: (AcceptedAction & { offered: OfferedProposal })[] = [];
  for (const one of offered) {
    const accepted = toAccepted(one);
    if (!accepted) {
      unplaced.push({ offered: one, reason: one.findings[0]?.message ?? 'There is no action in the answer.' });
      continue;
    }
    const { scenario, value, polarity, action } = accepted;
    const current = written.get(idOf(scenario, value, polarity));
    if (current === action) there.push(one);
    else if (current === undefined || current === actionBefore(one)) wanted.push({ ...accepted, offered: one });
    else {
      const reason = `"${value}" has another ${polarity} action by now, which stays.`;
      unplaced.push({ offered: one, reason });
    }
  }
  const placement = placeActions(text, wanted, { replace: true, read });
  return {
    placed: placement.placed.map(({ accepted, edit }) => ({ offered: accepted.offered, edit })),
    there,
    unplaced: [
      ...unplaced,
      ...placement.unplaced.map(({ accepted, reason }) => ({ offered: accepted.offered, reason })),
    ],
  };
}

/** The text with all of them in it. */
export function takeProposals(
  text: string,
  offered: readonly OfferedProposal[],
): ProposalPlacement & { readonly text: string } {
  const placement = placeProposals(text, offered);
  const edits = placement.placed.map(({ edit }) => edit);
  return { ...placement, text: applyEdits(text, edits) };
}

/** The text of a scenario that has no file yet: its values, and a note where the model refused. */
export function draftAsked(
  { name, country, topic, items }: AskedScenario,
  offered: readonly OfferedProposal[],
): string {
  const notes = new Map<string, string[]>();
  for (const { proposal } of offered) {
    const { value, polarity, answer, raw } = proposal;
    if (answer.kind !== 'refused') continue;
    notes.set(value, [...(notes.get(value) ?? []), noteUnusable('refused', polarity, raw)]);
  }
  const document: ScenarioDocument = {
    ...(name !== `${country} · ${topic}` && { name }),
    country,
    topic,
    items: items.map(({ value }) => {
      const noted = notes.get(value);
      return { value, ...(noted && { note: noted.join('\n') }) };
    }),
  };
  return formatScenarios([document]);
}

function actionBefore({ proposal, scenario }: OfferedProposal): string | undefined {
  return scenario.items.find(({ value }) => value === proposal.value)?.[proposal.polarity];
}

function listActions({ scenarios }: Pick<ScenarioFile, 'scenarios'>): Map<string, string | undefined> {
  const actions = new Map<string, string | undefined>();
  for (const { name, items } of scenarios) {
    for (const { value, agree, disagree } of items) {
      actions.set(idOf(name, value, 'agree'), agree?.action);
      actions.set(idOf(name, value, 'disagree'), disagree?.action);
    }
  }
  return actions;
}

function idOf(scenario: string, value: string, polarity: Polarity): string {
  return JSON.stringify([scenario, value, polarity]);
}
