/** The proposals of a generation as they are offered: each with everything that speaks for looking twice. */
import type { Polarity } from '../scenario/model';
import type { AcceptedAction } from './actionEdits';
import { checkSides, isClean } from './checks';
import type { AskedScenario, Finding, GenerationHeader, GenerationObservation, Proposal } from './record';

export interface OfferedProposal {
  readonly proposal: Proposal;
  readonly scenario: AskedScenario;
  readonly findings: readonly Finding[];
  /** Whether it can be taken as it is. */
  readonly isClean: boolean;
}

/** In the order of asking; failures are no proposals, and an answer to something that was not asked is none. */
export function collectProposals(
  header: Pick<GenerationHeader, 'scenarios' | 'variants'>,
  observations: Iterable<GenerationObservation>,
): OfferedProposal[] {
  const known = new Map<string, Proposal>();
  for (const observation of observations) {
    if (observation.type !== 'proposal') continue;
    const id = idOf(observation.scenario, observation.value, observation.variant, observation.polarity);
    if (!known.has(id)) known.set(id, observation);
  }
  const offered: OfferedProposal[] = [];
  for (const scenario of header.scenarios) {
    for (const { value, ask } of scenario.items) {
      for (const variant of header.variants) {
        const sides = ask.map((polarity) => known.get(idOf(scenario.key, value, variant, polarity)));
        for (const proposal of sides) {
          if (!proposal) continue;
          const other = sides.find((one) => one && one.polarity !== proposal.polarity);
          const findings = addShared(proposal, other);
          offered.push({ proposal, scenario, findings, isClean: isClean(findings) });
        }
      }
    }
  }
  return offered;
}

/** What can go into a file; undefined for a refusal and the like. */
export function toAccepted({ proposal, scenario }: OfferedProposal): AcceptedAction | undefined {
  const { value, polarity, answer } = proposal;
  if (answer.kind !== 'action') return undefined;
  const { action, attributions, explanation } = answer;
  return { scenario: scenario.name, value, polarity, action, attributions, explanation };
}

function addShared({ answer, checks }: Proposal, other: Proposal | undefined): Finding[] {
  if (answer.kind !== 'action' || other?.answer.kind !== 'action') return [...checks];
  const isSaid = checks.some(({ code }) => code === 'identical-actions');
  return isSaid ? [...checks] : [...checks, ...checkSides(answer.action, other.answer.action)];
}

function idOf(scenario: string, value: string, variant: number, polarity: Polarity): string {
  return JSON.stringify([scenario, value, variant, polarity]);
}
