/** Generating actions as an assignment: its requests, and what becomes of their replies. */
import { generationAnswerFormat, renderGeneration } from '../prompts/generation';
import type { Assignment, Failure } from '../runs/assignment';
import type { Prompt, ReceivedReply } from '../runs/exchange';
import type { Polarity } from '../scenario/model';
import { checkAnswer } from './checks';
import { readProposed } from './readProposed';
import type {
  AskedItem,
  AskedScenario,
  GenerationFailure,
  GenerationHeader,
  GenerationObservation,
  Proposal,
} from './record';

/** Names one request of a generation. */
export interface ProposalKey {
  readonly scenario: string;
  readonly value: string;
  readonly polarity: Polarity;
  readonly variant: number;
}

export type GenerationPlan = Pick<GenerationHeader, 'scenarios' | 'variants' | 'polarities'> & {
  readonly model: Pick<GenerationHeader['model'], 'parameters'>;
};

/** Equal for two keys of the same request, and for the line that answers it. */
export function proposalId({ scenario, value, polarity, variant }: ProposalKey): string {
  return JSON.stringify([scenario, value, polarity, variant]);
}

export class Generation implements Assignment<ProposalKey, GenerationObservation> {
  private readonly scenarios = new Map<string, { scenario: AskedScenario; items: Map<string, AskedItem> }>();

  constructor(private readonly plan: GenerationPlan) {
    for (const scenario of plan.scenarios) {
      this.scenarios.set(scenario.key, { scenario, items: new Map(scenario.items.map((item) => [item.value, item])) });
    }
  }

  get parameters() {
    return this.plan.model.parameters;
  }

  count(): number {
    const asked = this.plan.scenarios.flatMap(({ items }) => items.map((item) => item.ask.length));
    return this.plan.variants.length * asked.reduce((sum, sides) => sum + sides, 0);
  }

  /** Both sides of an item one after the other, so that whole items become known. */
  *list(): Generator<ProposalKey> {
    for (const { key: scenario, items } of this.plan.scenarios) {
      for (const { value, ask } of items) {
        for (const variant of this.plan.variants) {
          for (const polarity of ask) yield { scenario, value, polarity, variant };
        }
      }
    }
  }

  idOf(key: ProposalKey): string {
    return proposalId(key);
  }

  requestOf({ scenario, value, polarity, variant }: GenerationObservation): ProposalKey {
    return { scenario, value, polarity, variant };
  }

  describe({ value, polarity, variant }: ProposalKey): string {
    return `${value}, ${polarity} action (variant ${variant})`;
  }

  /** @throws {RangeError} where the generation has no such scenario or item. */
  render(key: ProposalKey): Prompt {
    const { scenario, item } = this.find(key);
    const { country, topic } = scenario;
    const { value, definition } = item;
    return {
      messages: renderGeneration({ country, topic, value, definition }, key.polarity, key.variant),
      answerFormat: generationAnswerFormat(),
    };
  }

  read(key: ProposalKey, reply: ReceivedReply): Proposal {
    const { polarity } = key;
    const { item } = this.find(key);
    const otherSide = polarity === 'agree' ? 'disagree' : 'agree';
    // One that is asked for as well is about to be replaced.
    const other = item.ask.includes(otherSide) ? undefined : item[otherSide];
    const { answer, findings } = checkAnswer(readProposed(reply.raw, polarity), polarity, other);
    return { type: 'proposal', ...key, answer, checks: [...findings], ...reply };
  }

  fail(key: ProposalKey, { code, message, at }: Failure): GenerationFailure {
    return { type: 'failure', ...key, failure: { code, message }, at };
  }

  couldNotBeRead(observation: GenerationObservation): boolean {
    return observation.type === 'proposal' && ['unparsed', 'wrong-polarity'].includes(observation.answer.kind);
  }

  countUnusable(observation: GenerationObservation): number {
    return observation.type === 'proposal' && observation.answer.kind !== 'action' ? 1 : 0;
  }

  shelfOf({ scenario }: ProposalKey): readonly string[] {
    const found = this.scenarios.get(scenario)?.scenario;
    return found ? ['generate', found.country, found.topic] : [];
  }

  sampleOf({ polarity, variant }: ProposalKey): readonly (string | number)[] {
    return ['generate', polarity, variant];
  }

  private find({ scenario: name, value }: ProposalKey): { scenario: AskedScenario; item: AskedItem } {
    const found = this.scenarios.get(name);
    const item = found?.items.get(value);
    if (!found || !item) throw new RangeError(`The generation does not ask about "${value}" in "${name}".`);
    return { scenario: found.scenario, item };
  }
}
