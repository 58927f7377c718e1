/** What a generation comes to: counts and files on standard output, and what was left out by name. */
import type { OfferedProposal } from '../core/generation/collect';
import type { GenerationHeader } from '../core/generation/record';
import { formatCount } from '../display/numbers';
import type { RunOutcome } from '../engine/events';
import type { AcceptedFiles } from './acceptedFiles';
import { describeOutcome } from './outcomeText';
import { toOneTerminalLine } from './terminalText';

export interface FinishedGeneration {
  /** The file of proposals. */
  readonly path: string;
  readonly header: GenerationHeader;
  readonly outcome: RunOutcome;
  readonly offered: readonly OfferedProposal[];
  /** With `--accept`. */
  readonly accepted?: AcceptedFiles;
}

/** More lines are read by nobody. */
const MOST_LINES = 100;

export function printGeneration({ path, offered, accepted }: FinishedGeneration): void {
  const { proposals, clean, refused, unreadable, flagged } = countProposals(offered);
  const left = listLeft(offered, accepted);
  for (const { name, reason } of left.slice(0, MOST_LINES)) console.log(toOneTerminalLine(`${name}: ${reason}`));
  if (left.length > MOST_LINES) console.log(`and ${left.length - MOST_LINES} more: all of them with --json`);
  const counts = [
    `${clean} pass every check`,
    `${flagged} to look at`,
    `${refused} refused`,
    `${unreadable} that could not be read`,
  ];
  console.log(`${formatCount(proposals, 'proposal')} in ${path}: ${counts.join(', ')}`);
  for (const { path, actions } of accepted?.files ?? [])
    console.log(`${path}: ${formatCount(actions, 'action')} taken`);
}

/** Lines for standard error. */
export function describeGeneration({ path, header, outcome, accepted }: FinishedGeneration): string[] {
  const ended = outcome.status === 'done' ? [] : describeOutcome({ path, header, outcome }, 'generate');
  return [...(accepted?.problems ?? []), ...ended].map((line) => toOneTerminalLine(line));
}

export function toJson({ path, outcome, offered, accepted }: FinishedGeneration) {
  return {
    proposals: path,
    outcome,
    counts: countProposals(offered),
    left: listLeft(offered, accepted),
    ...(accepted && { files: accepted.files, problems: accepted.problems }),
  };
}

function countProposals(offered: readonly OfferedProposal[]) {
  const count = (is: (one: OfferedProposal) => boolean) => offered.filter(is).length;
  return {
    proposals: offered.length,
    clean: count(({ isClean }) => isClean),
    refused: count(({ proposal }) => proposal.answer.kind === 'refused'),
    unreadable: count(({ proposal }) => ['unparsed', 'wrong-polarity'].includes(proposal.answer.kind)),
    /** Actions that do not pass every check. */
    flagged: count(({ proposal, isClean }) => proposal.answer.kind === 'action' && !isClean),
  };
}

/** Every proposal that is not to be taken as it is, or could not be, and why. */
function listLeft(offered: readonly OfferedProposal[], accepted: AcceptedFiles | undefined) {
  const unclean = offered.filter(({ isClean }) => !isClean);
  return [
    ...unclean.map((one) => describeLeft(one, one.findings.map(({ message }) => message).join(' '))),
    ...(accepted?.unplaced ?? []).map(({ offered, reason }) => describeLeft(offered, reason)),
  ];
}

function describeLeft({ proposal, scenario, findings }: OfferedProposal, reason: string) {
  const { value, polarity, variant } = proposal;
  return {
    name: `${scenario.key} · ${value}, ${polarity} (variant ${variant})`,
    scenario: scenario.key,
    value,
    polarity,
    variant,
    checks: findings.map(({ code }) => code),
    reason,
  };
}
