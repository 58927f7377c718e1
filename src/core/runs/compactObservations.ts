/**
 * The observations of a run, as what measures read of them. A whole study has 60,192: as objects they weigh 25 MB, here
 * two. Raw texts, times and what was spent are not kept; of the explanations of an item, that of the first variant for
 * each choice is, since nobody shows more of them.
 */
import type { ActedAnswer, ActObservation, FailureObservation, Observation, StatedAnswer } from './record';

const STATED: readonly StatedAnswer[] = [1, 2, 3, 4, 'refused', 'unparsed', 'missing'];
const ACTED: readonly ActedAnswer[] = ['agree', 'disagree', 'refused', 'unparsed', 'missing'];

const STATE = 0;
const ACT = 1;
const FAILED_STATE = 2;
const FAILED_ACT = 3;

/** Largest number in a column. */
const MOST = 0xffff_ffff;
/** Added to the number of a value. */
const EXPLAINED = 0x8000_0000;
/** More scenarios and values than fit into memory. */
const MOST_NAMES = 2 ** 24;
/** Of a failed request that named no value. */
const NO_VALUE = MOST;

type Column = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

export class CompactObservations {
  private count = 0;
  /** A row for each observation: what it is (2 bits), its variant (3), its answer (3). */
  private heads = new Uint8Array(64);
  private scenarios = new Uint32Array(64);
  private repeats = new Uint32Array(64);
  /** Of `act` the value, and whether it was explained; of `state` how many of `pairs` are its answers, of a failure its value. */
  private details = new Uint32Array(64);
  private pairCount = 0;
  private pairValues = new Uint32Array(64);
  private pairAnswers = new Uint8Array(64);
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly explanations: (string | undefined)[] = [];
  /** Of each explanation, its place among the repeats and variants. */
  private readonly explainedSlots: number[] = [];
  /** Of each item and choice, where its explanation stands. */
  private readonly explainedChoices = new Map<number, number>();
  private readonly failures: FailureObservation['failure'][] = [];

  get size(): number {
    return this.count;
  }

  add(observation: Observation): void {
    const at = this.count;
    if (at === this.heads.length) this.growRows();
    const { type, scenario, variant, repeat } = observation;
    let kind = STATE;
    let answer = 0;
    let detail = 0;
    if (type === 'state') {
      detail = observation.answers.length;
      for (const pair of observation.answers) this.addPair(pair);
    } else if (type === 'act') {
      kind = ACT;
      answer = ACTED.indexOf(observation.answer);
      detail = this.numberOf(observation.value);
      if (observation.explanation && this.isFirst(observation)) {
        this.explanations.push(observation.explanation);
        detail += EXPLAINED;
      }
    } else {
      kind = observation.task === 'state' ? FAILED_STATE : FAILED_ACT;
      detail = observation.value === undefined ? NO_VALUE : this.numberOf(observation.value);
      this.failures.push(observation.failure);
    }
    this.heads[at] = kind | (variant << 2) | (answer << 5);
    this.scenarios[at] = this.numberOf(scenario);
    // One that no run has must not become another that it has.
    this.repeats[at] = Math.min(repeat, MOST);
    this.details[at] = detail;
    this.count++;
  }

  /** Those there are now, in their order. When more are added the view stays as it is, but for words that are let go. */
  view(): Iterable<Observation> {
    const { count } = this;
    return { [Symbol.iterator]: () => this.list(count) };
  }

  private *list(count: number): Generator<Observation> {
    let pair = 0;
    let explained = 0;
    let failed = 0;
    for (let at = 0; at < count; at++) {
      const head = this.heads[at] as number;
      const detail = this.details[at] as number;
      const scenario = this.names[this.scenarios[at] as number] as string;
      const request = { scenario, variant: (head >> 2) & 7, repeat: this.repeats[at] as number };
      const kind = head & 3;
      if (kind === STATE) {
        const answers = this.listPairs(pair, detail);
        pair += detail;
        yield { type: 'state', ...request, answers, raw: '', at: '' };
      } else if (kind === ACT) {
        const isExplained = detail >= EXPLAINED;
        const value = this.names[isExplained ? detail - EXPLAINED : detail] as string;
        const answer = ACTED[head >> 5] as ActedAnswer;
        const explanation = isExplained ? this.explanations[explained++] : undefined;
        const said = explanation === undefined ? undefined : { explanation };
        yield { type: 'act', ...request, value, answer, ...said, raw: '', at: '' };
      } else {
        const task = kind === FAILED_STATE ? 'state' : 'act';
        const failure = this.failures[failed++] as FailureObservation['failure'];
        const about = detail === NO_VALUE ? undefined : { value: this.names[detail] as string };
        yield { type: 'failure', task, ...request, ...about, failure, at: '' };
      }
    }
  }

  private listPairs(from: number, length: number): [string, StatedAnswer][] {
    return Array.from({ length }, (_, offset) => [
      this.names[this.pairValues[from + offset] as number] as string,
      STATED[this.pairAnswers[from + offset] as number] as StatedAnswer,
    ]);
  }

  private addPair([value, answer]: readonly [string, StatedAnswer]): void {
    const at = this.pairCount++;
    if (at === this.pairValues.length) {
      this.pairValues = grow(this.pairValues);
      this.pairAnswers = grow(this.pairAnswers);
    }
    this.pairValues[at] = this.numberOf(value);
    this.pairAnswers[at] = STATED.indexOf(answer);
  }

  /** Whether these words are to be kept; words that are not the first any more are let go. */
  private isFirst({ scenario, value, answer, variant, repeat }: ActObservation): boolean {
    const choice = (this.numberOf(scenario) * MOST_NAMES + this.numberOf(value)) * ACTED.length + ACTED.indexOf(answer);
    const slot = repeat * 8 + variant;
    const known = this.explainedChoices.get(choice);
    if (known !== undefined) {
      if ((this.explainedSlots[known] as number) < slot) return false;
      this.explanations[known] = undefined;
    }
    this.explainedChoices.set(choice, this.explanations.length);
    this.explainedSlots.push(slot);
    return true;
  }

  /** Names repeat: a study has 132 scenarios and 56 values. */
  private numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.names.push(name) - 1;
    this.numbers.set(name, number);
    return number;
  }

  private growRows(): void {
    this.heads = grow(this.heads);
    this.scenarios = grow(this.scenarios);
    this.repeats = grow(this.repeats);
    this.details = grow(this.details);
  }
}

function grow<C extends Column>(column: C): C {
  const Type = column.constructor as new (length: number) => C;
  const larger = new Type(column.length * 2);
  larger.set(column);
  return larger;
}
